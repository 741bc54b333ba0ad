"""The title: the games that can be played, and a preview.

The first frame shows the name of the game and the menu; rules and content are imported and read after it.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from devops_tycoon import __version__
from devops_tycoon.content.headings import Heading, headings
from devops_tycoon.play.saves_folder import saves as all_saves
from devops_tycoon.sim.rules.difficulty import ENGINEER, LEVELS
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.view.logo import logo
from devops_tycoon.tui.view.menu import entry, place
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from devops_tycoon.play.session import Session
    from devops_tycoon.sim.rules.rules import Rules

CONTINUE = "continue"
SAVES = "saves"
QUIT = "quit"
KEYS = (
    Key("enter", "Play", "choose"),
    Key("↑↓", "Select", "down"),
    Key("s", "Next seed", "seed"),
    Key("d", "Difficulty", "level"),
)


class _OpensGames(Protocol):
    def open_game(self, session: "Session") -> None: ...


class TitleScreen(Screen[None]):
    """The first screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Play", id="title.start"),
        Binding("j", "down", "Down", id="title.down"),
        Binding("k", "up", "Up", id="title.up"),
        Binding("s", "seed", "Next seed", id="title.seed"),
        Binding("d", "level", "Difficulty", id="title.difficulty"),
        Binding("question_mark,f1", "app.help", "Help", id="title.help"),
        Binding("q", "app.quit", "Quit", id="title.quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seed = 1
        self._level = ENGINEER.id
        self._games: list[Heading] = []
        self._rules: dict[str, Rules] = {}
        """What was read and found without fault so far."""
        self._unfinished: Path | None = None
        self._saved = False

    def compose(self) -> ComposeResult:
        """Lay out logo, menu and preview."""
        with Vertical(id="frame"):
            yield Rows(id="logo")
            with Horizontal(id="columns"):
                yield OptionList(id="menu", markup=False)
                yield Rows(id="preview", classes="panel")
            yield Static(id="here", markup=False)
        more = Key("F2", "Settings", "app.settings"), Key("^p", "Palette", "app.command_palette")
        yield Keys((*KEYS, *more), (Key("?", "Help", "app.help"), Key("q", "Quit", "app.quit")))

    def on_screen_resume(self) -> None:
        """Show what can be played now, and read it in full after the first frame."""
        self.on_resize()
        self.query_one("#menu", OptionList).border_title = "Choose a game"
        if self.is_current:
            self._fill()
            self.call_after_refresh(self._read)

    def on_resize(self) -> None:
        """Show the size and the look of the terminal."""
        look, size = look_of(self), self.app.size
        here = f"{size.width}×{size.height} · {look.glyphs} · {look.theme} · version {__version__}"
        for line in self.query("#here").results(Static):
            line.update(look.says(here))
        for rows in self.query("#logo").results(Rows):
            rows.show(lambda width, _: logo(width, look.glyphs))

    def _fill(self) -> None:
        """List a game that was left, and every scenario."""
        self._games = self._games or sorted(headings(), key=place)
        menu, says, before = self.query_one("#menu", OptionList), look_of(self).says, self._chosen()
        newest = saves()
        self._unfinished, self._saved = unfinished(newest), bool(newest)
        options = [Option(f"Continue   {self._unfinished.stem}", id=CONTINUE)] if self._unfinished else []
        options += [Option(says(entry(game)), id=game.id) for game in self._games]
        if self._saved:
            options.append(Option("Saved games", id=SAVES))
        options.append(Option("Quit", id=QUIT))
        menu.clear_options()
        menu.add_options(options)
        places = [option.id for option in options]
        menu.highlighted = places.index(before) if before in places and not self._unfinished else 0
        menu.focus()

    @work(thread=True, exclusive=True, group="read")
    def _read(self) -> None:
        """Read every scenario in the background, the picked one first; name and leave out what cannot be read."""
        from devops_tycoon.content.load import load_rules
        from devops_tycoon.content.problem import ContentError
        from devops_tycoon.tui.view import title as _  # noqa: F401 — imported here, not while the screen is drawn

        stop, tell = get_current_worker(), self.app.call_from_thread
        picked = self._picked_game()
        for game in sorted(self._games, key=lambda game: game.id != picked):
            if stop.is_cancelled:
                return
            if game.id in self._rules:
                continue
            try:
                rules = load_rules(game.id)
            except (ContentError, OSError) as error:
                tell(self._leave_out, game, str(error))
            else:
                tell(self._add, game.id, rules)

    def _add(self, name: str, rules: "Rules") -> None:
        self._rules[name] = rules
        if name == self._picked_game():
            self._preview()

    def _leave_out(self, game: Heading, why: str) -> None:
        self._games.remove(game)
        self.notify(why, severity="error", markup=False)
        self._fill()

    def on_option_list_option_highlighted(self) -> None:
        """Show what is highlighted."""
        self._preview()

    def _preview(self) -> None:
        """Show the picked scenario, that of the game that was left, or nothing; one that is not read yet follows."""
        chosen, panel, name = self._chosen() or "", self.query_one("#preview", Rows), self._picked_game()
        rules, seed = self._rules.get(name), self._seed_of(chosen) if chosen != CONTINUE else None
        panel.entitle(next((game.title for game in self._games if game.id == name), ""))
        if rules is None:
            panel.show(lambda _width, _height: ())
            return
        from devops_tycoon.tui.view.title import preview

        level, glyphs = self._level_of(chosen), look_of(self).glyphs
        panel.show(lambda width, height: preview(rules, seed, level, width, height, glyphs))

    def _picked_game(self) -> str:
        """Return the id of the picked scenario or campaign, also of a game that was left."""
        chosen = self._chosen() or ""
        return self._unfinished.stem.rpartition("-")[0] if chosen == CONTINUE and self._unfinished else chosen

    def _seed_of(self, chosen: str) -> int:
        """Return the seed of what is picked: the date's for the daily challenge."""
        if self._kind_of(chosen) != "daily":
            return self._seed
        from devops_tycoon.play.daily import seed_of

        return seed_of(date.today())

    def _level_of(self, chosen: str) -> str:
        """Return the difficulty of what is picked; the daily challenge has its own."""
        return ENGINEER.id if self._kind_of(chosen) == "daily" else self._level

    def _kind_of(self, chosen: str) -> str:
        return next((game.kind for game in self._games if game.id == chosen), "")

    def _chosen(self) -> str | None:
        menu = self.query_one("#menu", OptionList)
        return menu.get_option_at_index(menu.highlighted).id if menu.highlighted is not None else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Start what was chosen."""
        if event.option.id == QUIT:
            self.app.exit()
        elif event.option.id == SAVES:
            from devops_tycoon.tui.screens.saves import SavesScreen

            self.app.push_screen(SavesScreen(), self._resume)
        elif event.option.id is not None:
            self._start(event.option.id)

    def _resume(self, path: Path | None) -> None:
        """Continue a saved game that was chosen."""
        if path is not None:
            self._unfinished = path
            self._start(CONTINUE)

    @work(thread=True, exclusive=True, group="start")
    def _start(self, chosen: str) -> None:
        """Load or resume a game in the background (resuming plays it again) and open it."""
        from devops_tycoon.content.problem import ContentError
        from devops_tycoon.play.game import load
        from devops_tycoon.play.saves import new_save, resume

        app = self.app
        try:
            if chosen == CONTINUE and self._unfinished:
                session = resume(self._unfinished)
            else:
                session = new_save(load(chosen, self._seed_of(chosen), difficulty=self._level_of(chosen)))
        except (ContentError, OSError) as error:
            app.call_from_thread(app.notify, str(error), severity="error", markup=False, timeout=10)
            return
        app.call_from_thread(cast(_OpensGames, app).open_game, session)

    def action_choose(self) -> None:
        """Start what is highlighted."""
        self.query_one("#menu", OptionList).action_select()

    def action_down(self) -> None:
        """Go down the menu."""
        self.query_one("#menu", OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Go up the menu."""
        self.query_one("#menu", OptionList).action_cursor_up()

    def action_seed(self) -> None:
        """Take the next seed: the same lesson with other chances."""
        self._seed = self._seed % 99 + 1
        self._preview()

    def action_level(self) -> None:
        """Take the next difficulty, for new games."""
        levels = list(LEVELS)
        self._level = levels[(levels.index(self._level) + 1) % len(levels)]
        self._preview()


def saves() -> list[Path]:
    """Return the saved games, newest first, or none where they cannot be read."""
    try:
        return all_saves()
    except OSError:
        return []


def unfinished(known: list[Path]) -> Path | None:
    """Return the newest game if it was left before its end."""
    try:
        newest = next(iter(known), None)
        if newest is None or b"\n[Result " in newest.read_bytes()[-400:]:
            return None
    except OSError:
        return None
    return newest
