"""How to join, as large as possible: address, code, and the QR code where it fits."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.view.room.console import addresses_of, join_rows
from devops_tycoon.tui.view.room.fields import Told, line
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.link import Link


def qr_of(now: Told, glyphs: str) -> list[str]:
    """Return the QR code of the first address with the room's code; none where half blocks cannot be drawn."""
    from devops_tycoon.workshop.qr import qr_rows

    addresses = addresses_of(now)
    return qr_rows(f"{addresses[0]}#{line(now, 'code', 12)}") if addresses and glyphs != "ascii" else []


class JoinScreen(ModalScreen[None]):
    """The invitation."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,j,q,enter,space", "dismiss", "Back", id="join.back")]

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._now = dict(link.now)

    def compose(self) -> ComposeResult:
        """Lay out the invitation."""
        yield Rows(id="join", classes="card")
        yield Keys((Key("esc", "Back", "dismiss"),))

    def on_mount(self) -> None:
        """Draw it for this size."""
        self.on_resize()

    def on_resize(self) -> None:
        """Draw it for the new size."""
        now, qr, size = self._now, qr_of(self._now, look_of(self).glyphs), self.app.size
        rows, width, height = self.query_one("#join", Rows), size.width - 8, size.height - 4
        rows.entitle("How to join")
        drawn = join_rows(now, qr, width, height)
        rows.styles.width, rows.styles.height = min(size.width, 100), len(drawn) + 2
        rows.show(lambda _w, _h: drawn)
