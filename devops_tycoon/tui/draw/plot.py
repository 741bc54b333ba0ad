"""Putting a layout together: rows, tracks and columns for everything, and all lines drawn into cells."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from devops_tycoon.tui.draw.card import SMALLEST, wanted_width
from devops_tycoon.tui.draw.columns import Pair
from devops_tycoon.tui.draw.glyphs import E, N, W
from devops_tycoon.tui.draw.heights import Shape, rows_of, shapes_of
from devops_tycoon.tui.draw.layers import Hop, Item, Lane, MapOrder
from devops_tycoon.tui.draw.layout import Arrow, Box, MapLayout
from devops_tycoon.tui.draw.raster import Group, Point, Stroke, Strokes, groups_of, polyline
from devops_tycoon.tui.draw.router import Leg, Net, route
from devops_tycoon.tui.draw.values import MapNode

NATURAL_WIDTH = 14


@dataclass(frozen=True, slots=True)
class _Channel:
    """The routed nets of one gap between columns."""

    keys: tuple[tuple[Item, bool], ...]
    nets: tuple[Net, ...]
    legs: dict[int, tuple[Leg, ...]]
    tracks: int


def _channels(
    order: MapOrder, hops: Sequence[Hop], shapes: Mapping[Item, Shape], y: Mapping[Item, int]
) -> list[_Channel]:
    rooted: list[dict[tuple[Item, bool], tuple[set[int], set[int]]]] = [{} for _ in order.columns]
    for hop in hops:
        left_rows, right_rows = rooted[hop.gap].setdefault((hop.left, hop.back), (set(), set()))
        a, b = shapes[hop.left], shapes[hop.right]
        if hop.back:
            left_rows.add(y[hop.left] + a.in_right)
            right_rows.add(y[hop.right] + b.out_left)
        else:
            left_rows.add(y[hop.left] + a.out_right)
            if hop.beside:
                left_rows.add(y[hop.right] + b.in_right)
            else:
                right_rows.add(y[hop.right] + b.in_left)
    channels = []
    for roots in rooted:
        nets = tuple(Net(frozenset(left), frozenset(right)) for left, right in roots.values())
        legs, tracks = route(nets)
        by_net: dict[int, list[Leg]] = defaultdict(list)
        for leg in legs:
            by_net[leg.net].append(leg)
        channels.append(_Channel(tuple(roots), nets, {k: tuple(v) for k, v in by_net.items()}, tracks))
    return channels


def _sizes(
    order: MapOrder, nodes: Mapping[str, MapNode], channels: Sequence[_Channel], zoom: int, width: int
) -> tuple[list[int], list[int]]:
    """Return the width of every column and of the channel after it: names as long as fit, then wider channels."""
    wanted = [
        max((wanted_width(nodes[item], zoom) for item in items if not isinstance(item, Lane)), default=SMALLEST[zoom])
        for _, items in order.columns
    ]
    last = len(channels) - 1
    gaps = [max(3, channel.tracks + 2) for channel in channels]
    gaps[last] = channels[last].tracks + 2 if channels[last].nets else 1
    limit = width or sum(min(NATURAL_WIDTH, w) for w in wanted) + sum(gaps) + last + 1
    cap = max(wanted)
    while cap > SMALLEST[zoom] and 1 + sum(min(cap, w) for w in wanted) + sum(gaps) + last > limit:
        cap -= 1
    columns = [min(cap, w) for w in wanted]
    spare = limit - 1 - sum(columns) - sum(gaps)
    for k in range(last):
        extra = min(3, max(0, spare // max(1, last)))
        gaps[k] += extra
    return columns, gaps


def build(
    nodes: Mapping[str, MapNode],
    pairs: tuple[Pair, ...],
    order: MapOrder,
    hops: Sequence[Hop],
    zoom: int,
    pitch: int,
    width: int,
) -> MapLayout:
    """Give everything its row, its track and its column, and draw all lines into cells."""
    shapes = shapes_of(order, hops, zoom, pitch)
    y = rows_of(order, hops, shapes)
    lowest = min(y.values(), default=0) // pitch * pitch
    y = {item: row - lowest for item, row in y.items()}
    channels = _channels(order, hops, shapes, y)
    columns, gaps = _sizes(order, nodes, channels, zoom, width)
    starts = [1]
    for column_width, gap in zip(columns, gaps, strict=True):
        starts.append(starts[-1] + column_width + gap)
    tall = 2 if zoom == 3 else 1
    boxes = {
        item: Box(starts[k], y[item], columns[k], tall)
        for k, (_, items) in enumerate(order.columns)
        for item in items
        if not isinstance(item, Lane)
    }
    strokes: Strokes = defaultdict(list)
    heads: dict[tuple[int, int, bool], set[int]] = defaultdict(set)
    edge_rows: list[set[int]] = [set() for _ in pairs]
    leads = [max(1, (gap - channel.tracks) // 2) for gap, channel in zip(gaps, channels, strict=True)]
    pencil = _Pencil(shapes, y, starts, columns, leads, strokes, heads, edge_rows)
    number: dict[tuple[int, tuple[Item, bool]], tuple[int, int]] = {}
    for gap, channel in enumerate(channels):
        number |= {(gap, key): (k, len(number) + k) for k, key in enumerate(channel.keys)}
    for hop in hops:
        k, net = number[hop.gap, (hop.left, hop.back)]
        pencil.draw(hop, channels[hop.gap].legs.get(k, ()), net)
    return _assemble(order, pairs, boxes, dict(strokes), heads, edge_rows, zoom, starts[-1])


@dataclass(frozen=True, slots=True)
class _Pencil:
    """What is needed to draw one hop into the cells."""

    shapes: Mapping[Item, Shape]
    y: Mapping[Item, int]
    starts: Sequence[int]
    columns: Sequence[int]
    leads: Sequence[int]
    strokes: Strokes
    heads: dict[tuple[int, int, bool], set[int]]
    edge_rows: Sequence[set[int]]

    def draw(self, hop: Hop, legs: Sequence[Leg], net: int) -> None:
        """Draw one hop: out of the left item, along its leg or legs, into the right one."""
        left_shape, right_shape = self.shapes[hop.left], self.shapes[hop.right]
        begin = self.starts[hop.gap] + self.columns[hop.gap]
        first_track = begin + self.leads[hop.gap]
        end = self.starts[hop.gap + 1] - 1
        start_row = self.y[hop.left] + (left_shape.in_right if hop.back else left_shape.out_right)
        points: list[Point] = [(begin, start_row)]
        ends = (W, W if hop.beside else E)
        if not hop.back and left_shape.out_right and left_shape.raster == 1:
            points = [(begin - 1, start_row)]
            ends = (N, ends[1])
        if hop.beside:
            end_row = self.y[hop.right] + right_shape.in_right
        else:
            end_row = self.y[hop.right] + (right_shape.out_left if hop.back else right_shape.in_left)
        points += self._along(legs, start_row, end_row, first_track)
        last = begin if hop.beside else end
        if isinstance(hop.right, Lane):
            last = end + self.columns[hop.gap + 1]
        elif hop.back and right_shape.out_left and right_shape.raster == 1:
            last, ends = end + 1, (ends[0], N)
        points.append((last, end_row))
        polyline(self.strokes, points, ends, net, hop.edge)
        rows = [row for _, row in points]
        self.edge_rows[hop.edge].update(range(min(rows), max(rows) + 1))
        if hop.beside or (hop.back and not isinstance(hop.left, Lane)):
            self.heads[begin, end_row if hop.beside else start_row, False].add(hop.edge)
        elif not hop.back and not isinstance(hop.right, Lane):
            self.heads[end, end_row, True].add(hop.edge)

    @staticmethod
    def _along(legs: Sequence[Leg], start: int, end: int, first_track: int) -> list[Point]:
        if start == end and (not legs or end in legs[0].right):
            return []
        first = legs[0]
        x = first_track + first.track
        if end in first.right or end in first.left:
            return [(x, start), (x, end)]
        second = next(leg for leg in legs[1:] if end in leg.right)
        link = first.link if first.link is not None else start
        return [(x, start), (x, link), (first_track + second.track, link), (first_track + second.track, end)]


def _assemble(
    order: MapOrder,
    pairs: tuple[Pair, ...],
    boxes: dict[str, Box],
    strokes: Strokes,
    heads: Mapping[tuple[int, int, bool], set[int]],
    edge_rows: Sequence[set[int]],
    zoom: int,
    width: int,
) -> MapLayout:
    by_row: dict[int, list[tuple[int, tuple[Group, ...]]]] = defaultdict(list)
    known: dict[tuple[Stroke, ...], tuple[Group, ...]] = {}
    for (x, row), here in strokes.items():
        key = tuple(here)
        groups = known.get(key)
        if groups is None:
            groups = known[key] = groups_of(here)
        by_row[row].append((x, groups))
    arrows: dict[int, list[Arrow]] = defaultdict(list)
    for (x, row, to_the_right), edges in heads.items():
        arrows[row].append(Arrow(x, to_the_right, tuple(sorted(edges))))
    box_rows: dict[int, list[str]] = defaultdict(list)
    for node, box in boxes.items():
        for row in range(box.y, box.y + box.height):
            box_rows[row].append(node)
    height = 1 + max([*by_row, *(box.y + box.height - 1 for box in boxes.values())], default=-1)
    return MapLayout(
        zoom,
        width,
        height,
        order,
        pairs,
        boxes,
        {row: tuple(names) for row, names in box_rows.items()},
        {row: tuple(sorted(cells)) for row, cells in by_row.items()},
        {row: tuple(sorted(here)) for row, here in arrows.items()},
        tuple(frozenset(rows) for rows in edge_rows),
        strokes,
    )
