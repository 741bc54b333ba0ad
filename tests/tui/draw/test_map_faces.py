"""Reading the map: hit tests, keys, focus, zoom, selection."""

from dataclasses import replace

from devops_tycoon.tui.draw.legend import legend
from devops_tycoon.tui.draw.map import changed_rows, draw_map, fit_map, map_layout, node_at, region
from devops_tycoon.tui.draw.values import Direction, MapEdge, MapNode, row_text
from devops_tycoon.tui.draw.walk import focus, neighbour

from .builders import GLYPHS, a_company, a_distributed_monolith, a_monolith, cinemail

WAYS: tuple[Direction, ...] = ("left", "right", "up", "down")


def test_what_is_under_a_cell_is_what_is_drawn_there() -> None:
    picture = draw_map(map_layout(*cinemail(), width=100), *cinemail())
    for name, box in picture.layout.boxes.items():
        assert picture.node_at(box.x, box.y) == name
        assert picture.node_at(box.x + box.width - 1, box.y + box.height - 1) == name
    heads = [(arrow, y) for y, row in picture.layout.arrows.items() for arrow in row]
    assert heads
    for arrow, y in heads:
        targets = {target for _, target in picture.edge_at(arrow.x, y)}
        assert node_at(picture.layout, arrow.x + (1 if arrow.to_the_right else -1), y) in targets
    assert picture.node_at(9999, 0) is None
    assert picture.edge_at(9999, 0) == ()


def test_the_selection_stands_between_bars_and_only_its_rows_and_lines_change() -> None:
    nodes, edges = cinemail()
    layout = map_layout(nodes, edges, width=100)
    picture = draw_map(layout, nodes, edges, selected="billing")
    box = region(layout, "billing")
    assert box is not None
    text = row_text(picture.rows[box.y])
    assert text[box.x] == "▐"
    assert text[box.x + box.width - 1] == "▌"
    rows = changed_rows(layout, (nodes, edges), (nodes, edges), selected=(None, "billing"))
    assert set(range(box.y, box.y + 2)) <= set(rows)


def test_a_new_rate_repaints_one_row_and_lays_nothing_out() -> None:
    nodes, edges = cinemail()
    layout = map_layout(nodes, edges, width=100)
    new = tuple(replace(node, rate=777) if node.id == "search" else node for node in nodes)
    assert changed_rows(layout, (nodes, edges), (new, edges)) == (layout.boxes["search"].y + 1,)
    assert changed_rows(layout, (nodes, edges), (nodes, edges)) == ()


def test_arrow_keys_follow_calls_and_columns() -> None:
    layout = map_layout(*a_monolith())
    assert neighbour(layout, None, "right") == "members"
    assert neighbour(layout, "members", "right") == "monolith"
    assert neighbour(layout, "monolith", "right") == "main-db"
    assert neighbour(layout, "main-db", "right") == "main-db"
    assert neighbour(layout, "main-db", "left") == "monolith"
    layout = map_layout(*cinemail(), width=100)
    below = neighbour(layout, "search", "down")
    assert below is not None
    assert neighbour(layout, below, "up") == "search"


def test_every_node_can_be_reached_with_the_arrow_keys() -> None:
    for graph in (cinemail(), a_distributed_monolith(), a_company(40)):
        for zoom in (1, 2, 3):
            layout = map_layout(*graph, zoom=zoom, width=100)
            first = neighbour(layout, None, "right")
            seen = {first}
            todo = [first]
            while todo:
                here = todo.pop()
                for there in (neighbour(layout, here, way) for way in WAYS):
                    if there not in seen:
                        seen.add(there)
                        todo.append(there)
            assert seen == set(layout.boxes)


def test_focus_shows_callers_and_callees_only() -> None:
    nodes, edges = focus(*cinemail(), "cache", 1)
    assert {node.id for node in nodes} == {"cache", "catalog", "search", "catalog-db"}
    assert len(edges) == 3


def test_small_graphs_are_cards_bigger_ones_lines_and_big_ones_tiles() -> None:
    assert fit_map(*a_monolith(), 80, 13).zoom == 3
    assert fit_map(*cinemail(), 80, 22).zoom == 3
    assert fit_map(*cinemail(), 80, 13).zoom == 2
    assert fit_map(*a_company(200), 80, 20).zoom == 1
    assert fit_map((), (), 80, 20).zoom == 1


def test_too_little_height_hides_calls_inside_a_column_and_says_so() -> None:
    layout = fit_map(*cinemail(), 80, 11)
    assert layout.zoom == 2
    assert ("dvd-queue", "catalog") in layout.hidden


def test_a_split_moves_nobody_out_of_order_and_a_tidy_may() -> None:
    nodes, edges = a_company(30)
    before = map_layout(nodes, edges)
    split = (*nodes, MapNode("split", "split", 2))
    calls = (*edges, MapEdge("s2", "split", 50), MapEdge("split", "s29", 50))
    after = map_layout(split, calls, previous=before)
    for column in before.order.columns:
        names = [item for item in column[1] if isinstance(item, str)]
        rows = [after.boxes[name].y for name in names]
        assert rows == sorted(rows)
    assert set(map_layout(split, calls, previous=before, tidy=True).boxes) == set(after.boxes)


def test_a_failing_call_is_broken_a_hot_one_heavy_and_an_idle_one_light() -> None:
    nodes = (MapNode("a", "a", 0), MapNode("b", "b", 1))
    looks = {}
    for name, edge in {
        "idle": MapEdge("a", "b"),
        "busy": MapEdge("a", "b", 10),
        "hot": MapEdge("a", "b", 1, hot=True),
        "failing": MapEdge("a", "b", 10, 0.2),
        "slow": MapEdge("a", "b", 10, slow=True),
    }.items():
        layout = map_layout(nodes, (edge,), zoom=2)
        looks[name] = row_text(draw_map(layout, nodes, (edge,)).rows[0])
    assert "──" in looks["idle"]
    assert "━━" in looks["busy"]
    assert "━━" in looks["hot"]
    assert "╍╍" in looks["failing"]
    assert "┄┄" in looks["slow"]


def test_the_legend_names_every_sign_and_every_kind_of_line() -> None:
    for glyphs in GLYPHS:
        text = row_text(legend(glyphs))
        assert all(word in text for word in ("ok", "hot", "failing", "down", "busy", "errors"))
        assert glyphs != "ascii" or text.isascii()
