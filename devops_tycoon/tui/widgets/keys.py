"""Keys: the last line of every screen; what it says can be clicked."""

from collections.abc import Sequence

from textual import events

from devops_tycoon.tui.draw.values import Row
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key, Span, key_line
from devops_tycoon.tui.widgets.rows import Rows


class Keys(Rows):
    """A line of keys: those at the left give way where there is no room, those at the right stay."""

    DEFAULT_CSS = "Keys { dock: bottom; height: 1; }"

    def __init__(self, left: Sequence[Key] = (), right: Sequence[Key] = ()) -> None:
        super().__init__(id="keys")
        self._keys = tuple(left), tuple(right)
        self.spans: tuple[Span, ...] = ()
        """What is shown now."""

    def on_mount(self) -> None:
        """Show the keys that were given."""
        self.offer(*self._keys)

    def offer(self, left: Sequence[Key], right: Sequence[Key]) -> None:
        """Show these keys."""
        self._keys = tuple(left), tuple(right)
        self.show(self._line)

    def _line(self, width: int, _height: int) -> tuple[Row, ...]:
        row, self.spans = key_line(*self._keys, width, look_of(self).glyphs)
        return (row,)

    async def on_click(self, event: events.Click) -> None:
        """Do what is clicked."""
        for span in self.spans:
            if span.start <= event.x < span.end:
                await self.screen.run_action(span.action)
                return
