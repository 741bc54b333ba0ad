"""Problems of a file, as sentences that say where to fix them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

MOST = 50
"""Most problems reported for one file; more would hide the first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file."""

    file: str
    line: int
    """0 for the file as a whole."""
    key: str
    """Where in the file, e.g. `services[2].replicas`; may be empty."""
    text: str
    """What is wrong; what was expected; did you mean X?"""

    def __str__(self) -> str:
        """Return `FILE:LINE: KEY: what is wrong; what was expected; did you mean X?`."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return clean(": ".join(part for part in (where, self.key, self.text) if part))


class ContentError(Exception):
    """One or more files cannot be used; `problems` lists why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """Return one line for each problem."""
        return "\n".join(map(str, self.problems))


def printable(char: str) -> bool:
    """Say whether a character is printable: no control, direction, zero-width or private character."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean(text: str) -> str:
    """Return the text on one line, with every unprintable character shown as �."""
    return "".join(char if printable(char) else "�" for char in text)


def shown(value: object) -> str:
    """Return a value as it would be written in a file, shortened to fit a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return clean(f'"{value}"' if len(value) <= 60 else f'"{value[:57]}…"')
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, int) and abs(value) > 10**30:
        return "a very large number"
    return str(value)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean X?` for the nearest known word, or nothing."""
    near = get_close_matches(word[:100], list(known), n=1, cutoff=0.6 if len(word) > 4 else 0.5)
    return f"; did you mean {near[0]}?" if near else ""


def one_of_these(known: Iterable[str]) -> str:
    """Return the known words as a sentence would list them."""
    words = sorted(known)
    if len(words) > 12:
        return ", ".join(words[:12]) + f" or {len(words) - 12} more"
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing"
