"""The play screen: the map, one service in numbers, what happened, charts, time, orders."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer

from devops_tycoon.orders import kinds
from devops_tycoon.orders.begin import Begin
from devops_tycoon.play.session import Session
from devops_tycoon.sim.facts import Fact
from devops_tycoon.sim.rules import USERS
from devops_tycoon.tui.commands import OrderCommands
from devops_tycoon.tui.pace import FRAMES_PER_SECOND, Pace
from devops_tycoon.tui.screens.debrief import DebriefScreen
from devops_tycoon.tui.screens.help import HelpScreen
from devops_tycoon.tui.screens.order import OrderScreen
from devops_tycoon.tui.view.band import charts, goals_panel
from devops_tycoon.tui.view.feed import feed
from devops_tycoon.tui.view.history import History
from devops_tycoon.tui.view.inspector import inspector
from devops_tycoon.tui.view.message import message
from devops_tycoon.tui.view.narrow import brief, tabs
from devops_tycoon.tui.view.status import headline, progress, slo_line
from devops_tycoon.tui.view.why import why
from devops_tycoon.tui.widgets.map import MapView
from devops_tycoon.tui.widgets.rows import Rows

PANES = ("map", "inspector", "feed", "charts", "goals")
TROUBLE = ("incident", "alarm")


class PlayScreen(Screen[None]):
    """One session on the screen. Everything here may be forgotten when the window closes."""

    COMMANDS: ClassVar[set[type[Provider]]] = {OrderCommands}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "Begin/pause", id="play.pause"),
        Binding("plus,equals_sign", "faster", "Faster", show=False, id="play.faster"),
        Binding("minus", "slower", "Slower", show=False, id="play.slower"),
        Binding("full_stop", "one_tick", "Step", show=False, id="play.step"),
        Binding("enter,a", "order('')", "Act", id="play.act"),
        Binding("colon,o", "order(':')", "Order", id="play.order"),
        Binding("w", "why", "Why", id="play.why"),
        Binding("i", "locate", "Trouble", show=False, id="play.locate"),
        *[Binding(str(n), f"pane('{name}')", name, show=False) for n, name in enumerate(PANES, 1)],
        Binding("tab", "next_pane", "Next pane", show=False, id="play.tab"),
        Binding("question_mark,f1", "help", "Help", id="play.help"),
        Binding("q,escape", "leave", "Leave", id="play.leave"),
        *[
            Binding(kind.key, f"order('{verb}')", verb.capitalize(), id=f"play.{verb}")
            for verb, kind in kinds().items()
            if kind.key
        ],
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.pace = Pace(paused=True)
        self.history = History()
        self._pane = "map"
        self._timer: Timer | None = None
        self._notice = ""
        self._notice_for = 0
        self._stopped_for_trouble = False

    def compose(self) -> ComposeResult:
        """Lay out every panel once; which ones show is a matter of size."""
        look = self.app.look  # type: ignore[attr-defined]
        yield Rows(id="headline", classes="line")
        yield Rows(id="slo", classes="line")
        yield Rows(id="tabs", classes="line")
        with Horizontal(id="middle"):
            map_view = MapView(self.session.rules, look.glyphs, id="map")
            map_view.add_class("panel")
            yield map_view
            with Vertical(id="side"):
                yield Rows(id="inspector", classes="panel")
                yield Rows(id="feed", classes="panel")
        with Horizontal(id="band"):
            for name in ("rate", "p99", "bad", "busiest"):
                yield Rows(id=name, classes="panel chart")
            yield Rows(id="goals", classes="panel")
        yield Rows(id="brief")
        yield Rows(id="progress", classes="line")
        yield Rows(id="message", classes="line")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Select the first service and start the only timer."""
        self.set_class(True, "-pane-map")
        view = self.query_one(MapView)
        view.border_title = "1 Map"
        view.selected = self.session.world.services[0].id
        view.focus()
        self._timer = self.set_interval(1 / FRAMES_PER_SECOND, self._frame)
        self.call_after_refresh(self.draw)

    def on_screen_suspend(self) -> None:
        """Stand still behind another screen."""
        if self._timer:
            self._timer.pause()

    def on_screen_resume(self) -> None:
        """Go on."""
        if self._timer:
            self._timer.resume()
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.call_after_refresh(self.draw)

    # ---- time ------------------------------------------------------------------------------------------------------

    def _frame(self) -> None:
        """Play the ticks that a quarter of a second is worth."""
        if self.session.world.phase != "shift":
            return
        ticks, self.pace = self.pace.frame()
        if ticks:
            self.play(ticks)

    def play(self, ticks: int) -> None:
        """Play some ticks and show what came of them; stop early at the first trouble of a lesson."""
        for _ in range(ticks):
            news = self.session.advance()
            self.history.add(self.session.seen, self.session.rules)
            if self._readable(news):
                break
        self._notice_for = max(0, self._notice_for - 1)
        if self.session.world.phase != "shift":
            self._shift_ended()
        self.draw()

    def _readable(self, news: list[Fact]) -> bool:
        """Slow down when what can be seen turns bad, and pause at a lesson's first trouble; return whether to stop."""
        if not any(fact.kind in TROUBLE and not fact.hidden for fact in news):
            return False
        self.pace = self.pace.readable()
        if self._stopped_for_trouble or self.session.rules.scenario.kind != "lesson":
            return False
        self._stopped_for_trouble = True
        self.pace = Pace(paused=True)
        self._say("Paused: the first trouble. Look around (i shows where), then space.", 40)
        return True

    def _shift_ended(self) -> None:
        if self.session.over:
            self.app.push_screen(DebriefScreen(self.session))
            return
        self.pace = Pace(self.pace.speed, paused=True)
        self._say("The shift is over. Plan the next one; space begins it.", 40)

    # ---- drawing ---------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show this moment in every panel; each repaints only what changed."""
        if not self.is_mounted or not self.is_attached:
            return
        session, world, rules = self.session, self.session.seen, self.session.rules
        glyphs = self.app.look.glyphs  # type: ignore[attr-defined]
        width = self.size.width
        planning = world.phase == "planning"
        self.set_class(self._pane == "goals" or (planning and self._pane != "charts"), "-goals")
        view = self.query_one(MapView)
        view.show(world)
        chosen = view.selected
        panel = self._rows
        panel("headline").show([headline(world, rules, self.pace.speed, self.pace.paused, width, glyphs)])
        panel("slo").show([slo_line(world, rules, width, glyphs)])
        panel("progress").show([progress(world, rules, width, glyphs)])
        panel("message").show([message(session, self._notice if self._notice_for else "", width, glyphs)])
        box = panel("inspector")
        box.border_title = f"2 {'members' if chosen == USERS else chosen}"
        busy = tuple(self.history.busy.get(chosen, ()))
        box.show(inspector(world, rules, chosen, busy, box.size.width, box.size.height, glyphs))
        box = panel("feed")
        box.border_title = "3 Incidents and news"
        facts = [(self._when(tick), fact) for tick, fact in session.facts[-80:]]
        box.show(feed(facts, box.size.width, box.size.height, glyphs))
        for chart in charts(self.history, rules.scenario.tick_s):
            box = panel(chart.id)
            box.border_title, box.border_subtitle = chart.title, chart.now
            box.show(chart.rows(box.size.width, box.size.height, glyphs))
        box = panel("goals")
        box.border_title = "5 Goals"
        box.show(goals_panel(world, rules, box.size.width, box.size.height, glyphs))
        panel("tabs").show([tabs(self._pane, world)])
        panel("brief").show(brief(world, rules, chosen, self.history, facts, width, glyphs))

    def _rows(self, name: str) -> Rows:
        return self.query_one(f"#{name}", Rows)

    def _when(self, tick: int) -> str:
        rules = self.session.rules
        began = 0
        for shift in rules.scenario.shifts:
            if tick < began + shift.ticks:
                break
            began += shift.ticks
        seconds = (shift.begins_s + (tick - began) * rules.scenario.tick_s) % 86_400
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"

    def _say(self, text: str, frames: int = 16) -> None:
        self._notice, self._notice_for = text, frames

    # ---- keys ------------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Begin the shift, pause, or go on."""
        world = self.session.world
        if world.phase == "planning":
            self.session.place(Begin())
            self.pace = Pace(self.pace.speed)
            if self._pane == "goals":
                self._pane = "map"
        elif world.phase == "over":
            self.app.push_screen(DebriefScreen(self.session))
        else:
            self.pace = Pace(self.pace.speed, not self.pace.paused)
        self.draw()

    def action_faster(self) -> None:
        """Play faster."""
        self.pace = self.pace.faster()
        self.draw()

    def action_slower(self) -> None:
        """Play slower."""
        self.pace = self.pace.slower()
        self.draw()

    def action_one_tick(self) -> None:
        """Play one tick while paused."""
        if self.session.world.phase == "shift" and self.pace.paused:
            self.play(1)

    def action_order(self, verb: str) -> None:
        """Open the order line: for the selected service, for a kind of order, or for any."""
        chosen = self.query_one(MapView).selected
        text = "" if verb == ":" or chosen == USERS else chosen
        if verb not in ("", ":"):
            text = _stem(verb, chosen)
        self.app.push_screen(OrderScreen(self.session, text), self._ordered)

    def _ordered(self, text: str | None) -> None:
        if text is not None:
            self._say(f"Ordered: {text}")
        self.draw()

    def action_why(self) -> None:
        """Explain the selected service's numbers."""
        chosen = self.query_one(MapView).selected
        lines = why(self.session.seen, self.session.rules, chosen)
        self.app.push_screen(HelpScreen(f"Why: {chosen}", lines))

    def action_locate(self) -> None:
        """Select the service that the newest trouble is about."""
        known = {service.id for service in self.session.world.services}
        for _, fact in reversed(self.session.facts):
            if fact.bad and not fact.hidden and fact.where in known:
                self.query_one(MapView).selected = fact.where
                self.action_pane("map")
                return
        self._say("There has been no trouble yet.")
        self.draw()

    def action_pane(self, name: str) -> None:
        """Show or focus a panel."""
        for pane in PANES:
            self.set_class(pane == name, f"-pane-{pane}")
        self._pane = name
        if name == "map":
            self.query_one(MapView).focus()
        self.draw()
        self.call_after_refresh(self.draw)

    def action_next_pane(self) -> None:
        """Go to the next panel."""
        self.action_pane(PANES[(PANES.index(self._pane) + 1) % len(PANES)])

    def action_help(self) -> None:
        """Explain the game."""
        self.app.push_screen(HelpScreen())

    def action_leave(self) -> None:
        """Go back to the title; the game is saved where it stands."""
        self.session.close()
        if not self.session.over:
            self.app.notify("Saved. Continue from the title.", timeout=3)
        self.dismiss()

    def on_map_view_opened(self) -> None:
        """Act on a service that was double-clicked."""
        self.action_order("")

    def on_map_view_changed(self) -> None:
        """Draw the map again."""
        self.draw()


def _stem(verb: str, chosen: str) -> str:
    """Return the beginning of an order of that kind about the selected service."""
    return "split " if verb == "split" or chosen == USERS else f"{verb} {chosen} "
