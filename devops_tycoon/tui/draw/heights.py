"""Which row everything stands on: as straight as the order allows, cards on a raster so that rows line up."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from devops_tycoon.tui.draw.layers import Hop, Item, Lane, MapOrder

PASSES = 5


class Shape(NamedTuple):
    """How many rows an item takes, and on which of them lines come and go at its left and right side."""

    height: int
    raster: int  # it starts on a multiple of this
    in_left: int = 0
    out_left: int = 0
    in_right: int = 0
    out_right: int = 0


LANE = Shape(1, 1)


def shapes_of(order: MapOrder, hops: Sequence[Hop], zoom: int, pitch: int) -> dict[Item, Shape]:
    """Return every item's shape: two-row cards at zoom 3; at zoom 2 a second row only where lines need it."""
    shapes: dict[Item, Shape] = {}
    entered_right: set[Item] = set()
    left_leftwards: set[Item] = set()
    leaving: set[Item] = set()
    for hop in hops:
        if hop.beside:
            entered_right.add(hop.right)
            leaving.add(hop.left)
        elif hop.back:
            entered_right.add(hop.left)
            left_leftwards.add(hop.right)
        else:
            leaving.add(hop.left)
    for item in (item for _, items in order.columns for item in items):
        if isinstance(item, Lane):
            shapes[item] = LANE
        elif zoom == 3:
            shapes[item] = Shape(pitch, pitch, 0, 1, 0, 1)
        else:
            hook_right = int(item in entered_right and item in leaving)
            hook_left = int(item in left_leftwards)
            shapes[item] = Shape(1 + max(hook_left, hook_right), 1, 0, hook_left, 0, hook_right)
    return shapes


def _up(row: int, raster: int) -> int:
    return -(-row // raster) * raster


def _smooth(wish: Sequence[float], weight: Sequence[float], sizes: Sequence[int]) -> list[float]:
    """Return the positions closest to the wishes that keep the order and the sizes (pool adjacent violators)."""
    offset = 0
    blocks: list[tuple[float, float, int]] = []
    offsets: list[int] = []
    for w, m, size in zip(wish, weight, sizes, strict=True):
        offsets.append(offset)
        mass, total, count = m, (w - offset) * m, 1
        offset += size
        while blocks and blocks[-1][1] / blocks[-1][0] >= total / mass:
            before = blocks.pop()
            mass, total, count = mass + before[0], total + before[1], count + before[2]
        blocks.append((mass, total, count))
    flat = [total / mass for mass, total, count in blocks for _ in range(count)]
    return [p + o for p, o in zip(flat, offsets, strict=True)]


def rows_of(order: MapOrder, hops: Sequence[Hop], shapes: Mapping[Item, Shape]) -> dict[Item, int]:
    """Return the first row of every item."""
    columns = [items for _, items in order.columns]
    column = {item: k for k, items in enumerate(columns) for item in items}
    left: dict[Item, set[tuple[Item, int, int]]] = {item: set() for item in column}
    right: dict[Item, set[tuple[Item, int, int]]] = {item: set() for item in column}
    for hop in hops:
        if not hop.beside:
            a, b = shapes[hop.left], shapes[hop.right]
            leave, enter = (a.in_right, b.out_left) if hop.back else (a.out_right, b.in_left)
            left[hop.right].add((hop.left, leave, enter))
            right[hop.left].add((hop.right, enter, leave))
    y: dict[Item, int] = {}
    height = 0
    for items in columns:
        row = 0
        for item in items:
            y[item] = row = _up(row, shapes[item].raster)
            row += shapes[item].height
        height = max(height, row)
    for sweep in range(PASSES):
        rightwards = sweep % 2 == 0
        for items in columns if rightwards else reversed(columns):
            _settle(items, left if rightwards else right, shapes, y, height)
    return y


def _settle(
    items: Sequence[Item],
    near: Mapping[Item, set[tuple[Item, int, int]]],
    shapes: Mapping[Item, Shape],
    y: dict[Item, int],
    height: int,
) -> None:
    """Move one column as close to its neighbours as its order and the height allow."""
    wish: list[float] = []
    weight: list[float] = []
    for item in items:
        rows = sorted(y[other] + theirs - mine for other, theirs, mine in near[item])
        if not rows:
            wish.append(y[item])
            weight.append(0.2)
            continue
        middle = len(rows) // 2
        wish.append(rows[middle] if len(rows) % 2 else (rows[middle - 1] + rows[middle]) / 2)
        straight = isinstance(item, Lane) and any(isinstance(other, Lane) for other, _, _ in near[item])
        weight.append(4.0 if straight else 1.0)
    places = _smooth(wish, weight, [shapes[item].height for item in items])
    lowest: list[int] = []
    limit = height
    for item in reversed(items):
        shape = shapes[item]
        limit = (limit - shape.height) // shape.raster * shape.raster
        lowest.append(limit)
    row = 0
    for item, place, most in zip(items, places, reversed(lowest), strict=True):
        shape = shapes[item]
        target = min(max(row, round(place / shape.raster) * shape.raster), most)
        y[item] = row = _up(max(target, row), shape.raster)
        row += shape.height
