"""Text from people and files, made safe and cut to a number of terminal cells."""

import unicodedata

from rich.cells import cell_len

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPACES = frozenset("\t\n\r\v\f\u2028\u2029\x85")
_MARKS_PER_CHARACTER = 2


def clean(text: str) -> str:
    """Return the text without anything that could move the cursor, turn the direction or join into another width.

    Control, format (bidi, zero-width), surrogate and unassigned characters go; white space becomes one blank; flags
    become their letters and emoji lose their variants, because terminals disagree about the width of such pairs.
    """
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", "".join(" " if c in _SPACES else c for c in text)):
        code = ord(character)
        if 0x1F1E6 <= code <= 0x1F1FF:
            character = chr(code - 0x1F1E6 + ord("A"))
        category = unicodedata.category(character)
        if category in _DROPPED or 0x1F3FB <= code <= 0x1F3FF or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
            continue
        if cell_len(character) == 0:
            marks += 1
            if not out or marks > _MARKS_PER_CHARACTER:
                continue
        else:
            marks = 0
        out.append(" " if category == "Zs" else character)
    return "".join(out)


def cells(text: str) -> int:
    """Return how many terminal cells a clean text takes."""
    return len(text) if text.isascii() else sum(cell_len(character) for character in text)


def _head(text: str, width: int) -> str:
    taken = 0
    for index, character in enumerate(text):
        taken += cell_len(character)
        if taken > width:
            return text[:index]
    return text


def _tail(text: str, width: int) -> str:
    taken = 0
    start = len(text)
    for index in range(len(text) - 1, -1, -1):
        size = cell_len(text[index])
        taken += size
        if taken > width:
            break
        if size:
            start = index
    return text[start:]


def fit(text: str, width: int, *, ellipsis: str = "…", middle: bool = True) -> str:
    """Return the cleaned text in at most `width` cells, the middle (or the end) replaced by an ellipsis if needed."""
    text = clean(text)
    if width <= 0:
        return ""
    if cells(text) <= width:
        return text
    room = width - cells(ellipsis)
    if room <= 0:
        return _head(text, width)
    if not middle or room < 3:
        return _head(text, room) + ellipsis
    tail = _tail(text, room // 2)
    return _head(text, room - cells(tail)) + ellipsis + tail


def pad(text: str, width: int, *, align: str = "<", ellipsis: str = "…") -> str:
    """Return the text in exactly `width` cells; `align` is `<`, `>` or `^`."""
    text = fit(text, width, ellipsis=ellipsis)
    free = max(0, width - cells(text))
    if align == ">":
        return " " * free + text
    if align == "^":
        return " " * (free // 2) + text + " " * (free - free // 2)
    return text + " " * free
