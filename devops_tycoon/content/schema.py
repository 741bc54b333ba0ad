"""The vocabulary of file formats: `table(Goal, kind=need(one_of("sli", "cash")), …)`.

Each word returns a reader: given a parsed value and its place, it returns the value that the game uses
or reports what is wrong. A table continues after a wrong key, so one run finds every problem.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn, TypeVar

from devops_tycoon.content.locate import Path, locate
from devops_tycoon.content.problem import MOST, ContentError, Problem, one_of_these, printable, shown, suggestion

T = TypeVar("T")


class Wrong(Exception):  # noqa: N818
    """A value was wrong; the problem is already noted."""


@dataclass
class Source:
    """The text of one file, and the problems found in it so far."""

    file: str
    stem: str
    """The file's name without its ending: the id of what it describes."""
    text: str
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def lines(self) -> dict[Path, int]:
        """Lines by path, found only when there is something to report."""
        return locate(self.text)

    def note(self, path: Path, text: str) -> None:
        """Note a problem at a path; where the path is not in the file, at the nearest table around it."""
        here = path
        while here not in self.lines:
            here = here[:-1]
        key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
        self.problems.append(Problem(self.file, self.lines[here], key.lstrip(".")[:120], text))
        if len(self.problems) >= MOST:
            raise ContentError(self.problems)

    def done(self) -> None:
        """Raise all noted problems, if there are any."""
        if self.problems:
            raise ContentError(self.problems)


@dataclass(frozen=True, slots=True)
class Place:
    """A value's path in a file."""

    source: Source
    path: Path = ()

    def inside(self, part: str | int) -> "Place":
        """Return the place of a key or element."""
        return Place(self.source, (*self.path, part))

    def wrong(self, text: str) -> NoReturn:
        """Note a problem here and give up on this value."""
        self.source.note(self.path, text)
        raise Wrong


Read = Callable[[Any, Place], T]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table."""

    read: Read[Any]
    required: bool
    default: Any
    name: str


def need(read: Read[Any], key: str = "") -> Key:
    """Return a key that must be given; `key` is its name in the file where that differs."""
    return Key(read, True, None, key)


def maybe(read: Read[Any], default: Any, key: str = "") -> Key:
    """Return a key that may be left out."""
    return Key(read, False, default, key)


def from_name() -> Key:
    """Return a key whose value is the file's name, not written in the file."""
    return Key(lambda value, _: value, False, from_name, "")


def text(longest: int = 80, *, empty: bool = False) -> Read[str]:
    """Read a text of one or more paragraphs; single line breaks are only wrapping."""

    def read(value: Any, place: Place) -> str:
        if not isinstance(value, str):
            place.wrong(f"{shown(value)} is not text; expected text in quotes")
        for char in value:
            if char != "\n" and not printable(char):
                place.wrong(f"contains the invisible character U+{ord(char):04X}; expected printable text")
        joined = "\n\n".join(" ".join(part.split()) for part in value.split("\n\n") if part.strip())
        if not joined and not empty:
            place.wrong("is empty; expected some text")
        if len(joined) > longest:
            place.wrong(f"is {len(joined)} characters long; expected at most {longest}")
        return joined

    return read


def _is_name(word: str) -> bool:
    return len(word) <= 40 and set(word) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and word.strip("-") != ""


def name(*, empty: bool = False) -> Read[str]:
    """Read an id: lower-case letters, digits and hyphens."""

    def read(value: Any, place: Place) -> str:
        if value == "" and empty:
            return ""
        if not isinstance(value, str) or not _is_name(value):
            place.wrong(f"{shown(value)} is not a valid id; expected up to 40 lower-case letters, digits and hyphens")
        return value

    return read


def one_of(*known: str) -> Read[str]:
    """Read one of a few words."""

    def read(value: Any, place: Place) -> str:
        if not isinstance(value, str) or value not in known:
            near = suggestion(value, known) if isinstance(value, str) else ""
            place.wrong(f"unknown value {shown(value)}; expected {one_of_these(filter(None, known))}{near}")
        return value

    return read


