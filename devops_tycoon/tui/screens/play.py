"""The play screen: the map, one service in numbers, what happened, charts, time, orders."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from devops_tycoon.orders import kinds
from devops_tycoon.orders.begin import Begin
from devops_tycoon.play.session import Session
from devops_tycoon.sim.facts import Fact
from devops_tycoon.sim.rules import USERS
from devops_tycoon.tui.commands import OrderCommands
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.pace import FRAMES_PER_SECOND, Pace
from devops_tycoon.tui.screens.debrief import DebriefScreen
from devops_tycoon.tui.screens.help import HelpScreen
from devops_tycoon.tui.screens.order import OrderScreen
from devops_tycoon.tui.view.help import PANES, pane_help
from devops_tycoon.tui.view.history import History
from devops_tycoon.tui.view.panels import REMEMBERED, Moment, panels
from devops_tycoon.tui.view.play_keys import RIGHT, play_keys
from devops_tycoon.tui.view.why import why
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.map import MapView
from devops_tycoon.tui.widgets.rows import Rows

TROUBLE = ("incident", "alarm")


class PlayScreen(Screen[None]):
    """One session on the screen. Everything here may be forgotten when the window closes."""

    COMMANDS: ClassVar[set[type[Provider]]] = {OrderCommands}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "Begin, pause, go on", id="play.pause"),
        Binding("plus,equals_sign", "faster", "Faster", id="play.faster"),
        Binding("minus", "slower", "Slower", id="play.slower"),
        Binding("full_stop", "one_tick", "One tick", id="play.step"),
        Binding("enter,a", "order('')", "Act", id="play.act"),
        Binding("colon,o", "order(':')", "Any order", id="play.order"),
        Binding("w", "why", "Why", id="play.why"),
        Binding("i", "locate", "Trouble", id="play.locate"),
        *[Binding(str(n), f"pane('{name}')", name.capitalize()) for n, name in enumerate(PANES, 1)],
        Binding("tab", "next_pane(1)", "Next pane", id="play.tab"),
        Binding("shift+tab", "next_pane(-1)", "Previous pane", id="play.back_tab"),
        Binding("pageup", "back(5)", "Older news", id="play.older"),
        Binding("pagedown", "back(-5)", "Newer news", id="play.newer"),
        Binding("question_mark,f1", "help", "Help", id="play.help"),
        Binding("q,escape", "leave", "Leave", id="play.leave"),
        *[Binding(kind.key, f"order('{verb}')", verb, id=f"play.{verb}") for verb, kind in kinds().items() if kind.key],
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.pace = Pace(paused=True)
        self.history = History()
        self._pane = "map"
        self._back = 0
        self._timer: Timer | None = None
        self._notice = ""
        self._notice_for = 0
        self._stopped_for_trouble = False

    def compose(self) -> ComposeResult:
        """Lay out every panel once; which ones show is a matter of size."""
        yield Rows(id="headline", classes="line")
        yield Rows(id="slo", classes="line")
        yield Rows(id="tabs", classes="line")
        with Horizontal(id="middle"):
            yield MapView(self.session.rules, id="map", classes="panel")
            with Vertical(id="side"):
                yield Rows(id="inspector", classes="panel")
                yield Rows(id="feed", classes="panel")
        with Horizontal(id="band"):
            for name in ("rate", "p99", "bad", "busiest"):
                yield Rows(id=name, classes="panel chart")
            yield Rows(id="goals", classes="panel")
        yield Rows(id="brief")
        yield Rows(id="progress", classes="line")
        yield Rows(id="message")
        yield Keys()

    def on_mount(self) -> None:
        """Select the first service and start the only timer."""
        view = self.query_one(MapView)
        view.selected = self.session.world.services[0].id
        view.focus()
        self._timer = self.set_interval(1 / FRAMES_PER_SECOND, self._frame)
        self.action_pane("map")

    def on_screen_suspend(self) -> None:
        """Stand still behind another screen."""
        if self._timer:
            self._timer.pause()

    def on_screen_resume(self) -> None:
        """Go on."""
        if self._timer:
            self._timer.resume()
        self.draw()

    def on_map_view_selected(self) -> None:
        """Show the service that was selected."""
        self.draw()

    def on_map_view_changed(self) -> None:
        """Draw the map again."""
        self.draw()

    def on_map_view_opened(self) -> None:
        """Act on a service that was double-clicked."""
        self.action_order("")

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
            if self._readable(news) or self.session.world.phase != "shift":
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
        if self._stopped_for_trouble or self.session.rules.scenario.kind != "lesson" or not look_of(self).stops:
            return False
        self._stopped_for_trouble = True
        self.pace = Pace(paused=True)
        self._say("The first trouble: the clock stands. i shows where, w why, enter what you can do; space goes on.", 40)
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
        world, view = self.session.seen, self.query_one(MapView)
        planning = world.phase == "planning"
        self.set_class(self._pane == "goals" or (planning and self._pane != "charts"), "-goals")
        view.show(world)
        notice = self._notice if self._notice_for else ""
        now = Moment(
            self.session, self.history, view.selected, self.pace, self._pane, notice, self._back, look_of(self).glyphs
        )
        for panel in panels(now):
            rows = self.query_one(f"#{panel.id}", Rows)
            if panel.title:
                rows.entitle(panel.title, panel.subtitle)
            rows.show(panel.draw)
        self.query_one(Keys).offer(play_keys(world.phase, self.pace.paused), RIGHT)

    def _say(self, text: str, frames: int = 16) -> None:
        self._notice, self._notice_for = text, frames
        self.draw()

    # ---- keys ------------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Begin the shift, pause, or go on."""
        world = self.session.world
        if world.phase == "over":
            self.app.push_screen(DebriefScreen(self.session))
            return
        paused = not self.pace.paused
        if world.phase == "planning":
            self.session.place(Begin())
            self._pane, paused = "map" if self._pane == "goals" else self._pane, False
        self.pace, self._notice_for = Pace(self.pace.speed, paused), 0
        self.action_pane(self._pane)

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
        else:
            self._say("A single tick can be played while the clock is paused.")

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

    def action_why(self) -> None:
        """Explain the selected service's numbers."""
        chosen = self.query_one(MapView).selected
        lines = why(self.session.seen, self.session.rules, chosen)
        self.app.push_screen(HelpScreen(f"Why: {'members' if chosen == USERS else chosen}", lines))

    def action_locate(self) -> None:
        """Select the service that the newest trouble is about."""
        known = {service.id for service in self.session.world.services}
        for _, fact in reversed(self.session.facts):
            if fact.bad and not fact.hidden and fact.where in known:
                self.query_one(MapView).selected = fact.where
                self.action_pane("map")
                return
        self._say("There has been no trouble yet.")

    def action_pane(self, name: str) -> None:
        """Show a panel where only one fits, and mark it everywhere."""
        for pane in PANES:
            self.set_class(pane == name, f"-pane-{pane}")
        self._pane, self._back = name, 0
        self.draw()

    def action_next_pane(self, step: int = 1) -> None:
        """Go to the next panel."""
        self.action_pane(PANES[(PANES.index(self._pane) + step) % len(PANES)])

    def action_back(self, facts: int) -> None:
        """Scroll the news to older or newer ones."""
        known = sum(not fact.hidden for _, fact in self.session.facts[-REMEMBERED:])
        self._back = min(max(0, known - 1), max(0, self._back + facts))
        self.draw()

    def action_help(self) -> None:
        """Explain the pane, then the game."""
        self.app.push_screen(HelpScreen("Help", pane=pane_help(self._pane)))

    def action_leave(self) -> None:
        """Go back to the title; the game is saved where it stands."""
        self.session.close()
        if not self.session.over:
            self.app.notify("Saved. Continue from the title.", timeout=3)
        self.dismiss()


def _stem(verb: str, chosen: str) -> str:
    """Return the beginning of an order of that kind about the selected service."""
    return "split " if verb == "split" or chosen == USERS else f"{verb} {chosen} "
