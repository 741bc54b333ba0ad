"""From a layout and the values of the moment to rows of styled text; nothing here moves anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from devops_tycoon.tui.draw import glyphs as signs
from devops_tycoon.tui.draw.card import card, tile
from devops_tycoon.tui.draw.layout import MapLayout
from devops_tycoon.tui.draw.raster import Group
from devops_tycoon.tui.draw.values import Glyphs, MapEdge, MapNode, Row, Segment, merge

BUSY_SHARE = 1 / 3  # of the busiest call: these paths are drawn heavy
FAILING = 0.02  # share of failed calls from which a line is broken

# How a line looks: style and manner of drawing, from the least to the most important.
LEVELS: tuple[tuple[str, str], ...] = (
    ("edge.idle", "plain"),
    ("edge", "plain"),
    ("edge.near", "plain"),
    ("edge.slow", "slow"),
    ("edge.busy", "hot"),
    ("edge.hot", "hot"),
    ("edge.failing", "failing"),
)
IDLE, PLAIN, NEAR, SLOW, BUSY, HOT, BROKEN = range(7)


@dataclass(frozen=True, slots=True)
class Scene:
    """The values of the moment, bound to a layout."""

    layout: MapLayout
    nodes: dict[str, MapNode]
    levels: tuple[int, ...]
    required: tuple[bool, ...]
    selected: str | None
    glyphs: Glyphs


def level_of(edge: MapEdge | None, top: float, selected: str | None) -> int:
    """Return how important a line is; `top` is the rate of the busiest call."""
    if edge is None:
        return IDLE
    if edge.fail >= FAILING:
        return BROKEN
    if edge.hot:
        return HOT
    if edge.slow:
        return SLOW
    if edge.rate > 0 and edge.rate >= top * BUSY_SHARE:
        return BUSY
    if selected is not None and selected in (edge.source, edge.target):
        return NEAR
    return PLAIN if edge.rate > 0 else IDLE


def scene_of(
    layout: MapLayout, nodes: Sequence[MapNode], edges: Sequence[MapEdge], selected: str | None, glyphs: Glyphs
) -> Scene:
    """Bind values to a layout; what the layout does not know is left out, what the values do not know looks idle."""
    values: dict[str, MapNode] = {}
    for node in nodes:
        values.setdefault(node.id, node)
    calls: dict[tuple[str, str], MapEdge] = {}
    top = 0.0
    for edge in edges:
        calls.setdefault((edge.source, edge.target), edge)
        top = max(top, edge.rate)
    found = [calls.get(pair) for pair in layout.pairs]
    levels = tuple(level_of(edge, top, selected) for edge in found)
    return Scene(layout, values, levels, tuple(edge is None or edge.required for edge in found), selected, glyphs)


def _group(group: Group, levels: Sequence[int]) -> tuple[int, int, int]:
    """Return the highest level in a joint, its arms, and which of them are heavy."""
    top = mask = heavy = 0
    for arms, edge in group:
        level = levels[edge]
        mask |= arms
        if level >= BUSY:
            heavy |= arms
        top = max(top, level)
    return top, mask, heavy


def _cell(groups: tuple[Group, ...], scene: Scene) -> Segment:
    """Return one cell of lines; where lines only cross, the more important one hides the other."""
    top, mask, heavy = _group(groups[0], scene.levels)
    for group in groups[1:]:
        other = _group(group, scene.levels)
        if (other[0], other[1] & 5) > (top, mask & 5):
            top, mask, heavy = other
    style, manner = LEVELS[top]
    return signs.line(mask, heavy, manner, scene.glyphs), style


def paint_row(scene: Scene, y: int) -> Row:
    """Paint one row, exactly as wide as the layout."""
    layout, glyphs = scene.layout, scene.glyphs
    out: list[Segment] = [(" ", "ground")] * layout.width
    drawn: dict[int, Segment] = {}  # a line has the same joint in most of its cells
    for x, groups in layout.cells.get(y, ()):
        segment = drawn.get(id(groups))
        if segment is None:
            segment = drawn[id(groups)] = _cell(groups, scene)
        out[x] = segment
    for head in layout.arrows.get(y, ()):
        level = max(scene.levels[edge] for edge in head.edges)
        required = any(scene.required[edge] for edge in head.edges)
        out[head.x] = (signs.arrow(head.to_the_right, required, glyphs), LEVELS[level][0])
    for name in layout.box_rows.get(y, ()):
        _box(scene, name, y, out)
    return merge(out)


def _box(scene: Scene, name: str, y: int, out: list[Segment]) -> None:
    layout, glyphs = scene.layout, scene.glyphs
    node = scene.nodes.get(name)
    if node is None:
        return
    box = layout.boxes[name]
    if layout.zoom == 1:
        pieces = tile(node, box.width, _lead(scene, name), glyphs)
    else:
        pieces = card(node, box.width, layout.zoom, glyphs)[y - box.y]
    x = box.x
    for text, style in pieces:
        for character in text:
            width = 1 if character.isascii() else cell_len(character)
            if width == 0:
                before = x - 1 if out[x - 1][0] else x - 2
                out[before] = (out[before][0] + character, out[before][1])
                continue
            out[x] = (character, style)
            if width == 2:
                out[x + 1] = ("", style)
            x += width
    if name == scene.selected and layout.zoom > 1:
        left, right = ("[", "]") if glyphs == "ascii" else ("▐", "▌")
        out[box.x - 1] = (left, "selected")
        out[box.x + box.width] = (right, "selected")


def _lead(scene: Scene, name: str) -> Segment:
    """Return the cell before a tile: the selection, or who calls and is called by it."""
    if name == scene.selected:
        return ("[" if scene.glyphs == "ascii" else "▐", "selected")
    if scene.selected is not None:
        if (scene.selected, name) in scene.layout.pairs:
            return (signs.arrow(True, True, scene.glyphs), "edge.near")
        if (name, scene.selected) in scene.layout.pairs:
            return (signs.arrow(False, True, scene.glyphs), "edge.near")
    return (" ", "ground")


def row_signatures(old: Scene, new: Scene) -> tuple[int, ...]:
    """Return the rows in which the two scenes of one layout differ."""
    layout = new.layout
    rows: set[int] = set()
    if layout.zoom == 1 and old.selected != new.selected:
        return tuple(range(layout.height))
    moved = {old.selected, new.selected} if old.selected != new.selected else set()
    for name, box in layout.boxes.items():
        before, after = old.nodes.get(name), new.nodes.get(name)
        if name not in moved:
            if before == after:
                continue
            if before is not None and after is not None and layout.zoom > 1:
                pictures = (card(node, box.width, layout.zoom, new.glyphs) for node in (before, after))
                rows.update(box.y + k for k, (a, b) in enumerate(zip(*pictures, strict=True)) if a != b)
                continue
        rows.update(range(box.y, box.y + box.height))
    for edge, edge_rows in enumerate(layout.edge_rows):
        if old.levels[edge] != new.levels[edge] or old.required[edge] != new.required[edge]:
            rows |= edge_rows
    return tuple(sorted(rows))
