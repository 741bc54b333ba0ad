"""From routes to cells: which line arms every cell of the map has, and which lines only cross there."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from devops_tycoon.tui.draw.glyphs import E, N, S, W

Point: TypeAlias = tuple[int, int]


Stroke: TypeAlias = tuple[int, int, int]  # the net that draws, the arms, the edge: one edge in one cell
Group: TypeAlias = tuple[tuple[int, int], ...]  # (mask, edge) of lines that are joined in a cell
Strokes: TypeAlias = dict[Point, list[Stroke]]


def polyline(strokes: Strokes, points: Sequence[Point], ends: tuple[int, int], net: int, edge: int) -> None:
    """Draw one edge along right-angled points; with the arms `ends` it reaches out of its first and last cell."""
    corners = {points[0]: ends[0]}
    corners[points[-1]] = corners.get(points[-1], 0) | ends[1]
    for start, end in pairwise(points):
        (x1, y1), (x2, y2) = start, end
        if y1 == y2:
            if x1 == x2:
                continue
            leave, enter, stroke = (E, W, (net, E | W, edge)) if x2 > x1 else (W, E, (net, E | W, edge))
            for x in range(min(x1, x2) + 1, max(x1, x2)):
                strokes[x, y1].append(stroke)
        else:
            leave, enter, stroke = (S, N, (net, N | S, edge)) if y2 > y1 else (N, S, (net, N | S, edge))
            for y in range(min(y1, y2) + 1, max(y1, y2)):
                strokes[x1, y].append(stroke)
        corners[start] = corners.get(start, 0) | leave
        corners[end] = corners.get(end, 0) | enter
    for point, mask in corners.items():
        strokes[point].append((net, mask, edge))


def _joined(members: dict[int, list[Stroke]]) -> list[Group]:
    """Sort the nets of one cell into joints: nets on the same row share an end and join, others only cross."""
    masks = dict.fromkeys(members, 0)
    for net, strokes in members.items():
        for stroke in strokes:
            masks[net] |= stroke[1]
    level = [net for net, mask in masks.items() if mask & (E | W)]
    groups: list[Group] = [
        tuple(stroke[1:] for stroke in members[net]) for net, mask in masks.items() if not mask & (E | W)
    ]
    if not level:
        return groups
    trunk = next((net for net in level if masks[net] & (N | S) == N | S), None)
    hidden = 0
    if trunk is not None and len(level) > 1:  # a branch of a passing line: what joins there goes under it
        hidden = (E | W) & ~masks[trunk]
    joint = tuple(
        (stroke[1] & ~hidden if net != trunk else stroke[1], stroke[2]) for net in level for stroke in members[net]
    )
    return [joint, *groups]


def groups_of(strokes: Sequence[Stroke]) -> tuple[Group, ...]:
    """Return the joints of one cell, each a set of lines that really meet; lines of different joints only cross."""
    if len(strokes) == 1 or all(stroke[0] == strokes[0][0] for stroke in strokes):
        return (tuple([stroke[1:] for stroke in strokes]),)
    members: dict[int, list[Stroke]] = {}
    for stroke in strokes:
        members.setdefault(stroke[0], []).append(stroke)
    return tuple(_joined(members))
