"""The values that the drawing functions take and give."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["service", "store", "provider", "users"]
Health: TypeAlias = Literal["ok", "hot", "failing", "down", "unknown"]
Glyphs: TypeAlias = Literal["braille", "block", "ascii"]
Direction: TypeAlias = Literal["left", "right", "up", "down"]

Segment: TypeAlias = tuple[str, str]  # text and the name of its style (palette.py)
Row: TypeAlias = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class MapNode:
    """One box of the map; `load` is used ÷ capacity, `rate` calls per second; without `tier` the kind decides."""

    id: str
    label: str
    tier: int | None = None
    kind: Kind = "service"
    health: Health = "ok"
    load: float = 0.0
    rate: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapEdge:
    """One call from source to target; `rate` is calls per second and `fail` the share of them that fail."""

    source: str
    target: str
    rate: float = 0.0
    fail: float = 0.0
    hot: bool = False
    required: bool = True
    slow: bool = False


def row_text(row: Iterable[Segment]) -> str:
    """Return the plain text of one row."""
    return "".join(text for text, _ in row)


def merge(cells: Iterable[Segment]) -> Row:
    """Join neighbouring segments of the same style, so that a widget makes few strips."""
    out: list[Segment] = []
    texts: list[str] = []
    current = ""
    for text, style in cells:
        if style != current:
            if texts:
                out.append(("".join(texts), current))
                texts = []
            current = style
        texts.append(text)
    if texts:
        out.append(("".join(texts), current))
    return tuple(segment for segment in out if segment[0])
