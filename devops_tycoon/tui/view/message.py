"""The line that speaks to the player: a notice, else a hint of the first minute, else what to do next."""

from devops_tycoon.play.session import Session
from devops_tycoon.sim.world import FOREVER
from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs, Row, merge

HINT_TICKS = 120
"""Each hint stays this long, at speed 1 for 12 seconds."""


def message(session: Session, notice: str, width: int, glyphs: Glyphs) -> Row:
    """Return one line for the player."""
    text, style = _message(session, notice)
    mark = ">" if glyphs == "ascii" else "▸"
    return merge([(f" {mark} ", style), (fit(text, width - 4, middle=False), style)])


def _message(session: Session, notice: str) -> tuple[str, str]:
    world, scenario = session.seen, session.rules.scenario
    if notice:
        return notice, "accent"
    if world.phase == "over":
        return "The game is over; space shows the debrief.", "accent"
    hints = scenario.hints
    if world.phase == "planning":
        first = (
            hints[0] if world.tick == 0 and hints else "Look around and order what you need; space begins the shift."
        )
        return first, "accent"
    open_now = world.tally.incidents and world.tally.incidents[-1].mitigated == FOREVER
    if open_now:
        return "Users are being failed. i shows where it hurts, w why, enter what you can do.", "failing"
    number = 1 + world.tick // HINT_TICKS
    if number < len(hints):
        return hints[number], "text"
    return "w explains the selected service's numbers · enter acts on it · ? helps", "dim"
