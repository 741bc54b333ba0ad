"""The board as a player sees it; it is live while it is open."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.view.room.board import HIDDEN, board_rows, board_title
from devops_tycoon.tui.view.room.fields import line, part
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.link import Link


class BoardScreen(ModalScreen[None]):
    """Ranks, scores and names."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,B,b,q,enter,space", "dismiss", "Back", id="board.back")]

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        yield Rows(id="board", classes="card")
        yield Keys((Key("esc", "Back (the room's clock keeps running)", "dismiss"),))

    def on_mount(self) -> None:
        """Show it, once a second."""
        self.set_interval(1.0, self.draw)
        self.draw()

    def draw(self) -> None:
        """Show the board."""
        now, me, glyphs = dict(self._link.now), line(self._link.welcome, "me", 6), look_of(self).glyphs
        table, board = self.query_one("#board", Rows), part(now, "board")
        table.entitle(*board_title(now))
        table.show(lambda w, h: board_rows(board, me, w, h, glyphs) if board else (((f" {HIDDEN}", "accent"),),))
