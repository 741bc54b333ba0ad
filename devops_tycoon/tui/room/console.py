"""The facilitator's console: everything at 120×36, one pane at a time at 80×24."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from devops_tycoon.content.load import load_rules
from devops_tycoon.content.problem import ContentError
from devops_tycoon.orders import kinds
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.tui.draw.text import clean, fit
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.pace import FRAMES_PER_SECOND
from devops_tycoon.tui.room.bye import ByeScreen
from devops_tycoon.tui.room.join import JoinScreen, qr_of
from devops_tycoon.tui.room.line import LineScreen
from devops_tycoon.tui.room.pick import PickScreen
from devops_tycoon.tui.room.sure import SureScreen
from devops_tycoon.tui.screens.help import HelpScreen
from devops_tycoon.tui.view.feed import when
from devops_tycoon.tui.view.room.board import board_rows
from devops_tycoon.tui.view.room.console import (
    PANES,
    clock_row,
    event_rows,
    join_row,
    join_rows,
    roster,
    roster_rows,
    tabs_row,
    why_row,
)
from devops_tycoon.tui.view.room.console_help import CONSOLE_HELP, export_help
from devops_tycoon.tui.view.room.console_keys import RIGHT, advice, console_keys
from devops_tycoon.tui.view.room.drastic import warning
from devops_tycoon.tui.view.room.homework import homework_rows, is_homework
from devops_tycoon.tui.view.room.poll import question_rows
from devops_tycoon.tui.view.room.words import Told, items, line, name, poll_open, whole
from devops_tycoon.tui.widgets.choosable import ChoosableRows
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.commands import BOARDS, PACES
from devops_tycoon.workshop.link import Link

NOTICE = 20


class ConsoleScreen(Screen[None]):
    """The room as its facilitator sees it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "do('start')", "Start", id="console.start"),
        Binding("space", "pause", "Pause, go on", id="console.pause"),
        Binding("plus,equals_sign", "pace(1)", "Faster", id="console.faster"),
        Binding("minus", "pace(-1)", "Slower", id="console.slower"),
        Binding("full_stop", "do('step 1')", "One tick", id="console.step"),
        Binding("t", "do('more 60')", "A minute more to plan", id="console.more"),
        Binding("x", "inject", "Make trouble", id="console.inject"),
        Binding("l", "lock", "Lock, unlock", id="console.lock"),
        Binding("k", "poll", "Ask", id="console.poll"),
        Binding("m", "type('say ', 'Message')", "Message", id="console.message"),
        Binding("b", "board", "Board", id="console.board"),
        Binding("n", "rename", "Rename", id="console.rename"),
        Binding("delete,R", "remove", "Remove", id="console.remove"),
        Binding("Z", "reset", "Reset", id="console.reset"),
        Binding("E", "end", "End", id="console.end"),
        Binding("e", "export", "Exports", id="console.export"),
        Binding("j", "join", "Come in", id="console.join"),
        Binding("colon", "type('', 'Command')", "Command", id="console.line"),
        *[Binding(str(n), f"pane('{pane}')", pane.capitalize()) for n, pane in enumerate(PANES, 1)],
        Binding("tab", "next_pane(1)", "Next pane", id="console.tab"),
        Binding("shift+tab", "next_pane(-1)", "Previous pane", id="console.back_tab"),
        Binding("down", "move(1)", "Pick", id="console.down"),
        Binding("up", "move(-1)", "Pick", id="console.up"),
        Binding("pagedown", "move(10)", "Page", id="console.page"),
        Binding("pageup", "move(-10)", "Page up", id="console.page_up"),
        Binding("question_mark,f1", "help", "Help", id="console.help"),
        Binding("q", "leave", "Leave", id="console.leave"),
    ]

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
        """Show how the room stands."""
        self.draw()

    def on_look_changed(self) -> None:
        """Show it in the new look."""
        self.draw()

    def follow(self) -> None:
        """Show what is new; say goodbye when the room does."""
        link = self._link
        if link.bye:
            if not isinstance(self.app.screen, ByeScreen):
                self.app.push_screen(ByeScreen(link.bye))
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
        connected = self._link.connected
        clock = "" if line(now, "state", 20) == "homework" else self._clock(now)
        self._picked = min(max(0, self._picked), max(0, len(roster(now)) - 1))
        picked, pane, notice = self._picked, self._pane, self._notice if self._notice_for else ""
        question = self._rules.scenario.question if self._rules is not None else None
        choices = question.choices if question is not None else ()
        lobby = line(now, "state", 20) in ("", "lobby")
        self.set_class(lobby, "-lobby")  # nothing has happened: the room is for the QR code
        self._show("clock", lambda w, _: (clock_row(welcome, now, connected, clock, w, glyphs),))
        self._show("why", lambda w, _: (why_row(now, w),))
        self._show("join", lambda w, _: (join_row(now, w),))
        self._show("tabs", lambda w, _: (tabs_row(pane, w),))
        self._show("people", lambda w, h: roster_rows(now, picked, w, h, glyphs), "1 People")
        self._show("questions", lambda w, h: question_rows(now, choices, w, glyphs)[:h], "4 Questions")
        if lobby:
            qr = qr_of(now, glyphs)
            self._show("board", lambda w, h: join_rows(now, qr, w, h), "2 Come in")
        else:
            board = now.get("board") or {}
            self._show("board", lambda w, h: board_rows(board, "", w, h, glyphs), "2 Board", board_word(now))
        people = roster(now)
        if is_homework(people):
            self._show("events", lambda w, h: homework_rows(people, picked, w, h), "3 Handed in")
        else:
            self._show("events", lambda w, h: event_rows(now, w, h), "3 What the room did")
        state = line(now, "state", 20)
        told = notice or advice(state)
        style = "accent" if notice else "dim"
        self._show("message", lambda w, _: (((fit(f" {told}", w, middle=False), style),),))
        self.query_one(Keys).offer(console_keys(state), RIGHT)

    def _show(
        self, panel: str, draw: Callable[[int, int], tuple[tuple[tuple[str, str], ...], ...]], *titles: str
    ) -> None:
        rows = self.query_one(f"#{panel}", Rows)
        if titles:
            rows.entitle(*titles)
        rows.show(draw)

    # ---- commands --------------------------------------------------------------------------------------------------

    def action_do(self, command: str) -> None:
        """Tell the room; say what became of it."""
        answer = self._link.send("do", command)
        self.say(f"Done: {command}" if answer.stored else answer.why)

    def action_pause(self) -> None:
        """Let the clock stand, or go on; before it ever ran, start."""
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
        self.app.push_screen(LineScreen(self._link, text, title), self._done)

    def _done(self, text: str | None) -> None:
        if text:
            self.say(f"Done: {text}")

    def action_inject(self) -> None:
        """Pick trouble; tab changes its target or time first."""
        known = [str(text) for text in items(self._now, "palette")]
        if not known:
            self.say("There is nothing to inject yet; the palette comes with the first shift.")
            return
        self.app.push_screen(
            PickScreen("Make trouble", known, "tab: name a target, zone or time"),
            self._picked_order,
        )

    def action_lock(self) -> None:
        """Pick a kind of order to lock, or to unlock."""
        locked = [str(verb) for verb in items(self._now, "locked")]
        verbs = [verb for verb, kind in kinds().items() if not kind.facilitator and verb not in ("begin", "onward")]
        known = [
            f"{'unlock' if verb in locked else 'lock'} {verb}" for verb in sorted(verbs, key=lambda v: v not in locked)
        ]
        self.app.push_screen(PickScreen("Lock or unlock", known, "locked ones first"), self._picked_order)

    def _picked_order(self, text: str | None) -> None:
        if text is None:
            return
        if text.endswith(" "):
            self.action_type(text.rstrip() + " ", "Change it")
        else:
            self.action_do(text)

    def action_poll(self) -> None:
        """Ask something, or close the open question and show what was answered."""
        if poll_open(self._now):
            self.action_do("close-poll")
        else:
            self.action_type("ask ", "A question, and answers after |")

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

        text = warning(command, self._now) or "Nothing was played yet."
        self.app.push_screen(SureScreen(title, text, yes), answered)

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
        """Show how people come in."""
        self.app.push_screen(JoinScreen(self._link))

    def action_export(self) -> None:
        """Say where grades, replays and the debrief are."""
        self.app.push_screen(HelpScreen("What is left of the lesson", export_help(self._now, self._folder)))

    def action_help(self) -> None:
        """Explain the console."""
        self.app.push_screen(HelpScreen("The console", CONSOLE_HELP))

    def action_leave(self) -> None:
        """Ask, then leave; the room can be hosted again."""

        def left(sure: bool | None) -> None:
            if sure:
                self.app.exit()

        text = (
            "The room closes for everybody; nothing is lost. It goes on with: devops-tycoon workshop host --room "
            f"{self._folder or 'FOLDER'}"
        )
        self.app.push_screen(SureScreen("Leave the console?", text, "Leave"), left)


def board_word(now: Told) -> str:
    """Return what players see of the board."""
    shown = line(now, "board_is", 10)
    return f"players see it {shown}" if shown == "frozen" else f"{shown} to players" if shown else ""
