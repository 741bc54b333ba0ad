"""Forms: how one argument of an order is written — a name, a number, a duration, a choice — and read back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from string import ascii_lowercase
from typing import Any

from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.text import listed
from devops_tycoon.sim.values.order import NotationError

_UNITS = {"ms": 1.0, "s": 1000.0, "m": 60_000.0}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean X?` for the known word that is nearest, or nothing."""
    found = get_close_matches(word, list(known), n=1)
    return f"; did you mean {found[0]}?" if found else ""


def quoted(text: str) -> str:
    """Return text in quotes, cut where it is long."""
    return repr(text if len(text) <= 40 else text[:39] + "…")


@dataclass(frozen=True)
class Form:
    """How a value is written."""

    shown: str
    """In the usage line: `SERVICE`, `N`, `on|off`."""
    noun: str
    """In a sentence, with its article: `a service`."""
    reader: Callable[[str], Any]
    """Turns text into a value; raises ValueError, with a sentence only where `expected` does not say it all."""
    write: Callable[[Any], str] = str
    rule: str = ""
    """What text is accepted, where the noun does not say it: `lower-case letters, digits and hyphens`."""
    known: tuple[str, ...] = ()
    """Every text that is accepted, where they can be counted."""

    def read(self, text: str, where: str = "") -> Any:
        """Return the value of a text; `where` is the option that it belongs to, as `timeout: `."""
        try:
            return self.reader(text)
        except ValueError:
            rule = f" ({self.rule})" if self.rule else ""
            hint = nearest(text, self.known)
            raise NotationError(f"{where}expected {self.noun}{rule}, not {quoted(text)}{hint}") from None


def _name(text: str) -> str:
    if not (text.isascii() and text.replace("-", "").isalnum() and text.lower() == text and len(text) <= 40):
        raise ValueError
    return text


def named(shown: str, noun: str) -> Form:
    """Return the form of an id: a service, a practice, a name for something new."""
    return Form(shown, noun, _name, rule="lower-case letters, digits and hyphens")


def _whole(text: str, least: int, most: int) -> int:
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise ValueError
    value = int(digits) * (-1 if text.startswith("-") else 1)
    if not least <= value <= most:
        raise ValueError
    return value


def count(least: int, most: int, shown: str = "N", noun: str = "a whole number") -> Form:
    """Return the form of a whole number in a range, with or without a sign."""
    return Form(shown, noun, lambda text: _whole(text, least, most), rule=f"{least:,} to {most:,}")


def _signed(text: str) -> int:
    value = _whole(text, -100_000, 100_000)
    if text[:1] not in ("+", "-") or value == 0:
        raise ValueError
    return value


SIGNED = Form("+N|-N", "a signed number such as +2", _signed, "{:+}".format)
"""A change of a count: at most 100,000, never 0."""


def percent(least: int) -> Form:
    """Return the form of whole per cent, `60%`, up to 100%."""
    return Form("PERCENT%", "a percentage such as 60%", lambda t: _percent(t, least), "{}%".format, f"{least}% to 100%")


def _percent(text: str, least: int) -> int:
    if not text.endswith("%"):
        raise ValueError
    return _whole(text[:-1], least, 100)


SHARE = Form(
    "PERCENT%",
    "a percentage such as 10%",
    lambda text: _percent(text, 0) / 100,
    lambda value: f"{round(value * 100)}%",
    "0% to 100%",
)
"""A share that is written in per cent: `10%` is 0.1."""


def milliseconds(text: str) -> float:
    """Read a duration with a unit: `300ms`, `2s`, `5m`."""
    for unit, size in _UNITS.items():
        digits = text.removesuffix(unit)
        if digits != text and digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) <= 20:
            value = float(digits) * size
            if 1 <= value <= 3_600_000:
                return value
    raise ValueError(text)


def written_ms(value: float) -> str:
    """Write a duration so that `milliseconds` reads it back to the last bit."""
    return f"{value!r}".removesuffix(".0") + "ms"


DURATION = Form("DURATION", "a duration such as 300ms or 2s", milliseconds, written_ms, "1ms to 3600s")


def or_off(form: Form) -> Form:
    """Return a form that also takes `off`, which is None."""
    return replace(
        form,
        shown=f"{form.shown}|off",
        noun=f"{form.noun} ({form.rule}), or off",
        rule="",
        reader=lambda text: None if text == "off" else form.reader(text),
        write=lambda value: "off" if value is None else form.write(value),
    )


def choice(*known: str) -> Form:
    """Return the form of one of a few words."""
    return Form("|".join(known), listed(known, "or"), lambda text: known[known.index(text)], known=known)


def either(yes: str, no: str) -> Form:
    """Return the form of a truth value that is written as one of two words."""
    words = choice(no, yes)
    return replace(words, reader=lambda text: words.reader(text) == yes, write=lambda value: yes if value else no)


SWITCH = replace(either("on", "off"), shown="on|off", noun="on or off")
ZONE = Form("LETTER", "a zone's letter such as b", lambda text: ascii_lowercase[(*ascii_lowercase,).index(text)])
