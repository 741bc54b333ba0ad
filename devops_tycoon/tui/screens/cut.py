"""Splitting a service: the capability graph inside it, and the numbers of the seam that is being drawn."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from devops_tycoon.orders.split import Split
from devops_tycoon.play.session import Session
from devops_tycoon.sim.operations.services import owner_of
from devops_tycoon.sim.partition.seams import REPLICAS, Seam, seam_of
from devops_tycoon.sim.partition.sizing import disks_of_cut, replicas_of_cut
from devops_tycoon.tui.look import look_of, style_sheet
from devops_tycoon.tui.screens.help import HelpScreen
from devops_tycoon.tui.screens.order import OrderScreen
from devops_tycoon.tui.view.company.cut import cut_list, graph, line_at, lines
from devops_tycoon.tui.view.company.seam import seam_rows
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.choosable import ChoosableRows
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows

HELP = (
    "Space selects capabilities of one service, d decides whether their data moves too, + and - change the replicas of "
    "the new service (the proposal is 50% utilisation at the coming peak), Enter orders the split. Function calls that "
    "cross the seam become network calls: those lines are heavy. m merges a service into another. A good seam has few "
    "calls across it, a single owner of the data, and sides that scale or fail differently. "
    "The numbers do not decide; you do."
)


class CutScreen(Screen[str | None]):
    """Ends with the order that was placed, or None."""

    CSS_PATH = style_sheet(__file__, "cut.tcss")

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", id="cut.down"),
        Binding("up,k", "move(-1)", "Up", id="cut.up"),
        Binding("space,x", "choose", "Select", id="cut.choose"),
        Binding("d", "data", "Data shared or moved", id="cut.data"),
        Binding("plus,equals_sign", "size(1)", "One more replica", id="cut.more"),
        Binding("minus", "size(-1)", "One replica fewer", id="cut.less"),
        Binding("c", "clear", "Clear the selection", id="cut.clear"),
        Binding("enter", "split", "Split it", id="cut.split"),
        Binding("m", "merge", "Merge the selected service", id="cut.merge"),
        Binding("g", "graph", "Graph or numbers", id="cut.graph"),
        Binding("question_mark,f1", "help", "Help", id="cut.help"),
        Binding("escape,q,s", "leave", "Back to planning", id="cut.back"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lines = lines(session.seen)
        self._picked = 1 if len(self._lines) > 1 else 0
        self._part: tuple[str, ...] = ()
        self._moves_data = False
        self._replicas, self._disks = REPLICAS, REPLICAS
        self._sized: tuple[str, ...] = ()
        """The part for which the player has chosen the replicas; another part gets a new proposal."""
        self._said = ""
        self._seam: Seam | None = None

    def compose(self) -> ComposeResult:
        """Lay out the services, the graph, and the seam."""
        with Horizontal(id="middle"):
            yield ChoosableRows(id="list", classes="panel")
            with Vertical(id="side"):
                yield Rows(id="graph", classes="panel")
                yield Rows(id="seam", classes="panel")
        yield Rows(id="message")
        yield Keys(
            (
                Key("space", "Select", "choose"),
                Key("⏎", "Split", "split"),
                Key("d", "Data", "data"),
                Key("+-", "Replicas", "size(1)"),
                Key("m", "Merge", "merge"),
                Key("c", "Clear", "clear"),
                Key("g", "Graph", "graph"),
            ),
            (Key("?", "Help", "help"), Key("esc", "Back", "leave")),
        )

    def on_mount(self) -> None:
        """Draw."""
        self._draw()

    def on_screen_resume(self) -> None:
        """Draw again, after an order that may have changed the company."""
        self._lines = lines(self._session.seen)
        self._picked = min(self._picked, len(self._lines) - 1)
        self._draw()

    def on_look_changed(self) -> None:
        """Draw in the new look."""
        self._draw()

    @property
    def _service(self) -> str:
        return self._lines[self._picked].service

    def _draw(self) -> None:
        world, rules, glyphs = self._session.seen, self._session.rules, look_of(self).glyphs
        known, picked, part, moves = self._lines, self._picked, self._part, self._moves_data
        listed = self.query_one("#list", Rows)
        listed.entitle("Services and capabilities")
        listed.show(lambda w, h: cut_list(known, picked, part, world, rules, w, h, glyphs))
        drawn = self.query_one("#graph", Rows)
        drawn.entitle(f"Inside {self._service}", "heavy lines cross the seam")
        capability = known[picked].capability
        drawn.show(lambda w, h: graph(world, rules, self._service, part, capability, w, h, glyphs))
        counted = self.query_one("#seam", Rows)
        counted.entitle("The seam", "d: data " + ("moved" if moves else "shared"))
        counted.show(lambda w, h: seam_rows(self._seam, self._sizes(), moves, w)[:h])
        mark = ">" if glyphs == "ascii" else "▸"
        text = self._said or (
            str(self._order()) if part else "Space selects capabilities to split off; Enter orders the split."
        )
        self.query_one("#message", Rows).show(lambda _w, _h: (((f" {mark} {text}", "accent"),),))

    def _order(self) -> Split:
        """Return the order that enter places; all numbers that are shown are of it."""
        return Split(self._part, self._part[0], self._replicas, self._moves_data, self._disks)

    def _sizes(self) -> str:
        """Say how large the new service and its store would be."""
        replicas = f"{self._replicas} replica{'s' * (self._replicas != 1)}"
        if not self._moves_data:
            return replicas
        tables = self._order().tables(self._session.rules) if self._part else ()
        return replicas + (f", a store of {self._disks} disk{'s' * (self._disks != 1)}" if tables else "")

    def _say(self, text: str) -> None:
        self._said = text
        self._draw()

    def action_move(self, step: int) -> None:
        """Pick another line."""
        self._picked = (self._picked + step) % len(self._lines)
        self._say("")

    def action_choose(self) -> None:
        """Choose the picked capability, or not; those of another service are given up for it."""
        line = self._lines[self._picked]
        if not line.capability:
            self._say("Select a capability inside it; the service is already separate.")
            return
        if line.capability in self._part:
            self._part = tuple(name for name in self._part if name != line.capability)
        else:
            here = {other.capability for other in self._lines if other.service == line.service}
            self._part = (*[name for name in self._part if name in here], line.capability)
        self._count()

    def _count(self) -> None:
        """Work the seam out, once for each change of it."""
        data = "moved" if self._moves_data else "shared"
        world, rules, part = self._session.seen, self._session.rules, self._part
        self._sized = self._sized if self._sized == part else ()
        if part:
            self._disks = disks_of_cut(world, rules, part)
            self._replicas = self._replicas if self._sized else replicas_of_cut(world, rules, part, data)
        self._seam = seam_of(world, rules, part, data, self._replicas, self._disks)
        self._say("")

    def action_size(self, step: int) -> None:
        """Give the part one replica more or less than was proposed."""
        parent = owner_of(self._session.seen, self._part[0]) if self._part else None
        if parent is None:
            self._say("Space selects capabilities to split off; then + and - change the replicas.")
            return
        self._replicas, self._sized = min(parent.most, max(1, self._replicas + step)), self._part
        self._count()

    def action_clear(self) -> None:
        """Clear the selection."""
        self._part = ()
        self._count()

    def action_data(self) -> None:
        """Let the data stay where it is, or come along."""
        self._moves_data = not self._moves_data
        self._count()

    def action_graph(self) -> None:
        """Where there is no room for both, show the graph instead of the numbers."""
        self.toggle_class("-graph")
        self._draw()

    def action_split(self) -> None:
        """Order the split."""
        if not self._part:
            self._say("Space selects capabilities to split off.")
            return
        order = self._order()
        why = self._session.place(order)
        if why is None:
            self.dismiss(str(order))
        else:
            self._say(why)

    def action_merge(self) -> None:
        """Choose what the picked service is merged into."""
        self.app.push_screen(OrderScreen(self._session, f"merge {self._service} "), self._merged)

    def _merged(self, text: str | None) -> None:
        if text is not None:
            self.dismiss(text)

    def action_help(self) -> None:
        """Explain the screen."""
        self.app.push_screen(HelpScreen("Help", [HELP]))

    def action_leave(self) -> None:
        """Go back to planning."""
        self.dismiss(None)

    def on_choosable_rows_clicked(self, event: ChoosableRows.Clicked) -> None:
        """Pick the clicked line; choose it on the second click."""
        at = line_at(self._lines, self._picked, self.query_one("#list", Rows).size.height, event.line)
        if at is not None:
            self.action_move(at - self._picked)
            if event.twice:
                self.action_choose()
