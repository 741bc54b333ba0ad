"""The look of this terminal: theme and glyphs, from the environment and the settings."""

import locale
import os
from dataclasses import dataclass
from typing import Protocol, cast

from textual.dom import DOMNode
from textual.message import Message
from textual.theme import Theme

from devops_tycoon.tui.draw.glyphs import plain
from devops_tycoon.tui.draw.palette import GROUNDS, THEMES, definition
from devops_tycoon.tui.draw.text import clean
from devops_tycoon.tui.draw.values import Glyphs

GLYPHS: tuple[Glyphs, ...] = ("braille", "block", "ascii")


@dataclass(frozen=True, slots=True)
class Look:
    """A theme of the palette, the drawing characters, and whether a lesson pauses at its first incident."""

    theme: str
    glyphs: Glyphs
    stops: bool = True

    def says(self, text: str) -> str:
        """Return a text as this terminal can show it."""
        return "\n".join(plain(clean(line), self.glyphs) for line in text.split("\n"))


class LookChanged(Message):
    """Sent to every screen after the look has changed: draw again."""


class HasLook(Protocol):
    """An app that can be shown in several looks."""

    look: Look

    def use_look(self, look: Look) -> None:
        """Show every screen in this look from now on."""


def look_of(node: DOMNode) -> Look:
    """Return the look of the app that a widget or screen belongs to."""
    return cast(HasLook, node.app).look


def clock_words_of(node: DOMNode) -> str:
    """Return what the clock does while a player reads or chooses: in a room it keeps running."""
    return str(getattr(node.app, "CLOCK_WORDS", "the game is paused"))


def look_here() -> Look:
    """Return the look for this terminal: mono under NO_COLOR, ASCII without UTF-8."""
    poor = os.environ.get("TERM", "") in ("linux", "dumb") or not _speaks_utf8()
    return Look("mono" if os.environ.get("NO_COLOR") else "safe", "ascii" if poor else "braille")


def _speaks_utf8() -> bool:
    """Return whether the locale is UTF-8; an environment without a locale is assumed to be.

    Python itself writes LC_CTYPE=C.UTF-8 into a plain C locale, so that alone does not describe the terminal.
    """
    said = {name: os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")}
    if said["LC_CTYPE"] == "C.UTF-8" and said["LANG"] in ("C", "POSIX"):
        said["LC_CTYPE"] = ""
    locale_name = said["LC_ALL"] or said["LC_CTYPE"] or said["LANG"]
    if locale_name and "UTF8" not in locale_name.upper().replace("-", ""):
        return False
    return "UTF-8" in locale.getpreferredencoding(False).upper()


def style_sheet(file: str, name: str) -> str:
    """Return the path of a style sheet in the folder of a module, right for its subclasses elsewhere too."""
    return os.path.join(os.path.dirname(os.path.abspath(file)), name)


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
