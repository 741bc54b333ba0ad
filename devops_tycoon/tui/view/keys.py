"""The line of keys at the bottom: the ones that matter now, as many as fit."""

from collections.abc import Sequence
from typing import NamedTuple

from devops_tycoon.tui.draw.glyphs import plain
from devops_tycoon.tui.draw.text import cells
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge


class Key(NamedTuple):
    """A key as it is written, what it does in a word, and the action of the screen that it runs."""

    key: str
    word: str
    action: str


class Span(NamedTuple):
    """The cells from `start` to before `end` run an action when they are clicked."""

    start: int
    end: int
    action: str


def key_line(
    left: Sequence[Key], right: Sequence[Key], width: int, glyphs: Glyphs = "braille"
) -> tuple[Row, tuple[Span, ...]]:
    """Return the line and what can be clicked in it; of the left keys the last give way, the right ones stay."""
    out: list[Segment] = []
    spans: list[Span] = []

    def put(key: Key, at: int) -> int:
        text = plain(key.key, glyphs), f" {key.word}"
        out.extend([(text[0], "key"), (text[1], "dim")])
        spans.append(Span(at, at + _length(key, glyphs), key.action))
        return at + _length(key, glyphs)

    need = sum(_length(key, glyphs) + 2 for key in right)
    x = 1
    out.append((" ", "ground"))
    for key in left:
        if x + _length(key, glyphs) + need > width:
            break
        x = put(key, x)
        out.append(("  ", "ground"))
        x += 2
    out.append((" " * max(0, width - need + 1 - x), "ground"))
    x = max(x, width - need + 1)
    for key in right:
        x = put(key, x)
        out.append(("  ", "ground"))
        x += 2
    return merge(out), tuple(spans)


def _length(key: Key, glyphs: Glyphs) -> int:
    return cells(plain(key.key, glyphs)) + 1 + cells(key.word)
