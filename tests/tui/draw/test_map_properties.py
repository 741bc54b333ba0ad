"""What must hold for every map, whatever graph and names come in."""

import unicodedata
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from devops_tycoon.tui.draw.glyphs import E, N, S, W
from devops_tycoon.tui.draw.layers import Lane
from devops_tycoon.tui.draw.layout import MapLayout
from devops_tycoon.tui.draw.map import SCROLLED, changed_rows, draw_map, fit_map, map_layout, node_at
from devops_tycoon.tui.draw.paint import paint_row, scene_of
from devops_tycoon.tui.draw.values import MapEdge, MapNode, row_text
from tests.examples import examples

from .builders import GLYPHS, Graph, a_company, graphs

zooms = st.sampled_from((1, 2, 3))
STEPS = {N: (0, -1, S), S: (0, 1, N), E: (1, 0, W), W: (-1, 0, E)}
quick = examples(40)


def arms_of(layout: MapLayout) -> list[dict[tuple[int, int], int]]:
    """Return the arms of every edge's cells."""
    arms: list[dict[tuple[int, int], int]] = [defaultdict(int) for _ in layout.pairs]
    for point, strokes in layout.strokes.items():
        for _, mask, owner in strokes:
            arms[owner][point] |= mask
    return arms


def reached(layout: MapLayout, edge: int, arms: dict[tuple[int, int], int]) -> bool:
    """Walk the arms of one edge's cells from its source to its target."""
    source, target = layout.pairs[edge]

    def touches(point: tuple[int, int], name: str) -> bool:
        x, y = point
        sides = ((W, x - 1), (E, x + 1))
        hook = node_at(layout, x, y - 1) == name and layout.zoom == 2 and bool(arms[point] & N)
        return hook or any(arms[point] & side and node_at(layout, near, y) == name for side, near in sides)

    todo = [point for point in list(arms) if touches(point, source)]
    seen = set(todo)
    while todo:
        x, y = point = todo.pop()
        if touches(point, target):
            return True
        for side, (dx, dy, back) in STEPS.items():
            near = (x + dx, y + dy)
            if arms[point] & side and near in arms and arms[near] & back and near not in seen:
                seen.add(near)
                todo.append(near)
    return False


def order_of(layout: MapLayout) -> list[list[str]]:
    return [[item for item in items if not isinstance(item, Lane)] for _, items in layout.order.columns]


@given(graphs(), st.sampled_from((2, 3)))
@quick
def test_every_line_leads_from_its_caller_to_its_callee(graph: Graph, zoom: int) -> None:
    layout = map_layout(*graph, zoom=zoom)
    if layout.zoom > 1:
        assert all(reached(layout, edge, arms) for edge, arms in enumerate(arms_of(layout)))


@given(graphs(), st.sampled_from((2, 3)), st.sampled_from((0, 60, 120)))
@quick
def test_lines_lie_on_each_other_only_if_they_share_an_end(graph: Graph, zoom: int, width: int) -> None:
    layout = map_layout(*graph, zoom=zoom, width=width)
    for strokes in layout.strokes.values():
        for k, (_, mask, edge) in enumerate(strokes):
            for _, other_mask, other in strokes[k + 1 :]:
                along = any(mask & way and other_mask & way for way in (E | W, N | S))
                assert not along or set(layout.pairs[edge]) & set(layout.pairs[other])


@given(graphs(), st.sampled_from((2, 3)))
@quick
def test_no_line_runs_through_a_box(graph: Graph, zoom: int) -> None:
    layout = map_layout(*graph, zoom=zoom)
    assert all(node_at(layout, x, y) is None for x, y in layout.strokes)


