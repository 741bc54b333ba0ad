"""Scroll bars for terminals that know only ASCII."""

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class PlainScrollBar(ScrollBarRender):
    """A scroll bar whose ends are drawn without block characters."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def draw_scroll_bars(plain: bool) -> None:
    """Draw all scroll bars with or without block characters."""
    ScrollBar.renderer = PlainScrollBar if plain else ScrollBarRender
