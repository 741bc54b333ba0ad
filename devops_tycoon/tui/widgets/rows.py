"""Rows: a panel that draws itself for its size and repaints only the rows that changed."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from rich.segment import Segment
from textual.geometry import Region
from textual.markup import escape
from textual.strip import Strip
from textual.widget import Widget

from devops_tycoon.tui.draw.glyphs import plain
from devops_tycoon.tui.draw.palette import rich_style
from devops_tycoon.tui.draw.values import Row
from devops_tycoon.tui.look import look_of

Draw: TypeAlias = Callable[[int, int], Sequence[Row]]
"""Returns the rows for a width and a height."""


class Rows(Widget, can_focus=False):
    """A panel that shows rows of (text, style name); what does not fit is cut off."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._draw: Draw = lambda _width, _height: ()
        self._rows: tuple[Row, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._titles = ("", "")

    def show(self, draw: Draw) -> None:
        """Show what this draws, now and whenever the size changes; only rows that differ are painted again."""
        self._draw = draw
        self._again()

    def entitle(self, title: str, subtitle: str = "") -> None:
        """Set the texts in the frame."""
        says = look_of(self).says
        if (title, subtitle) != self._titles:
            self._titles = title, subtitle
            self.border_title, self.border_subtitle = escape(says(title)), escape(says(subtitle))

    def forget(self) -> None:
        """Paint everything again, for another look."""
        self._strips, self._titles = {}, ("", "")
        self._again()
        self.refresh()

    def _again(self) -> None:
        width, height = self.size
        if not width or not height:
            return
        old, self._rows = self._rows, tuple(self._draw(width, height))[:height]
        stale = [y for y in range(max(len(old), len(self._rows))) if old[y : y + 1] != self._rows[y : y + 1]]
        for y in stale:
            self._strips.pop(y, None)
        if stale:
            self.refresh(*(Region(0, y, width, 1) for y in stale))

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._again()

    def render_line(self, y: int) -> Strip:
        """Return one line, from the cache where it has not changed."""
        strip = self._strips.get(y)
        if strip is None or strip.cell_length != self.size.width:
            strip = self._strips[y] = self._strip(y)
        return strip

    def _strip(self, y: int) -> Strip:
        theme, glyphs = self.app.theme.removeprefix("tycoon-"), look_of(self).glyphs
        ground = rich_style("ground", theme, with_ground=True)
        row = self._rows[y] if y < len(self._rows) else ()
        segments = [Segment(plain(text, glyphs), rich_style(style, theme, with_ground=True)) for text, style in row]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def notify_style_update(self) -> None:
        """Forget painted rows when the theme changes."""
        super().notify_style_update()
        self._strips = {}
