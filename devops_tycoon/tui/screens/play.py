"""The play screen: the map, the selected service, news, charts, time, orders."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical

from devops_tycoon.orders import kinds, usable
from devops_tycoon.play.session import Session
from devops_tycoon.sim.operations.measures import open_incident
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.tui.commands import OrderCommands
from devops_tycoon.tui.draw.values import Direction
from devops_tycoon.tui.look import look_of, style_sheet
from devops_tycoon.tui.screens.clock import ClockScreen
from devops_tycoon.tui.screens.game_clock import GameClock
from devops_tycoon.tui.screens.help import HelpScreen
from devops_tycoon.tui.screens.incident import IncidentScreen
from devops_tycoon.tui.screens.order import OrderScreen
from devops_tycoon.tui.screens.play_bindings import PLAY_BINDINGS
from devops_tycoon.tui.view.company.planning_messages import LED
from devops_tycoon.tui.view.company.undeployed import can_deploy
from devops_tycoon.tui.view.panels import REMEMBERED, Moment
from devops_tycoon.tui.view.panes import IDS, css, in_region, pane
from devops_tycoon.tui.view.panes.pane import Region
from devops_tycoon.tui.view.play_keys import RIGHT, play_keys
from devops_tycoon.tui.view.play_panels import panels
from devops_tycoon.tui.view.why import why
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.map import MapView
from devops_tycoon.tui.widgets.rows import Rows


class PlayScreen(ClockScreen):
    """One session on the screen; nothing here has to survive the window."""

    CSS_PATH = style_sheet(__file__, "play.tcss")
    CSS = css()
    SCOPED_CSS = False

    COMMANDS: ClassVar[set[type[Provider]]] = {OrderCommands}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = PLAY_BINDINGS

    def __init__(self, session: Session, clock: GameClock | None = None) -> None:
        super().__init__(session, clock)
        self._pane = "map"
        self._back = 0
        self._planned = True

    def compose(self) -> ComposeResult:
        """Lay out every panel once; which ones show is a matter of size."""
        yield Rows(id="headline", classes="line")
        yield Rows(id="slo", classes="line")
        yield Rows(id="tabs", classes="line")
        with Horizontal(id="middle"):
            yield MapView(self.session.rules, id="map", classes="panel")
            with Vertical(id="side"):
                yield from _rows("side")
        with Horizontal(id="band"):
            yield from _rows("band")
        yield Rows(id="brief")
        yield Rows(id="progress", classes="line")
        yield Rows(id="message")
        yield Keys()

    def on_mount(self) -> None:
        """Select the first service."""
        self.query_one(MapView).selected = self.session.world.services[0].id
        self.action_pane("map")

    def on_map_view_selected(self) -> None:
        """Show the service that was selected."""
        self.draw()

    def on_map_view_changed(self) -> None:
        """Draw the map again."""
        self.draw()

    def on_map_view_opened(self) -> None:
        """Act on a service that was double-clicked."""
        self.action_order("")

    # ---- drawing ---------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show this moment in every panel; each repaints only what changed."""
        if not self.is_mounted or not self.is_attached:
            return
        world, view = self.session.seen, self.query_one(MapView)
        planning = world.phase == "planning"
        if not planning and self._planned and self._pane == "goals":
            self._show("map")  # a shift has begun: look where it happens
        self._planned = planning
        band = [one.id for one in in_region("band")]
        shown = self._pane if self._pane in band else "goals" if planning else band[0]
        for one in band:
            self.set_class(one == shown, f"-band-{one}")
        view.show(world)
        now = Moment(
            self.session,
            self.history,
            view.selected,
            self.pace,
            self._pane,
            self.notice,
            self._back,
            look_of(self).glyphs,
        )
        for panel in panels(now):
            rows = self.query_one(f"#{panel.id}", Rows)
            if panel.title:
                rows.entitle(panel.title, panel.subtitle)
            rows.show(panel.draw)
        keys = play_keys(world.phase, self.pace.paused, usable(self.session.rules), self.company_mode)
        self.query_one(Keys).offer(keys, RIGHT)

    # ---- keys ------------------------------------------------------------------------------------------------------

    def action_walk(self, direction: Direction) -> None:
        """Select the next service in a direction."""
        self.query_one(MapView).walk(direction)

    def action_zoom(self) -> None:
        """Show the map larger or smaller."""
        self.query_one(MapView).next_zoom()

    def action_focus_on(self) -> None:
        """Show only the neighbours of the selection, or everything again."""
        self.query_one(MapView).focus_on()

    def action_tidy(self) -> None:
        """Lay the map out again."""
        self.query_one(MapView).tidy()

    def action_order(self, verb: str) -> None:
        """Open the order line: for the selected service, for a kind of order, or for any."""
        if verb in kinds() and kinds()[verb] not in usable(self.session.rules):
            refusal = "Only a facilitator can inject failures here; in the sandbox you can."
            self.say(
                refusal
                if kinds()[verb].facilitator
                else kinds()[verb].company_only or f"{verb} is not available in this scenario."
            )
            return
        if verb == "rollback" and self.company_mode and self.session.world.phase == "planning":
            self.action_plan()  # there the same key begins the shift, and nothing runs that could be rolled back
            return
        chosen = self.query_one(MapView).selected
        text = "" if verb == ":" or chosen == USERS else chosen
        if verb == "deploy":
            able = can_deploy(self.session.seen, self.session.rules)
            chosen = chosen if chosen in able or not able else able[0]
        if verb not in ("", ":"):
            text = _stem(verb, chosen)
        self.app.push_screen(OrderScreen(self.session, text), self._ordered)

    def _ordered(self, text: str | None) -> None:
        if text is not None:
            self.say(f"Ordered: {text}")

    def action_plan(self) -> None:
        """Open planning, in company mode."""
        if not self.company_mode or self.session.world.phase != "planning":
            self.say("There is nothing to plan now.")
            return
        from devops_tycoon.tui.screens.planning import PlanningScreen  # with networkx, which takes 0.2 s to load

        self.app.push_screen(PlanningScreen(self.session, self.clock), self._left_planning)

    def _left_planning(self, began: bool | None) -> None:
        """Play the shift that has begun, show its map while planning, or leave."""
        if began is False:
            self.action_leave()
        elif self.session.world.phase != "planning":
            self._has_begun()

    def action_why(self) -> None:
        """Explain the selected service's numbers."""
        chosen = self.query_one(MapView).selected
        lines = why(self.session.seen, self.session.rules, chosen)
        self.app.push_screen(HelpScreen(f"Why: {'members' if chosen == USERS else chosen}", lines))

    def action_locate(self) -> None:
        """Open the incident in company mode, otherwise select the service of the newest one."""
        if self.company_mode and open_incident(self.session.seen) is not None:
            self.app.push_screen(IncidentScreen(self.session), self._ordered)
            return
        known = {service.id for service in self.session.world.services}
        for _, fact in reversed(self.session.facts):
            if fact.bad and not fact.hidden and fact.where in known:
                self.query_one(MapView).selected = fact.where
                self.action_pane("map")
                return
        self.say("There has been no incident yet.")

    def action_pane(self, name: str) -> None:
        """Show a panel where only one fits, and mark it everywhere."""
        self._show(name)
        self.draw()

    def _show(self, name: str) -> None:
        for one in IDS:
            self.set_class(one == name, f"-pane-{one}")
        self._pane, self._back = name, 0

    def action_next_pane(self, step: int = 1) -> None:
        """Go to the next panel."""
        self.action_pane(IDS[(IDS.index(self._pane) + step) % len(IDS)])

    def action_back(self, facts: int) -> None:
        """Scroll the news to older or newer ones."""
        known = sum(not fact.hidden for _, fact in self.session.facts[-REMEMBERED:])
        self._back = min(max(0, known - 1), max(0, self._back + facts))
        self.draw()

    def action_help(self) -> None:
        """Explain the pane, then the game."""
        here = pane(self._pane).help + (f" {LED}" if self.company_mode else "")
        self.app.push_screen(HelpScreen("Help", pane=here, rules=self.session.rules))

    def action_leave(self) -> None:
        """Go back to the title; the game is saved."""
        self.session.close()
        if not self.session.over:
            self.app.notify("Saved. Continue from the title screen.", timeout=3)
        self.dismiss()


def _stem(verb: str, chosen: str) -> str:
    """Return the beginning of an order of that kind about the selected service."""
    return f"{verb} " if verb in ("split", "inject") or chosen == USERS else f"{verb} {chosen} "


def _rows(region: Region) -> Iterator[Rows]:
    """Yield the panels of the panes of a region."""
    for one in in_region(region):
        for name in one.ids():
            yield Rows(id=name, classes="panel")
