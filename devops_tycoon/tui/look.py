"""How things look here: theme and glyphs, from the environment and the player's wish."""

import locale
import os
from dataclasses import dataclass
from typing import Protocol, cast

from textual.dom import DOMNode
from textual.theme import Theme

from devops_tycoon.tui.draw.glyphs import plain
from devops_tycoon.tui.draw.palette import GROUNDS, THEMES, definition
from devops_tycoon.tui.draw.text import clean
from devops_tycoon.tui.draw.values import Glyphs

GLYPHS: tuple[Glyphs, ...] = ("braille", "block", "ascii")


@dataclass(frozen=True, slots=True)
class Look:
    """A theme of the palette, how fine the drawing characters are, and whether a lesson stops at its first trouble."""

    theme: str
    glyphs: Glyphs
    stops: bool = True

    def says(self, text: str) -> str:
        """Return a text as this terminal can show it."""
        return "\n".join(plain(clean(line), self.glyphs) for line in text.split("\n"))


class _HasLook(Protocol):
    look: Look


def look_of(node: DOMNode) -> Look:
    """Return the look of the app that a widget or screen belongs to."""
    return cast(_HasLook, node.app).look


def look_here() -> Look:
    """Return what suits this terminal: mono under NO_COLOR, ASCII where there is no UTF-8."""
    poor = os.environ.get("TERM", "") in ("linux", "dumb") or "UTF-8" not in locale.getpreferredencoding(False).upper()
    return Look("mono" if os.environ.get("NO_COLOR") else "safe", "ascii" if poor else "braille")


def textual_themes() -> list[Theme]:
    """Return the palette's themes as Textual knows them, so that stock widgets match the drawn ones."""
    return [_theme(name) for name in THEMES]


def _theme(name: str) -> Theme:
    def colour(style: str, default: str) -> str:
        words = [word for word in definition(style, name).split() if word.startswith("#")]
        return words[0] if words else default

    dark = name != "light"
    ground = GROUNDS[name] or "#000000"
    return Theme(
        name=f"tycoon-{name}",
        primary=colour("ok", "#ffffff"),
        secondary=colour("dim", "#a0a0a0"),
        accent=colour("accent", "#ffffff"),
        warning=colour("hot", "#ffffff"),
        error=colour("failing", "#ffffff"),
        success=colour("ok", "#ffffff"),
        foreground=colour("text", "#d0d0d0"),
        background=ground,
        surface=ground,
        panel=colour("bar.empty", "#303030"),
        dark=dark,
    )
