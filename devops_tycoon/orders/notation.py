"""The small grammar that all orders share: words, then key=value options, with units."""

from collections.abc import Iterable
from difflib import get_close_matches

from devops_tycoon.sim.values.order import NotationError

LONGEST = 400
"""Characters of one order."""

_UNITS = {"ms": 1.0, "s": 1000.0, "m": 60_000.0}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean X?` for the known word that is nearest, or nothing."""
    found = get_close_matches(word, list(known), n=1)
    return f"; did you mean {found[0]}?" if found else ""


def words_of(text: str) -> tuple[str, list[str], dict[str, str]]:
    """Split an order into its verb, words and options."""
    if len(text) > LONGEST:
        raise NotationError(f"an order has at most {LONGEST} characters")
    if not text.isprintable():
        raise NotationError("an order is printable text on one line")
    words: list[str] = []
    options: dict[str, str] = {}
    for word in text.split():
        key, equals, value = word.partition("=")
        if not equals:
            words.append(word)
        elif key in options:
            raise NotationError(f"{key} is given twice")
        else:
            options[key] = value
    if not words:
        raise NotationError("an order begins with a verb")
    return words[0], words[1:], options


def only(options: dict[str, str], *known: str) -> None:
    """Refuse options that the order does not have."""
    for key in options:
        if key not in known:
            raise NotationError(f"there is no {key}={nearest(key, known)}")


def count(text: str, least: int, most: int) -> int:
    """Read a whole number with an optional sign."""
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise NotationError(f"{text!r} is not a whole number")
    value = int(digits) * (-1 if text.startswith("-") else 1)
    if not least <= value <= most:
        raise NotationError(f"{text} is not between {least} and {most}")
    return value


def share(text: str, least: int, most: int) -> float:
    """Read a whole number of per cent as a share: `10%` is 0.1."""
    if not text.endswith("%"):
        raise NotationError(f"{text!r} is not a share such as 10%")
    return count(text[:-1], least, most) / 100


def milliseconds(text: str) -> float | None:
    """Read a time with a unit (`300ms`, `2s`); `off` is None."""
    if text == "off":
        return None
    for unit, size in _UNITS.items():
        digits = text.removesuffix(unit)
        if digits != text and digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) <= 20:
            value = float(digits) * size
            if 1 <= value <= 3_600_000:
                return value
            raise NotationError(f"{text} is not between 1ms and 3600s")
    raise NotationError(f"{text!r} is not a time such as 300ms or 2s, nor off")


def written_ms(value: float | None) -> str:
    """Write a time so that `milliseconds` reads it back."""
    if value is None:
        return "off"
    return f"{value!r}".removesuffix(".0") + "ms"


def switch(text: str) -> bool:
    """Read `on` or `off`."""
    if text not in ("on", "off"):
        raise NotationError(f"{text!r} is neither on nor off")
    return text == "on"


def name(text: str) -> str:
    """Read an id: lower-case letters, digits and hyphens."""
    if not (text.isascii() and text.replace("-", "").isalnum() and text.lower() == text and len(text) <= 40):
        raise NotationError(f"{text!r} is not a name (lower-case letters, digits, hyphens)")
    return text
