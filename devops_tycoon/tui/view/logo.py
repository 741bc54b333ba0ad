"""The name of the game."""

from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs, Row

_LOGO = (
    "╺┳┓┏━╸╻ ╻┏━┓┏━┓┏━┓   ╺┳╸╻ ╻┏━╸┏━┓┏━┓┏┓╻",
    " ┃┃┣╸ ┃┏┛┃ ┃┣━┛┗━┓    ┃ ┗┳┛┃  ┃ ┃┃ ┃┃┗┫",
    "╺┻┛┗━╸┗┛ ┗━┛╹  ┗━┛    ╹  ╹ ┗━╸┗━┛┗━┛╹ ╹",
)


def logo(width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the name of the game and what it is about."""
    big = _LOGO if glyphs != "ascii" and width >= 44 else ("DEVOPS TYCOON",)
    motto = "Grow it, cut it apart, keep it up. The score is uptime."
    return (*(((line, "accent"),) for line in big), ((" ", "ground"),), ((fit(motto, width, middle=False), "dim"),))
