"""Find the line of every key in a TOML text, and reject texts that nest too deeply."""

import re
import tomllib
from collections.abc import Iterator

Path = tuple[str | int, ...]
"""Keys and positions that lead to a value, e.g. `("services", 0, "replicas")`."""

DEPTH = 12
"""No format needs more brackets within brackets, or more parts in a dotted key."""

_TOKEN = re.compile(
    r'''
      [ \t\r]+ | \#[^\n]*
    | (?P<piece>
        """ (?: \\. | [^\\] )*? (?: "{3,5} | \\?\Z )
      | \'\'\' .*? (?: '{3,5} | \Z )
      | " (?: \\. | [^"\\\n] )* "?
      | ' [^'\n]* '?
      | [A-Za-z0-9_+\-:]+
      | .
      )
    ''',
    re.VERBOSE | re.DOTALL,
)
"""Every alternative consumes what it starts, even without an end: no text is scanned twice."""


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        piece = match["piece"]
        if piece:
            yield piece, line
            line += piece.count("\n")


def too_deep(text: str) -> int:
    """Return the first line with more than `DEPTH` levels of brackets or parts of a key, or 0."""
    depth = parts = 0
    before = ""
    for piece, line in _pieces(text):
        if piece in ("[", "{"):
            depth += 1
        elif piece in ("]", "}"):
            depth -= 1
        if piece == ".":
            parts += 1
        elif before != ".":
            parts = 0
        if depth > DEPTH or parts >= DEPTH:
            return line
        before = piece
    return 0


def locate(text: str) -> dict[Path, int]:
    """Return the line of every table, key and list element of a valid TOML text."""
    return _Locator(text).run()


class _Locator:
    """A walk over the pieces that records only positions."""

    def __init__(self, text: str) -> None:
        self.pieces = [*_pieces(text), ("\n", 1)]
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self.elements: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while self.at < len(self.pieces):
            piece, line = self.pieces[self.at]
            if piece == "\n":
                self.at += 1
            elif piece == "[":
                table = self.header(line)
            else:
                self.pair(table)
        return self.lines

    def header(self, line: int) -> Path:
        self.at += 1
        many = self.pieces[self.at][0] == "["
        self.at += many
        path: Path = ()
        keys = self.keys("]")
        self.at += many
        for i, key in enumerate(keys):
            path += (key,)
            self.lines.setdefault(path, line)
            if many and i == len(keys) - 1:
                self.elements[path] = self.elements.get(path, 0) + 1
            if path in self.elements:
                path += (self.elements[path] - 1,)
        self.lines.setdefault(path, line)
        return path

    def keys(self, end: str) -> list[str]:
        keys = []
        while (piece := self.pieces[self.at][0]) != end:
            if piece != ".":
                keys.append(tomllib.loads(f"k={piece}")["k"] if piece[0] in "\"'" else piece)
            self.at += 1
        self.at += 1
        return keys

    def pair(self, path: Path) -> None:
        line = self.pieces[self.at][1]
        for key in self.keys("="):
            path += (key,)
            self.lines.setdefault(path, line)
        self.value(path)

    def value(self, path: Path) -> None:
        opening = self.pieces[self.at][0]
        if opening not in ("[", "{"):
            while self.pieces[self.at][0] not in (",", "]", "}", "\n"):
                self.at += 1
            return
        self.at += 1
        count = 0
        while (piece := self.pieces[self.at][0]) not in ("]", "}"):
            if piece in (",", "\n"):
                self.at += 1
            elif opening == "{":
                self.pair(path)
            else:
                self.lines[(*path, count)] = self.pieces[self.at][1]
                self.value((*path, count))
                count += 1
        self.at += 1
