"""What a menu shows of scenarios and campaigns: the first keys of each file, read in a moment.

Nothing is checked here that `load_rules` would not check again, in full, before a game begins.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from devops_tycoon.content.find import contents


@dataclass(frozen=True, slots=True)
class Heading:
    """A game that can be played, as the menu lists it."""

    id: str
    title: str
    kind: str
    """`lesson`, `campaign`, `act`, `daily` or `sandbox`; empty where the file does not say."""
    number: int


def headings() -> tuple[Heading, ...]:
    """Return scenarios and campaigns in alphabetical order; a file that is damaged appears under its id."""
    scenarios = [_heading(name, file, "") for name, file in contents("scenarios").items()]
    return (*scenarios, *(_heading(name, file, "campaign") for name, file in contents("campaigns").items()))


def _heading(name: str, file: Traversable, kind: str) -> Heading:
    try:
        keys = _first_keys(file)
    except (OSError, ValueError):
        keys = {}
    title, found, number = keys.get("title"), keys.get("kind"), keys.get("number")
    return Heading(
        name,
        title if isinstance(title, str) else name,
        kind or (found if isinstance(found, str) else ""),
        number if isinstance(number, int) else 0,
    )


def _first_keys(file: Traversable) -> dict[str, object]:
    """Return the keys before a file's first table, without reading the tables if that can be."""
    text = file.read_text(encoding="utf-8-sig")
    end = text.find("\n[")
    try:
        return tomllib.loads(text[: end + 1] if end >= 0 else text)
    except tomllib.TOMLDecodeError:  # the bracket was inside of a text
        return tomllib.loads(text)