def number(low: float, high: float) -> Read[float]:
    """Read a finite number within bounds."""

    def read(value: Any, place: Place) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            place.wrong(f"{shown(value)} is not a number; expected {low:g} to {high:g}")
        if not low <= value <= high:
            place.wrong(f"{shown(value)} is out of range; expected {low:g} to {high:g}")
        return float(value) + 0.0

    return read


def whole(low: int, high: int) -> Read[int]:
    """Read a whole number within bounds."""

    def read(value: Any, place: Place) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            place.wrong(f"{shown(value)} is not a whole number; expected {low} to {high}")
        if not low <= value <= high:
            place.wrong(f"{shown(value)} is out of range; expected {low} to {high}")
        return value

    return read


def flag() -> Read[bool]:
    """Read true or false."""

    def read(value: Any, place: Place) -> bool:
        if not isinstance(value, bool):
            place.wrong(f"{shown(value)} is not a boolean; expected true or false")
        return value

    return read


def or_off(read: Read[T]) -> Read[T | None]:
    """Read a value, or `"off"` for there being none."""
    return lambda value, place: None if value == "off" else read(value, place)


def clock() -> Read[int]:
    """Read a time of day, e.g. `"18:30"`, in seconds."""

    def read(value: Any, place: Place) -> int:
        hours, colon, minutes = value.partition(":") if isinstance(value, str) else ("", "", "")
        if not (colon and len(value) == 5 and value.isascii() and hours.isdigit() and minutes.isdigit()):
            place.wrong(f'{shown(value)} is not a time of day; expected a time such as "18:30"')
        if int(hours) > 23 or int(minutes) > 59:
            place.wrong(f'{shown(value)} is not a time of day; expected "00:00" to "23:59"')
        return int(hours) * 3600 + int(minutes) * 60

    return read


def list_of(read: Read[T], least: int = 0, most: int = 200, *, unique: str = "") -> Read[tuple[T, ...]]:
    """Read a list; `unique` names a key that no two elements may share (`"."`: the elements themselves)."""

    def read_list(value: Any, place: Place) -> tuple[T, ...]:
        if not isinstance(value, list):
            place.wrong(f"{shown(value)} is not a list; expected [ … ]")
        if not least <= len(value) <= most:
            place.wrong(f"the list has {len(value)} elements; expected {least} to {most}")
        found: list[T] = []
        seen: dict[object, int] = {}
        for i, element in enumerate(value):
            try:
                found.append(read(element, place.inside(i)))
            except Wrong:
                continue
            key = found[-1] if unique == "." else element.get(unique) if unique else None
            if key is not None and seen.setdefault(key, i) != i:
                at = place.inside(i) if unique == "." else place.inside(i).inside(unique)
                first = place.inside(seen[key]).path
                at.source.note(
                    at.path,
                    f"{shown(key)} is a duplicate, first used in line {at.source.lines[first]}; expected each once",
                )
        if len(found) < len(value):
            raise Wrong
        return tuple(found)

    return read_list


def table(build: Callable[..., T], **keys: Key) -> Read[T]:
    """Read a table with exactly these keys and build a value from them, by the names used here."""
    known = {
        key.name or field_name: (field_name, key) for field_name, key in keys.items() if key.default is not from_name
    }
    stem = next((n for n, key in keys.items() if key.default is from_name), "")

    def read(value: Any, place: Place) -> T:
        if not isinstance(value, dict):
            place.wrong(f"{shown(value)} is not a table; expected the keys {one_of_these(known)}")
        fine = True
        for key in [key for key in value if key not in known]:
            near = suggestion(key, known) or f"; expected {one_of_these(known)}"
            place.source.note((*place.path, key), f"unknown key{near}")
            fine = False
        values: dict[str, Any] = {}
        if stem:
            values[stem] = place.source.stem
            if not _is_name(place.source.stem):
                place.wrong(
                    f"the file name {shown(place.source.stem)} is not a valid id; expected up to 40 "
                    "lower-case letters, digits and hyphens before .toml"
                )
        for key, (field_name, spec) in known.items():
            if key not in value:
                values[field_name] = spec.default
                if spec.required:
                    place.source.note((*place.path, key), "is missing; expected this required key")
                    fine = False
                continue
            try:
                values[field_name] = spec.read(value[key], place.inside(key))
            except Wrong:
                fine = False
        if not fine:
            raise Wrong
        return build(**values)

    return read
