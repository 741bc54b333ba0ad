"""The heat map for graphs too big for lines: one tile per node, grouped by column, no lines at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from devops_tycoon.tui.draw.columns import Column, Pair
from devops_tycoon.tui.draw.layers import Item, MapOrder
from devops_tycoon.tui.draw.layout import Box, MapLayout

DEFAULT_WIDTH = 80
TILE_WIDTHS = (18, 14, 11, 8, 6, 4, 3, 2)


def _groups(names: Sequence[str], column: Mapping[str, Column], previous: MapOrder | None) -> dict[int, list[str]]:
    rank = (
        {item: k for k, item in enumerate(item for _, items in previous.columns for item in items)} if previous else {}
    )
    groups: dict[int, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda n: rank.get(n, len(rank))):
        groups[column[name][0]].append(name)
    return {tier: groups[tier] for tier in sorted(groups)}


def build_tiles(
    names: Sequence[str],
    column: Mapping[str, Column],
    pairs: tuple[Pair, ...],
    previous: MapOrder | None,
    width: int,
    height: int,
) -> MapLayout:
    """Fill the width with the widest tiles whose rows fit the height; blank rows part tiers if there is room."""
    width = max(2, width or DEFAULT_WIDTH)
    groups = _groups(names, column, previous)

    def rows(tile: int, parted: bool) -> int:
        per_row = max(1, width // tile)
        return sum(-(-len(members) // per_row) for members in groups.values()) + (len(groups) - 1 if parted else 0)

    sizes = [tile for tile in TILE_WIDTHS if tile <= width]
    size = next((tile for tile in sizes if not height or rows(tile, False) <= height), sizes[-1])
    parted = not height or rows(size, True) <= height
    per_row = max(1, width // size)
    boxes: dict[str, Box] = {}
    y = 0
    for members in groups.values():
        for k, name in enumerate(members):
            boxes[name] = Box(k % per_row * size, y + k // per_row, size, 1)
        y += -(-len(members) // per_row) + parted
    box_rows: dict[int, list[str]] = defaultdict(list)
    for name, box in boxes.items():
        box_rows[box.y].append(name)
    columns: dict[Column, list[Item]] = defaultdict(list)
    for members in groups.values():
        for name in members:
            columns[column[name]].append(name)
    arranged = MapOrder(tuple((key, tuple(columns[key])) for key in sorted(columns)))
    lines = {row: tuple(names_) for row, names_ in box_rows.items()}
    total = max(0, y - parted) if groups else 0
    empty = tuple(frozenset[int]() for _ in pairs)
    return MapLayout(1, width, total, arranged, pairs, boxes, lines, {}, {}, empty, {}, pairs)
