"""The title: what can be played, and a look at it."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from devops_tycoon import __version__
from devops_tycoon.content.find import ids
from devops_tycoon.content.load import load_rules
from devops_tycoon.content.problem import ContentError
from devops_tycoon.play.game import load
from devops_tycoon.play.saves import new_save, resume, saves
from devops_tycoon.sim.rules import Rules
from devops_tycoon.tui.view.title import logo, preview
from devops_tycoon.tui.widgets.rows import Rows

CONTINUE = "continue"
QUIT = "quit"


class TitleScreen(Screen[None]):
    """The first screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Start", id="title.start"),
        Binding("j", "down", "Down", show=False, id="title.down"),
        Binding("k", "up", "Up", show=False, id="title.up"),
        Binding("s", "seed", "Other seed", id="title.seed"),
        Binding("question_mark", "help", "Help", id="title.help"),
        Binding("f2", "app.next_theme", "Theme", id="title.theme"),
        Binding("q", "app.quit", "Quit", id="title.quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seed = 1
        self._rules: dict[str, Rules] = {}
        self._unfinished: Path | None = None

    def compose(self) -> ComposeResult:
        """Lay out logo, menu and preview."""
        with Vertical(id="frame"):
            yield Rows(id="logo")
            with Horizontal(id="columns"):
                yield OptionList(id="menu")
                yield Rows(id="preview", classes="panel")
            yield Static(id="here", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Fill in what does not need the size."""
        self.query_one("#menu", OptionList).border_title = "What shall it be?"
        self._fill()

    def on_screen_resume(self) -> None:
        """Show a game that was left meanwhile."""
        self._fill()

    def _fill(self) -> None:
        menu = self.query_one("#menu", OptionList)
        chosen = menu.highlighted or 0
        if not self._rules:
            self._rules = {name: load_rules(name) for name in ids("scenarios")}
        known = sorted(self._rules.values(), key=lambda rules: (rules.scenario.kind, rules.scenario.number))
        self._unfinished = unfinished()
        options = [Option(f"Continue   {self._unfinished.stem}", id=CONTINUE)] if self._unfinished else []
        for rules in known:
            scenario = rules.scenario
            options.append(Option(f"Lesson {scenario.number:<3} {scenario.title}", id=scenario.id))
        options.append(Option("Quit", id=QUIT))
        menu.clear_options()
        menu.add_options(options)
        menu.highlighted = min(chosen, len(options) - 1)
        menu.focus()

    def on_resize(self) -> None:
        """Draw the logo and the line about this terminal for the new size."""
        look = self.app.look  # type: ignore[attr-defined]
        self.query_one("#logo", Rows).show(logo(self.size.width, look.glyphs))
        if self.size.width < 80 or self.size.height < 24:
            size = f"{self.size.width}×{self.size.height}"
            here = f"This terminal is {size}; 80×24 is the least. play --text works anywhere."
        else:
            here = f"{self.size.width}×{self.size.height} · {look.glyphs} · {look.theme} · version {__version__}"
        self.query_one("#here", Static).update(here)
        self.call_after_refresh(self._preview)

    def on_option_list_option_highlighted(self) -> None:
        """Show what is highlighted."""
        self._preview()

    def _preview(self) -> None:
        panel = self.query_one("#preview", Rows)
        rules = self._rules.get(self._chosen() or "")
        panel.border_title = rules.scenario.title if rules else ""
        panel.show(
            preview(rules, self._seed, panel.size.width, panel.size.height, self.app.look.glyphs)  # type: ignore[attr-defined]
            if rules
            else ()
        )

    def _chosen(self) -> str | None:
        menu = self.query_one("#menu", OptionList)
        return menu.get_option_at_index(menu.highlighted).id if menu.highlighted is not None else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Start what was chosen."""
        self._start(event.option.id)

    def _start(self, chosen: str | None) -> None:
        if chosen == QUIT:
            self.app.exit()
        elif chosen is not None:
            try:
                session = (
                    resume(self._unfinished)
                    if chosen == CONTINUE and self._unfinished
                    else new_save(load(chosen, self._seed))
                )
            except (ContentError, OSError) as error:
                self.notify(str(error), severity="error", markup=False)
                return
            self.app.open_game(session)  # type: ignore[attr-defined]

    def action_choose(self) -> None:
        """Start what is highlighted."""
        self._start(self._chosen())

    def action_down(self) -> None:
        """Go down the menu."""
        self.query_one("#menu", OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Go up the menu."""
        self.query_one("#menu", OptionList).action_cursor_up()

    def action_seed(self) -> None:
        """Take the next seed: the same lesson, another day."""
        self._seed = self._seed % 99 + 1
        self._preview()

    def action_help(self) -> None:
        """Explain the game."""
        from devops_tycoon.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())


def unfinished() -> Path | None:
    """Return the newest game that was left before its end."""
    try:
        newest = next(iter(saves()), None)
        if newest is None or b"\n[Result " in newest.read_bytes()[-400:]:
            return None
    except OSError:
        return None
    return newest