@given(graphs(), zooms, st.sampled_from(GLYPHS), st.sampled_from((0, 40, 100)))
@quick
def test_all_rows_are_as_wide_as_the_map_and_hold_no_control_characters(
    graph: Graph, zoom: int, glyphs: str, width: int
) -> None:
    layout = map_layout(*graph, zoom=zoom, width=width, height=20)
    level = next(known for known in GLYPHS if known == glyphs)
    picture = draw_map(layout, *graph, selected="0", glyphs=level)
    for row in picture.rows:
        text = row_text(row)
        assert sum(cell_len(character) for character in text) == picture.width
        assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text)
        assert level != "ascii" or text.isascii()


@given(graphs(), st.sampled_from((2, 3)), st.data())
@quick
def test_adding_a_node_never_changes_the_order_of_the_others(graph: Graph, zoom: int, data: st.DataObject) -> None:
    nodes, edges = graph
    before = map_layout(nodes, edges, zoom=zoom)
    number = st.integers(0, max(0, len(nodes) - 1)).map(str)
    new = MapNode("new", "new", data.draw(st.none() | st.integers(-1, 5)))
    more = (*edges, MapEdge(data.draw(number), "new", 5), MapEdge("new", data.draw(number), 5))
    after = map_layout((*nodes, new), more, zoom=zoom, previous=before)
    kept = [[name for name in column if name != "new"] for column in order_of(after)]
    assert [column for column in kept if column] == [column for column in order_of(before) if column]


@given(graphs(), st.sampled_from((2, 3)), st.data())
@quick
def test_removing_a_node_leaves_the_others_in_order(graph: Graph, zoom: int, data: st.DataObject) -> None:
    nodes, edges = graph
    before = map_layout(nodes, edges, zoom=zoom)
    gone = str(data.draw(st.integers(0, max(0, len(nodes) - 1))))
    left = tuple(node for node in nodes if node.id != gone)
    after = map_layout(left, edges, zoom=zoom, previous=before)
    assert gone not in after.boxes
    old = {name: (k, i) for k, column in enumerate(order_of(before)) for i, name in enumerate(column)}
    for column in order_of(after):
        together = [old[name] for name in column]
        if len({place[0] for place in together}) == 1:
            assert together == sorted(together)


@given(graphs(), zooms, st.data())
@quick
def test_repainting_the_changed_rows_gives_the_same_picture_as_painting_all(
    graph: Graph, zoom: int, data: st.DataObject
) -> None:
    nodes, edges = graph
    layout = map_layout(nodes, edges, zoom=zoom)
    other = data.draw(st.floats(0, 2))
    new_nodes = tuple(
        MapNode(n.id, n.label, n.tier, n.kind, "hot", other, n.rate, n.note) if k % 3 == 0 else n
        for k, n in enumerate(nodes)
    )
    new_edges = tuple(MapEdge(e.source, e.target, e.rate, other / 2) if k % 4 == 0 else e for k, e in enumerate(edges))
    selected = data.draw(st.none() | st.just("1"))
    rows = list(draw_map(layout, nodes, edges, selected="0").rows)
    changed = changed_rows(layout, (nodes, edges), (new_nodes, new_edges), selected=("0", selected))
    painted = scene_of(layout, new_nodes, new_edges, selected, "braille")
    for y in changed:
        rows[y] = paint_row(painted, y)
    assert tuple(rows) == draw_map(layout, new_nodes, new_edges, selected=selected).rows


@given(graphs(), st.integers(2, 130), st.integers(1, 40))
@quick
def test_an_automatic_zoom_fits_unless_even_tiles_do_not(graph: Graph, width: int, height: int) -> None:
    layout = fit_map(*graph, width, height)
    assert layout.width <= (width * SCROLLED if layout.zoom == 2 else width)
    assert layout.height <= height or layout.zoom == 1


def test_hundreds_of_nodes_become_tiles_without_losing_one() -> None:
    nodes, edges = a_company(600)
    layout = fit_map(nodes, edges, 100, 30)
    assert layout.zoom == 1
    assert len(layout.boxes) == 600
    assert layout.height <= 30
