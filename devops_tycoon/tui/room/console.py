"""The facilitator's console: everything at 120×36, one pane at a time at 80×24."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from devops_tycoon.content.load import load_rules
from devops_tycoon.content.problem import ContentError
from devops_tycoon.orders import kinds
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.tui.draw.text import clean
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.pace import FRAMES_PER_SECOND
from devops_tycoon.tui.room.closed import ClosedScreen
from devops_tycoon.tui.room.command_line import CommandScreen
from devops_tycoon.tui.room.confirm import ConfirmScreen
from devops_tycoon.tui.room.console_bindings import CONSOLE_BINDINGS
from devops_tycoon.tui.room.join import JoinScreen, qr_of
from devops_tycoon.tui.room.picker import PickerScreen
from devops_tycoon.tui.screens.help import HelpScreen
from devops_tycoon.tui.view.feed import when
from devops_tycoon.tui.view.room.console import (
    PANES,
    roster,
)
from devops_tycoon.tui.view.room.console_help import CONSOLE_HELP, export_help
from devops_tycoon.tui.view.room.console_keys import RIGHT, console_keys
from devops_tycoon.tui.view.room.console_panels import Moment, console_panels
from devops_tycoon.tui.view.room.fields import Told, items, line, name, poll_open, whole
from devops_tycoon.tui.view.room.warnings import warning
from devops_tycoon.tui.widgets.choosable import ChoosableRows
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.commands import BOARDS, PACES
from devops_tycoon.workshop.link import Link

NOTICE = 20


class ConsoleScreen(Screen[None]):
    """The room as its facilitator sees it."""

    BINDINGS: ClassVar[list[BindingType]] = CONSOLE_BINDINGS

    def __init__(self, link: Link, folder: str = "") -> None:
        super().__init__()
        self._link, self._folder = link, folder
        self._version = -1
        self._pane = "people"
        self._picked = 0
        self._notice, self._notice_for = "", 0
        self._rules: Rules | None = None
        self._looked_for = ""

    def compose(self) -> ComposeResult:
        """Lay out every panel once; which ones show is a matter of size."""
        yield Rows(id="clock", classes="line")
        yield Rows(id="why", classes="line")
        yield Rows(id="join", classes="line")
        yield Rows(id="tabs", classes="line")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield ChoosableRows(id="people", classes="panel")
                yield Rows(id="questions", classes="panel")
            with Vertical(id="right"):
                yield Rows(id="board", classes="panel")
                yield Rows(id="events", classes="panel")
        yield Rows(id="message")
        yield Keys()

    def on_mount(self) -> None:
        """Look at the link a few times a second."""
        self.set_interval(1 / FRAMES_PER_SECOND, self.follow)
        self.action_pane("people")

    def on_screen_resume(self) -> None:
        """Show the state of the room."""
        self.draw()

    def on_look_changed(self) -> None:
        """Show it in the new look."""
        self.draw()

    def follow(self) -> None:
        """Show what is new; close when the room does."""
        link = self._link
        if link.bye:
            if not isinstance(self.app.screen, ClosedScreen):
                self.app.push_screen(ClosedScreen(link.bye))
            return
        told, self._notice_for = self._notice_for, max(0, self._notice_for - 1)
        if link.version != self._version or told == 1:
            self._version = link.version
            self.draw()

    def say(self, text: str) -> None:
        """Tell the facilitator something for a while."""
        self._notice, self._notice_for = clean(text), NOTICE
        self.draw()

    # ---- drawing ---------------------------------------------------------------------------------------------------

    @property
    def _now(self) -> Told:
        return dict(self._link.now)

    def _clock(self, now: Told) -> str:
        """Return the lesson's time of day, if its content is here."""
        wanted = line(self._link.welcome, "scenario", 200)
        if wanted and wanted != self._looked_for:
            self._looked_for = wanted
            try:
                self._rules = load_rules(wanted)
            except (ContentError, OSError):
                self._rules = None
        return when(self._rules, whole(now, "tick")) if self._rules is not None else ""

    def draw(self) -> None:
        """Show this moment in every panel."""
        if not self.is_mounted or not self.is_attached:
            return
        now, welcome, glyphs = self._now, dict(self._link.welcome), look_of(self).glyphs
        clock = "" if line(now, "state", 20) == "homework" else self._clock(now)
        self._picked = min(max(0, self._picked), max(0, len(roster(now)) - 1))
        question = self._rules.scenario.question if self._rules is not None else None
        lobby = line(now, "state", 20) in ("", "lobby")
        self.set_class(lobby, "-lobby")  # nothing has happened: the room is for the QR code
        moment = Moment(
            now=now,
            welcome=welcome,
            connected=self._link.connected,
            clock=clock,
            choices=question.choices if question is not None else (),
            picked=self._picked,
            pane=self._pane,
            notice=self._notice if self._notice_for else "",
            qr=qr_of(now, glyphs) if lobby else (),
            glyphs=glyphs,
        )
        for panel in console_panels(moment):
            rows = self.query_one(f"#{panel.id}", Rows)
            if panel.title:
                rows.entitle(panel.title, panel.subtitle)
            rows.show(panel.draw)
        self.query_one(Keys).offer(console_keys(line(now, "state", 20)), RIGHT)

    # ---- commands --------------------------------------------------------------------------------------------------

    def action_do(self, command: str) -> None:
        """Send a command to the room and show its answer."""
        answer = self._link.send("do", command)
        self.say(f"Done: {command}" if answer.stored else answer.why)

    def action_pause(self) -> None:
        """Pause or resume the clock; before the first shift, start."""
        doing = line(self._now, "state", 20)
        self.action_do({"paused": "resume", "lobby": "start", "planning": "start"}.get(doing, "pause"))

    def action_pace(self, step: int) -> None:
        """Set the next pace."""
        pace = whole(self._now, "pace", 1)
        at = PACES.index(pace) if pace in PACES else 0
        self.action_do(f"pace {PACES[min(max(0, at + step), len(PACES) - 1)]}")

    def action_board(self) -> None:
        """Show, hide or freeze the board, in turn."""
        shown = line(self._now, "board_is", 10)
        self.action_do(f"board {BOARDS[(BOARDS.index(shown) + 1) % len(BOARDS) if shown in BOARDS else 0]}")

    def action_type(self, text: str, title: str) -> None:
        """Open the command line."""
        self.app.push_screen(CommandScreen(self._link, text, title), self._done)

    def _done(self, text: str | None) -> None:
        if text:
            self.say(f"Done: {text}")

    def action_inject(self) -> None:
        """Choose a failure to inject; tab edits its target or time first."""
        known = [str(text) for text in items(self._now, "palette")]
        if not known:
            self.say("Failures can be injected once the first shift has begun.")
            return
        self.app.push_screen(
            PickerScreen("Inject a failure", known, "tab: set target, zone or time"),
            self._picked_order,
        )

    def action_lock(self) -> None:
        """Pick a kind of order to lock, or to unlock."""
        locked = [str(verb) for verb in items(self._now, "locked")]
        verbs = [verb for verb, kind in kinds().items() if not kind.facilitator and verb not in ("begin", "onward")]
        known = [
            f"{'unlock' if verb in locked else 'lock'} {verb}" for verb in sorted(verbs, key=lambda v: v not in locked)
        ]
        self.app.push_screen(PickerScreen("Lock or unlock", known, "locked ones first"), self._picked_order)

    def _picked_order(self, text: str | None) -> None:
        if text is None:
            return
        if text.endswith(" "):
            self.action_type(text.rstrip() + " ", "Edit the command")
        else:
            self.action_do(text)

    def action_poll(self) -> None:
        """Ask something, or close the open question and show what was answered."""
        if poll_open(self._now):
            self.action_do("close-poll")
        else:
            self.action_type("ask ", "Question | answer | answer")

    # ---- people ----------------------------------------------------------------------------------------------------

    def _person(self) -> Told:
        people = roster(self._now)
        return people[self._picked] if self._picked < len(people) else {}

    def action_rename(self) -> None:
        """Give the picked person another name."""
        if person := self._person():
            self.action_type(f"rename {line(person, 'code', 6)} ", f"Rename {name(person)}")

    def action_remove(self) -> None:
        """Ask, then remove the picked person."""
        if person := self._person():
            code = line(person, "code", 6)
            self._ask(f"Remove {name(person)} ({code})?", "Remove", f"remove {code}")

    def action_reset(self) -> None:
        """Ask, then begin another round."""
        self._ask("Reset the room?", "Reset", "reset")

    def action_end(self) -> None:
        """Ask, then end the lesson."""
        self._ask("End the lesson?", "End", "end")

    def _ask(self, title: str, yes: str, command: str) -> None:
        def answered(sure: bool | None) -> None:
            if sure:
                self.action_do(command)

        text = warning(command, self._now) or "Nothing has been played yet."
        self.app.push_screen(ConfirmScreen(title, text, yes), answered)

    # ---- the rest --------------------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Pick another person."""
        self._picked += step
        self.draw()

    def on_choosable_rows_clicked(self, event: ChoosableRows.Clicked) -> None:
        """Pick the person who was clicked."""
        height = max(1, self.query_one("#people", Rows).size.height - 1)
        top = max(0, min(self._picked - height // 2, len(roster(self._now)) - height))
        self._picked = top + event.line - 1
        self.draw()

    def action_pane(self, pane: str) -> None:
        """Show a pane where only one fits, and mark it everywhere."""
        for known in PANES:
            self.set_class(known == pane, f"-pane-{known}")
        self._pane = pane
        self.draw()

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane."""
        self.action_pane(PANES[(PANES.index(self._pane) + step) % len(PANES)])

    def action_join(self) -> None:
        """Show how to join."""
        self.app.push_screen(JoinScreen(self._link))

    def action_export(self) -> None:
        """Say where grades, replays and the debrief are."""
        self.app.push_screen(HelpScreen("Results and exports", export_help(self._now, self._folder)))

    def action_help(self) -> None:
        """Explain the console."""
        self.app.push_screen(HelpScreen("Help: facilitator's console", CONSOLE_HELP))

    def action_leave(self) -> None:
        """Ask, then leave; the room can be hosted again."""

        def left(sure: bool | None) -> None:
            if sure:
                self.app.exit()

        text = (
            "The room closes for everyone; nothing is lost. Reopen it with: devops-tycoon workshop host --room "
            f"{self._folder or 'FOLDER'}"
        )
        self.app.push_screen(ConfirmScreen("Leave the console?", text, "Leave"), left)
