"""Rows: a panel of styled rows that repaints only the rows that changed."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from devops_tycoon.tui.draw.palette import rich_style
from devops_tycoon.tui.draw.values import Row


class Rows(Widget, can_focus=False):
    """A panel that shows rows of (text, style name); what does not fit is cut off."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._strips: dict[int, Strip] = {}

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; only the ones that differ are drawn again."""
        old, self._rows = self._rows, tuple(rows)
        stale = [y for y in range(max(len(old), len(rows))) if old[y : y + 1] != self._rows[y : y + 1]]
        for y in stale:
            self._strips.pop(y, None)
        if stale:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in stale))

    def render_line(self, y: int) -> Strip:
        """Return one line, from the cache where it has not changed."""
        strip = self._strips.get(y)
        if strip is None or strip.cell_length != self.size.width:
            strip = self._strips[y] = self._strip(y)
        return strip

    def _strip(self, y: int) -> Strip:
        theme = self.app.theme.removeprefix("tycoon-")
        ground = rich_style("ground", theme, with_ground=True)
        row = self._rows[y] if y < len(self._rows) else ()
        segments = [Segment(text, rich_style(style, theme, with_ground=True)) for text, style in row]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def notify_style_update(self) -> None:
        """Forget painted rows when the theme changes."""
        super().notify_style_update()
        self._strips = {}
