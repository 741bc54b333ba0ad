"""The line that speaks to the player: a notice, else a hint of the first minute, else what to do next."""

from devops_tycoon.play.session import Session
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.company.undeployed import waiting_text
from devops_tycoon.tui.view.wrap import wrapped

HINT_TICKS = 120
"""Each hint stays this long, at speed 1 for 12 seconds."""


def message(session: Session, notice: str, width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return what is said to the player on as many lines as there are."""
    text, style = _message(session, notice)
    mark = ">" if glyphs == "ascii" else "▸"
    lines = wrapped(text, width - 4)
    if len(lines) > height:
        lines = [*lines[: height - 1], fit(" ".join(lines[height - 1 :]), width - 4, middle=False)]
    return tuple(
        merge([(f" {mark} " if number == 0 else "   ", style), (line, style)]) for number, line in enumerate(lines)
    )


def _message(session: Session, notice: str) -> tuple[str, str]:
    world, scenario = session.seen, session.rules.scenario
    if notice:
        return notice, "accent"
    if world.phase == "over":
        return "The game is over; space shows the debrief.", "accent"
    hints = scenario.hints
    if world.phase == "planning":
        sandbox = scenario.kind == "sandbox"
        plain = "Look around and order what you need; space begins the shift."
        plain += " During the shift x injects a fault." if sandbox else ""
        first = hints[0] if world.tick == 0 and hints else plain
        return first, "accent"
    open_now = world.tally.incidents and world.tally.incidents[-1].mitigated == FOREVER
    if open_now:
        return "Members' requests are failing. i: where, w: why, enter: act.", "failing"
    number = 1 + world.tick // HINT_TICKS
    if number < len(hints):
        return hints[number], "text"
    ready = waiting_text(world, session.rules)
    if ready:
        return ready, "accent"
    return "w explains the selected service's numbers · enter acts on it · ? helps", "dim"
