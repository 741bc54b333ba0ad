"""Read one TOML file strictly: return a value of the game, or raise with all problems."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from devops_tycoon.content.locate import DEPTH, too_deep
from devops_tycoon.content.problem import ContentError, Problem, suggestion
from devops_tycoon.content.schema import Place, Read, Source, Wrong

T = TypeVar("T")
LARGEST = 256 * 1024
"""Most bytes of a content file."""


@dataclass(frozen=True)
class Document(Generic[T]):
    """A file's value, with its source for reporting problems with references to other files."""

    value: T
    source: Source


def read_bytes(file: Traversable, largest: int = LARGEST) -> bytes:
    """Return a file's bytes, or raise ContentError with the reason."""

    def refuse(text: str) -> ContentError:
        return ContentError([Problem(str(file), 0, "", text)])

    try:
        if file.is_dir():
            raise refuse("is a directory; expected a file")
        if not file.is_file():
            raise refuse(_missing(file))
        with file.open("rb") as stream:
            data = stream.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refuse(f"cannot be read: {reason}; expected a readable file") from None
    if len(data) > largest:
        raise refuse(f"is larger than {largest // 1024} KiB; expected a smaller file")
    if not data.strip():
        raise refuse("is empty; expected content")
    return bytes(data)


def _missing(file: Traversable) -> str:
    if isinstance(file, FilePath) and file.exists():
        return "is not a regular file; expected a text file"
    near = ""
    if isinstance(file, FilePath) and file.parent.is_dir():
        near = suggestion(file.name, (entry.name for entry in file.parent.iterdir()))
    return f"does not exist; expected a file{near}"


def read_text(file: Traversable, largest: int = LARGEST) -> str:
    """Return a file's text, or raise ContentError with the reason."""
    data = read_bytes(file, largest)
    try:
        if b"\0" in data:
            raise ContentError([Problem(str(file), 0, "", "is binary; expected text in UTF-8")])
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError([Problem(str(file), line, "", "is not UTF-8; expected text in UTF-8")]) from None


def parse(text: str, file: str) -> dict[str, object]:
    """Return the tables of a TOML text, or raise ContentError with the line of the first syntax error."""
    line, reason = too_deep(text), f"is nested more than {DEPTH} levels deep; expected less"
    if not line:
        try:
            return tomllib.loads(text)
        except ValueError as error:
            found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
            line = int(found[1] or text.count("\n") + 1) if found else 0
            what = str(error)[: found.start()] if found else str(error)
            reason = f"is not TOML: {what}; expected key = value, [table] or [[list of tables]]"
    raise ContentError([Problem(file, line, "", reason)])


def read_document(file: Traversable, schema: Read[T], check: Callable[[T, Source], None] | None = None) -> Document[T]:
    """Read a file by a schema, then check it as a whole, and raise all problems at once."""
    text, stem = read_text(file), file.name.removesuffix(".toml")
    value: T = _value(text, str(file), stem, schema, check)
    return Document(value, Source(str(file), stem, text))


@lru_cache(maxsize=1024)
def _value(text: str, file: str, stem: str, schema: Read[Any], check: Callable[[Any, Source], None] | None) -> Any:
    """Return the value of a valid text. Cached, because every scenario reads all cards and practices."""
    source = Source(file, stem, text)
    tables = parse(text, file)
    try:
        value = schema(tables, Place(source))
    except Wrong:
        raise ContentError(source.problems) from None
    if check:
        check(value, source)
    source.done()
    return value
