"""The live map: laid out once, repainted where numbers change, walked by keys and mouse."""

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size, Spacing
from textual.markup import escape
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import percent, short
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.layout import MapLayout
from devops_tycoon.tui.draw.legend import legend
from devops_tycoon.tui.draw.map import changed_rows, fit_map, map_layout, node_at, region
from devops_tycoon.tui.draw.paint import paint_row, scene_of
from devops_tycoon.tui.draw.palette import rich_style
from devops_tycoon.tui.draw.text import cells
from devops_tycoon.tui.draw.values import Direction, Glyphs, MapEdge, MapNode, row_text
from devops_tycoon.tui.draw.walk import focus, neighbour
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.company_map import map_of

ZOOMS = (0, 3, 2, 1)
"""0 fits by itself; 3 shows cards, 2 lines, 1 tiles."""


class MapView(ScrollView, can_focus=False):
    """The service map; `selected` is the service that the inspector shows.

    It takes no focus: its keys are the screen's, so that they work from every pane.
    """

    selected: reactive[str] = reactive("", repaint=False)
    """The id of the selected node."""
    zoom: reactive[int] = reactive(0, repaint=False)
    around: reactive[str] = reactive("", repaint=False)
    """If set: only this node and its neighbours are shown."""

    class Selected(Message):
        """Another service is selected."""

    class Opened(Message):
        """The player wants to act on the selected service (a second click)."""

    def __init__(self, rules: Rules, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._rules = rules
        self._services: tuple[MapNode, ...] = ()
        self._links: tuple[MapEdge, ...] = ()
        self._layout_of_map: MapLayout | None = None
        self._laid_out_for: object = None
        self._painted: dict[int, Strip] = {}
        self._tidy_for: set[str] = set()
        """The services for which the order was found; others that came later were fitted in."""

    @property
    def _glyphs(self) -> Glyphs:
        return look_of(self).glyphs

    def show(self, world: World) -> None:
        """Show this moment's numbers; lay out again only where services or links came or went."""
        nodes, edges = map_of(world, self._rules)
        if self.around:
            nodes, edges = focus(nodes, edges, self.around, 1)
        before = self._services, self._links
        self._services, self._links = nodes, edges
        if not self.size:
            return  # a layout for no room at all would lock bad columns
        shape = ([n.id for n in nodes], [(e.source, e.target) for e in edges], self.size, self.zoom, self._glyphs)
        if shape != self._laid_out_for or self._layout_of_map is None:
            self._laid_out_for = shape
            self._arrange()
            return
        rows = changed_rows(
            self._layout_of_map, before, (nodes, edges), selected=(self.selected, self.selected), glyphs=self._glyphs
        )
        self._repaint(rows)

    def _entitle(self) -> None:
        """Say how the map is shown, and what its signs mean."""
        zoom = {0: "", 3: "  cards", 2: "  lines", 1: "  tiles"}[self.zoom]
        around = f"  around {self.around}" if self.around else ""
        self.border_title = escape(f"1 Map{zoom}{around}")
        words = row_text(legend(self._glyphs))
        self.border_subtitle = escape(words) if cells(words) + 6 <= self.size.width else ""

    def _arrange(self, tidy: bool = False) -> None:
        """Lay the map out: services that stay keep their column and their order."""
        self._entitle()
        if tidy or self._layout_of_map is None:
            self._tidy_for = {node.id for node in self._services}
        width, height = max(1, self.size.width), max(1, self.size.height)
        if self.zoom == 0:
            self._layout_of_map = fit_map(
                self._services, self._links, width, height, previous=self._layout_of_map, tidy=tidy
            )
        else:
            self._layout_of_map = map_layout(
                self._services,
                self._links,
                zoom=self.zoom,
                width=width,
                height=height,
                previous=self._layout_of_map,
                tidy=tidy,
            )
        self.virtual_size = Size(self._layout_of_map.width, self._layout_of_map.height)
        self._painted = {}
        self.refresh()

    def _repaint(self, rows: tuple[int, ...]) -> None:
        top = self.scroll_offset.y - self._margin_top()
        for y in rows:
            self._painted.pop(y, None)
        if rows:
            self.refresh(*(Region(0, y - top, self.size.width, 1) for y in rows))

    def _margin_top(self) -> int:
        """Return how many blank lines stand above a map that is smaller than its panel."""
        height = self._layout_of_map.height if self._layout_of_map else 0
        return max(0, (self.size.height - height) // 2)

    def _margin_left(self) -> int:
        width = self._layout_of_map.width if self._layout_of_map else 0
        return max(0, (self.size.width - width) // 2)

    def render_line(self, y: int) -> Strip:
        """Return one line of the map, centred, scrolled."""
        theme = self.app.theme.removeprefix("tycoon-")
        ground = rich_style("ground", theme, with_ground=True)
        width = self.size.width
        row = y + self.scroll_offset.y - self._margin_top()
        layout = self._layout_of_map
        if layout is None or not 0 <= row < layout.height:
            return Strip.blank(width, ground)
        strip = self._painted.get(row)
        if strip is None:
            painted = paint_row(scene_of(layout, self._services, self._links, self.selected or None, self._glyphs), row)
            left = self._margin_left()
            segments = [Segment(" " * left, ground)] if left else []
            segments += [Segment(text, rich_style(style, theme, with_ground=True)) for text, style in painted]
            strip = self._painted[row] = Strip(segments)
        x = self.scroll_offset.x
        return strip.adjust_cell_length(max(width + x, strip.cell_length), ground).crop(x, x + width)

    def notify_style_update(self) -> None:
        """Forget painted rows when the theme changes."""
        super().notify_style_update()
        self._painted = {}

    def on_resize(self) -> None:
        """Fit the map into the new size; only where nothing has come or gone may services change places."""
        if self._services and self.size:
            self._laid_out_for = None
            self._arrange(tidy=self._tidy_for == {node.id for node in self._services})

    def watch_selected(self, old: str, new: str) -> None:
        """Repaint what the selection touches: the two nodes and their lines."""
        self.post_message(self.Selected())
        layout = self._layout_of_map
        if layout is None:
            return
        values = self._services, self._links
        self._repaint(changed_rows(layout, values, values, selected=(old or None, new or None), glyphs=self._glyphs))
        box = region(layout, new)
        if box is not None:
            self.scroll_to_region(
                Region(box.x, box.y, box.width, box.height), animate=False, spacing=Spacing(1, 2, 1, 2)
            )

    def walk(self, direction: Direction) -> None:
        """Select the next node in a direction; left and right follow the calls."""
        if self._layout_of_map is not None:
            self.selected = neighbour(self._layout_of_map, self.selected or None, direction) or self.selected

    def next_zoom(self) -> None:
        """Go to the next zoom level."""
        self.zoom = ZOOMS[(ZOOMS.index(self.zoom) + 1) % len(ZOOMS)]
        self._laid_out_for = None
        self._arrange()

    def focus_on(self) -> None:
        """Show only the selection and its neighbours, or everything again."""
        self.around = "" if self.around else self.selected
        self._layout_of_map = None
        self.post_message(self.Changed())

    class Changed(Message):
        """The map needs this moment's numbers again."""

    def tidy(self) -> None:
        """Forget the order of the services and find the best one again."""
        self._arrange(tidy=True)

    def _node_under(self, event: events.MouseEvent) -> str | None:
        if self._layout_of_map is None:
            return None
        x = event.x + self.scroll_offset.x - self._margin_left()
        y = event.y + self.scroll_offset.y - self._margin_top()
        return node_at(self._layout_of_map, x, y)

    def on_click(self, event: events.Click) -> None:
        """Select what is clicked; a double click acts on it."""
        node = self._node_under(event)
        if node is None:
            return
        self.selected = node
        if event.chain == 2:
            self.post_message(self.Opened())

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell the four golden signals of what the mouse is over."""
        name = self._node_under(event)
        node = next((n for n in self._services if n.id == name), None)
        self.tooltip = None if node is None else _signals(node, self._links)


def _signals(node: MapNode, edges: tuple[MapEdge, ...]) -> str:
    """Return traffic, errors and saturation of a node in words."""
    fails = [edge.fail for edge in edges if edge.target == node.id]
    worst = max(fails, default=0.0)
    if node.kind == "users":
        return f"{node.label}: {short(node.rate)} requests/s, {percent(node.load)} failing"
    return f"{node.label}: {short(node.rate)}/s, {percent(node.load)} busy, worst caller sees {percent(worst)} failures"
