"""The line under the map that says what its signs mean."""

from devops_tycoon.tui.draw import glyphs as signs
from devops_tycoon.tui.draw.paint import LEVELS
from devops_tycoon.tui.draw.values import Glyphs, Health, Row, Segment, merge

_HEALTH: tuple[Health, ...] = ("ok", "hot", "failing", "down")
_LINES = (
    ("edge", "call"),
    ("edge.busy", "busy"),
    ("edge.hot", "at risk"),
    ("edge.failing", "errors"),
)


def legend(glyphs: Glyphs = "braille") -> Row:
    """Return the legend: the four states of health and the kinds of lines, in less than 80 cells."""
    manners = dict(LEVELS)
    out: list[Segment] = []
    for health in _HEALTH:
        out += [(signs.sign(health, glyphs), f"sign.{health}"), (f" {health}  ", "dim")]
    for style, word in _LINES:
        arms = signs.E | signs.W
        heavy = arms if style in ("edge.busy", "edge.hot") else 0
        out += [(signs.line(arms, heavy, manners[style], glyphs), style), (f" {word}  ", "dim")]
    return merge([*out[:-1], (out[-1][0].rstrip(), "dim")])
