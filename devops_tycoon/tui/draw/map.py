"""The service map: lay it out once, then paint its rows as often as the numbers change."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from devops_tycoon.tui.draw.columns import Pair, columns_of
from devops_tycoon.tui.draw.layers import Lane, MapOrder, hops_of, order
from devops_tycoon.tui.draw.layout import Box, MapLayout
from devops_tycoon.tui.draw.paint import paint_row, row_signatures, scene_of
from devops_tycoon.tui.draw.plot import build
from devops_tycoon.tui.draw.tiles import build_tiles
from devops_tycoon.tui.draw.values import Glyphs, MapEdge, MapNode, Row

SCROLLED = 1.15  # how much wider than its panel a map of lines may be
MOST_CARDS = 150  # beyond it lines are unreadable and sweeps too slow: tiles


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A painted map: rows that are all `width` cells wide, and what lies under a cell."""

    rows: tuple[Row, ...]
    width: int
    height: int
    layout: MapLayout

    def node_at(self, x: int, y: int) -> str | None:
        """Return the id of the node under a cell."""
        return node_at(self.layout, x, y)

    def edge_at(self, x: int, y: int) -> tuple[Pair, ...]:
        """Return the calls whose lines run through a cell."""
        return edge_at(self.layout, x, y)

    def box(self, node: str) -> Box | None:
        """Return where a node is drawn, with its selection marks, so that a widget can refresh only that region."""
        return region(self.layout, node)


def _unique(nodes: Iterable[MapNode]) -> dict[str, MapNode]:
    known: dict[str, MapNode] = {}
    for node in nodes:
        known.setdefault(node.id, node)
    return known


def _pairs(edges: Iterable[MapEdge], known: Collection[str]) -> tuple[Pair, ...]:
    pairs = dict.fromkeys((edge.source, edge.target) for edge in edges)
    return tuple(pair for pair in pairs if pair[0] != pair[1] and pair[0] in known and pair[1] in known)


def map_layout(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    *,
    zoom: int = 3,
    width: int = 0,
    height: int = 0,
    previous: MapLayout | MapOrder | None = None,
    tidy: bool = False,
    compact: bool = False,
) -> MapLayout:
    """Lay the map out at a zoom level (3 cards, 2 lines, 1 tiles); width and height (0: free) are wishes, not limits.

    With `previous` every node that stays keeps its column and its order; `tidy` forgets that and sweeps again.
    `compact` leaves out the lines of calls inside a column and backwards (`hidden` names them).
    Calls to unknown nodes and of a node to itself are not drawn; of two nodes with one id the first counts.
    """
    known = _unique(nodes)
    pairs = _pairs(edges, known)
    before = previous.order if isinstance(previous, MapLayout) else previous
    if tidy:
        before = None
    locked = (
        {item: key for key, items in before.columns for item in items if not isinstance(item, Lane)} if before else {}
    )
    most = max(3, width // 16) if width else 7
    column = columns_of(tuple(known.values()), pairs, most, locked)
    if zoom == 1 or len(known) > MOST_CARDS or not known:
        return build_tiles(tuple(known), column, pairs, before, width, height)
    index = {key: k for k, key in enumerate(sorted(set(column.values())))}
    hops = hops_of(pairs, column, index)
    hidden: tuple[Pair, ...] = ()
    if compact:
        hidden = tuple(dict.fromkeys(pairs[hop.edge] for hop in hops if hop.beside or hop.back))
        hops = [hop for hop in hops if not hop.beside and not hop.back]
    arranged = order(tuple(known), column, hops, before if locked else None)
    if zoom == 2:
        return replace(build(known, pairs, arranged, hops, 2, 1, width), hidden=hidden)
    airy = build(known, pairs, arranged, hops, 3, 3, width) if _airy(arranged, height) else None
    roomy = airy is not None and airy.height <= height and (not width or airy.width <= width)
    chosen = airy if airy is not None and roomy else build(known, pairs, arranged, hops, 3, 2, width)
    return replace(chosen, hidden=hidden)


def _airy(arranged: MapOrder, height: int) -> bool:
    """Return whether a blank row between the cards has a chance to fit."""
    return all(3 * sum(isinstance(item, str) for item in items) - 1 <= height for _, items in arranged.columns)


def fit_map(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    width: int,
    height: int,
    *,
    previous: MapLayout | MapOrder | None = None,
    tidy: bool = False,
) -> MapLayout:
    """Return the layout at the largest zoom level that fits; tiles if neither cards nor lines do.

    Lines that are a little too wide beat tiles, which show no calls at all: the rest is scrolled to.
    """
    area = width * height
    for zoom, compact in ((3, False), (2, False), (2, True)):
        if len(nodes) * (26 if zoom == 3 else 12) <= area:
            layout = map_layout(
                nodes, edges, zoom=zoom, width=width, height=height, previous=previous, tidy=tidy, compact=compact
            )
            room = width if zoom == 3 or not compact else int(width * SCROLLED)
            if layout.width <= room and layout.height <= height:
                return layout
    return map_layout(nodes, edges, zoom=1, width=width, height=height, previous=previous, tidy=tidy)


def draw_map(
    layout: MapLayout,
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    *,
    selected: str | None = None,
    glyphs: Glyphs = "braille",
) -> MapPicture:
    """Paint the whole map."""
    scene = scene_of(layout, nodes, edges, selected, glyphs)
    rows = tuple(paint_row(scene, y) for y in range(layout.height))
    return MapPicture(rows, layout.width, layout.height, layout)


def changed_rows(
    layout: MapLayout,
    old: tuple[Sequence[MapNode], Sequence[MapEdge]],
    new: tuple[Sequence[MapNode], Sequence[MapEdge]],
    *,
    selected: tuple[str | None, str | None] = (None, None),
    glyphs: Glyphs = "braille",
) -> tuple[int, ...]:
    """Return the rows that look different with the new values and the new selection (both: before, after)."""
    return row_signatures(scene_of(layout, *old, selected[0], glyphs), scene_of(layout, *new, selected[1], glyphs))


def node_at(layout: MapLayout, x: int, y: int) -> str | None:
    """Return the id of the node under a cell."""
    for node in layout.box_rows.get(y, ()):
        box = layout.boxes[node]
        if box.x <= x < box.x + box.width:
            return node
    return None


def edge_at(layout: MapLayout, x: int, y: int) -> tuple[Pair, ...]:
    """Return the calls whose lines run through a cell."""
    here = dict.fromkeys(stroke[2] for stroke in layout.strokes.get((x, y), ()))
    return tuple(layout.pairs[edge] for edge in here)


def region(layout: MapLayout, node: str) -> Box | None:
    """Return where a node is drawn, with the cells of its selection marks."""
    box = layout.boxes.get(node)
    return None if box is None else Box(max(0, box.x - 1), box.y, box.width + 2, box.height)
