"""The layout value: boxes, cells with their joints, and arrowheads."""

from dataclasses import dataclass
from typing import NamedTuple

from devops_tycoon.tui.draw.columns import Pair
from devops_tycoon.tui.draw.layers import MapOrder
from devops_tycoon.tui.draw.raster import Group, Strokes


class Box(NamedTuple):
    """Where a node stands, in cells."""

    x: int
    y: int
    width: int
    height: int


class Arrow(NamedTuple):
    """An arrowhead and the edges (places among the pairs) that end in it."""

    x: int
    to_the_right: bool
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MapLayout:
    """Where everything is; numbers may change without it, only what calls what may not."""

    zoom: int
    width: int
    height: int
    order: MapOrder
    pairs: tuple[Pair, ...]
    boxes: dict[str, Box]
    box_rows: dict[int, tuple[str, ...]]
    cells: dict[int, tuple[tuple[int, tuple[Group, ...]], ...]]
    arrows: dict[int, tuple[Arrow, ...]]
    edge_rows: tuple[frozenset[int], ...]
    strokes: Strokes
    hidden: tuple[Pair, ...] = ()  # calls inside a column or backwards, left out for want of room
