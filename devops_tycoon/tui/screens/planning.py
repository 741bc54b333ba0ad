"""Planning: the clock is paused while the quarter's engineer-weeks are spent."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input

from devops_tycoon.orders.begin import Begin
from devops_tycoon.orders.undo import Undo
from devops_tycoon.play.session import Session
from devops_tycoon.sim.planning.outlook import outlook
from devops_tycoon.tui.commands import OrderCommands
from devops_tycoon.tui.draw.text import clean
from devops_tycoon.tui.draw.values import Row
from devops_tycoon.tui.look import look_of, style_sheet
from devops_tycoon.tui.screens.begin import BeginScreen
from devops_tycoon.tui.screens.cut import CutScreen
from devops_tycoon.tui.screens.game_clock import GameClock
from devops_tycoon.tui.screens.help import HelpScreen
from devops_tycoon.tui.screens.order import OrderScreen
from devops_tycoon.tui.screens.planning_bindings import PLANNING_BINDINGS
from devops_tycoon.tui.screens.practice import PracticeScreen
from devops_tycoon.tui.view.company.cash import cash_by_quarter
from devops_tycoon.tui.view.company.choices import Choice, choices
from devops_tycoon.tui.view.company.headline import planning_line
from devops_tycoon.tui.view.company.listing import listing, picked_at
from devops_tycoon.tui.view.company.money import money_rows
from devops_tycoon.tui.view.company.people import people_rows
from devops_tycoon.tui.view.company.planning_messages import HELP, first_words, planning_message
from devops_tycoon.tui.view.company.practice_page import page_rows
from devops_tycoon.tui.view.company.projects import projects_rows
from devops_tycoon.tui.view.company.quarter import forecast_rows, quarter_rows, when
from devops_tycoon.tui.view.company.tabs import PANES, TITLES, tabs
from devops_tycoon.tui.view.planning_keys import KEYS, READING, RIGHT
from devops_tycoon.tui.widgets.choosable import ChoosableRows
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows

_TEXTS = {"projects": projects_rows, "people": people_rows, "quarter": forecast_rows}


class PlanningScreen(Screen[bool]):
    """Ends with True when the shift has begun, with False when the player leaves the game, with None for the map."""

    CSS_PATH = style_sheet(__file__, "planning.tcss")

    BINDINGS: ClassVar[list[BindingType]] = PLANNING_BINDINGS

    AUTO_FOCUS: ClassVar[str | None] = ""
    COMMANDS: ClassVar[set[type[Provider]]] = {OrderCommands}  # type: ignore[assignment]

    def __init__(self, session: Session, clock: GameClock) -> None:
        super().__init__()
        self.session, self._clock = session, clock
        self._shown_orders = -1
        self._pane = "plan"
        self._picked = 0
        self._top = 0
        self._wanted = ""
        self._notice = ""
        self._choices: tuple[Choice, ...] = ()
        self._told = outlook(session.seen, session.rules)
        first = session.world.shift == 0 and not session.world.chapters and not session.world.planned
        if first and not self._told.ending:
            self._notice = first_words(not clock.hosted)

    def compose(self) -> ComposeResult:
        """Lay out the list, what is picked, and the quarter."""
        if self._clock.hosted:
            yield Rows(id="room")
        yield Rows(id="headline", classes="line")
        yield Rows(id="tabs", classes="line")
        with Horizontal(id="middle"):
            yield ChoosableRows(id="list", classes="panel")
            with Vertical(id="side"):
                yield Rows(id="page", classes="panel")
                yield Rows(id="quarter", classes="panel")
        yield Input(placeholder="filter by words; Enter keeps the filter, Esc clears it", id="wanted")
        yield Rows(id="message")
        yield Keys()

    def on_mount(self) -> None:
        """Show the plan."""
        self.query_one("#wanted", Input).display = False
        self._again()

    def on_screen_resume(self) -> None:
        """Show the plan as it is now; close if the shift has begun meanwhile."""
        if self.session.world.phase != "planning":
            self.call_after_refresh(self._make_way)
            return
        self._again()

    def _make_way(self) -> None:
        if self.is_current:
            self.dismiss(True)

    def on_look_changed(self) -> None:
        """Show it in the new look."""
        self._again()

    def draw(self) -> None:
        """Show the plan as it is now, after an order from the palette."""
        self._again()

    def follow(self) -> None:
        """Show what is new on a clock that keeps running; the plan is computed again only after an order."""
        if not self.is_mounted or self.session.world.phase != "planning":
            return
        if len(self.session.orders) != self._shown_orders:
            self._again()
        else:
            self._clock.show_lines(self)

    # ---- drawing ---------------------------------------------------------------------------------------------------

    def _again(self) -> None:
        """Compute the choices again and draw."""
        world, rules = self.session.seen, self.session.rules
        self._choices, self._told = choices(world, rules, self._wanted), outlook(world, rules)
        self._picked = min(max(0, self._picked), max(0, len(self._choices) - 1))
        self._draw()

    def _draw(self) -> None:
        world, rules, glyphs = self.session.seen, self.session.rules, look_of(self).glyphs
        known, picked = self._choices, self._picked
        chosen = self.chosen
        narrowed = self._wanted and self._pane == "plan"
        note = "filtered; Esc shows all" if narrowed else when(world, rules)
        self.query_one("#headline", Rows).show(lambda w, _: (planning_line(world, rules, w),))
        self.query_one("#tabs", Rows).show(lambda w, _: (tabs(self._pane, note, w),))
        self.set_class(self._pane == "plan", "-plan")
        self.set_class(self._pane == "quarter", "-quarter")
        main = self.query_one("#list", Rows)
        looked = f"containing “{self._wanted}”" if self._wanted and self._pane == "plan" else ""
        main.entitle(TITLES[self._pane], looked)
        if self._pane == "plan":
            main.show(lambda w, h: listing(known, picked, world, rules, w, h, glyphs))
        else:
            main.show(lambda w, h: self._text(w)[self._top :][:h])
        page = self.query_one("#page", Rows)
        page.entitle(chosen.title if chosen else "", "Enter: order" if chosen else "")
        page.show(lambda w, h: _cut(page_rows(chosen, world, rules, w), h) if chosen else ())
        quarter = self.query_one("#quarter", Rows)
        quarter.entitle("The quarter")
        quarter.show(lambda w, h: quarter_rows(world, rules, self._told, w, glyphs)[:h])
        alone = not self._clock.hosted
        about, notice = chosen if self._pane == "plan" else None, self._notice
        self.query_one("#message", Rows).show(
            lambda w, h: planning_message(self._told, about, notice, alone, w, h, glyphs)
        )
        keys = KEYS if self._pane == "plan" else READING
        self.query_one(Keys).offer(tuple(key for key in keys if alone or key.action != "begin"), RIGHT)
        self._shown_orders = len(self.session.orders)
        self._clock.show_lines(self)

    def _text(self, width: int) -> tuple[Row, ...]:
        world, rules, told, glyphs = self.session.seen, self.session.rules, self._told, look_of(self).glyphs
        if self._pane == "money":
            return money_rows(world, rules, told, width, glyphs, cash_by_quarter(self.session.turns, world))
        return _TEXTS[self._pane](world, rules, told, width, glyphs)

    @property
    def chosen(self) -> Choice | None:
        """What is picked."""
        return self._choices[self._picked] if self._picked < len(self._choices) else None

    def say(self, text: str) -> None:
        """Tell the player something until the next key."""
        self._notice = text
        self._again()

    # ---- keys ------------------------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Pick another line, or scroll."""
        self._notice = ""
        if self._pane == "plan":
            self._picked = min(max(0, self._picked + step), max(0, len(self._choices) - 1))
        else:
            main = self.query_one("#list", Rows)
            most = max(0, len(self._text(main.size.width)) - main.size.height)
            self._top = min(most, max(0, self._top + step))
        self._draw()

    def action_pane(self, name: str) -> None:
        """Show a pane."""
        self._pane, self._top, self._notice = name, 0, ""
        self._draw()

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane."""
        self.action_pane(PANES[(PANES.index(self._pane) + step) % len(PANES)])

    def on_choosable_rows_clicked(self, event: ChoosableRows.Clicked) -> None:
        """Pick the line that was clicked; open it on the second click."""
        height = self.query_one("#list", Rows).size.height
        at = picked_at(self._choices, self._picked, height, event.line) if self._pane == "plan" else None
        if at is not None:
            self.action_move(at - self._picked)
            if event.twice:
                self.action_open()

    def action_open(self) -> None:
        """Show the page of what is picked; from there it is ordered."""
        chosen = self.chosen
        if self._pane != "plan" or chosen is None:
            return
        if chosen.id in ("split", "merge"):
            self.action_cut()
        elif chosen.practice is None:
            self.app.push_screen(OrderScreen(self.session, f"{chosen.id} "), self._ordered)
        else:
            self.app.push_screen(PracticeScreen(self.session, chosen), self._ordered)

    def action_cut(self) -> None:
        """Split or merge services on the graph of capabilities."""
        self.app.push_screen(CutScreen(self.session), self._ordered)

    def action_scale(self) -> None:
        """Add or remove replicas."""
        self.app.push_screen(OrderScreen(self.session, "scale "), self._ordered)

    def action_order(self) -> None:
        """Type any order."""
        self.app.push_screen(OrderScreen(self.session), self._ordered)

    def _ordered(self, text: str | None) -> None:
        self.say(f"Ordered: {text} (u: undo)" if text else "")

    def action_undo(self) -> None:
        """Undo the last order of this plan."""
        last = self.session.orders[-1].order if self.session.orders else ""
        why = self.session.place(Undo())
        self.say(why or (f"Undone: {last}" if not last.startswith("undo") else "Undone."))

    def action_begin(self) -> None:
        """Show the forecast and ask whether to begin; in a room, say who begins."""
        if self._clock.hosted:
            self.say(self.session.place(Begin()) or "")
            return
        self.app.push_screen(BeginScreen(self.session))

    def action_filter(self) -> None:
        """Open the filter of the list."""
        self._pane = "plan"
        wanted = self.query_one("#wanted", Input)
        wanted.display = True
        wanted.focus()
        self._draw()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter the list."""
        self._wanted = clean(event.value)
        self._again()

    def on_input_submitted(self) -> None:
        """Keep what was typed and go back to the list."""
        self._close_filter()

    def _close_filter(self) -> None:
        wanted = self.query_one("#wanted", Input)
        wanted.display = False
        self.set_focus(None)
        self._draw()

    def action_back(self) -> None:
        """Close the filter, then show everything again, then the map."""
        wanted = self.query_one("#wanted", Input)
        if self._wanted or wanted.display:
            wanted.value = ""
            self._wanted = ""
            self._close_filter()
            self._again()
        else:
            self.action_map()

    def action_map(self) -> None:
        """Go to the map; p comes back."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Explain planning, then the game."""
        self.app.push_screen(HelpScreen("Help", pane=HELP, rules=self.session.rules))

    def action_leave(self) -> None:
        """Leave the game; it is saved."""
        self.dismiss(False)


def _cut(rows: tuple[Row, ...], height: int) -> tuple[Row, ...]:
    """Return what fits, and say that there is more."""
    if len(rows) <= height or height < 2:
        return rows[:height]
    return (*rows[: height - 1], (("… Enter shows the rest", "dim"),))
