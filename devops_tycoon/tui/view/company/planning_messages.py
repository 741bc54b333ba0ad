"""Messages of the planning screen: the line below the list, and its help page."""

from typing import TYPE_CHECKING

from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.company.choices import FREE, REFUSED, Choice
from devops_tycoon.tui.view.wrap import wrapped

if TYPE_CHECKING:
    from devops_tycoon.sim.planning.outlook import Outlook  # with networkx, which takes 0.2 s to load

HELP = (
    "Planning: the game is paused. A quarter has a number of engineer-weeks; practices and projects take some of them, "
    "cost money, and are active after their lead time. Dim lines are not available now; the line says why. Enter "
    "opens the page of the selected line: what it gives, its trade-offs, and where the numbers come from. u undoes the "
    "last order, + adds servers and disks, b lets the weeks pass and begins the shift, m shows the map (p returns), "
    "/ filters the list. Unspent engineer-weeks are not lost: they become changes, a few at a time over the shift, "
    "and d deploys them there."
)

LED = (
    "You run this company: i opens the incident with what is known and what can be done, d deploys the waiting "
    "changes, p opens the planning between two shifts. The top line shows members, trust, cash and free responders."
)
FIRST = (
    "Arrows select, enter orders, + adds servers and disks. Unspent engineer-weeks become changes; d deploys them in "
    "the shift."
)


def first_words(alone: bool) -> str:
    """Return the message of the first plan; in a room the facilitator begins the shift."""
    return f"{FIRST} {'b' if alone else 'The facilitator'} begins it."


def planning_message(
    told: "Outlook", chosen: Choice | None, notice: str, alone: bool, width: int, height: int, glyphs: Glyphs
) -> tuple[Row, ...]:
    """Return a notice, else a warning, else what the selected line is about."""
    text, style = _message(told, chosen, notice, alone)
    mark = ">" if glyphs == "ascii" else "▸"
    lines = wrapped(text, width - 4)
    if len(lines) > height:
        lines = [*lines[: height - 1], fit(" ".join(lines[height - 1 :]), width - 4, middle=False)]
    return tuple(
        merge([(f" {mark} " if number == 0 else "   ", style), (line, style)]) for number, line in enumerate(lines)
    )


def _message(told: "Outlook", chosen: Choice | None, notice: str, alone: bool) -> tuple[str, str]:
    if notice:
        return notice, "accent"
    if told.ending:
        return f"With this plan there is no shift: {told.ending}", "failing"
    if chosen is not None and chosen.state == REFUSED:
        return chosen.says, "hot"
    if chosen is not None and chosen.practice is not None:
        text = chosen.practice.gives if chosen.state == FREE else f"{chosen.practice.title} {chosen.says}."
        return text, "text"
    begins = "b lets the weeks pass and begins the shift" if alone else "the facilitator begins the shift"
    return f"1 shows what you can do, {begins}.", "dim"
