"""The final account in company mode: medals, earlier acts, delivery and money."""

from devops_tycoon.play.session import Session
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.medals import medals
from devops_tycoon.sim.score.score import uptime_of
from devops_tycoon.sim.text import percent, plural, short, whole_dollars
from devops_tycoon.sim.values.tally import Tally
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.text import fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.wrap import wrapped


def medal_rows(world: World, rules: Rules, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the medals that were earned, each with its reason."""
    sign = "*" if glyphs == "ascii" else "★"
    rows: list[Row] = []
    for medal in medals(world, rules):
        first, *rest = wrapped(f"{medal.title}: {medal.why}", width - 4)
        rows += [merge([(f" {sign} ", "accent"), (first, "name")]), *[merge([(f"   {line}", "name")]) for line in rest]]
    return rows


def chapter_rows(session: Session, width: int) -> list[Row]:
    """Return a line for each act that was played, this one last; nothing outside a campaign."""
    world = session.world
    if session.game.rules.next is None:
        return []
    rules, rows = session.game.rules, []
    for tally in (*[chapter.tally for chapter in world.chapters], world.tally):
        rows.append(_act(rules, tally, width))
        rules = rules.next or rules
    return rows


def _act(rules: Rules, tally: Tally, width: int) -> Row:
    served = tuple((one.valid, one.good, one.degraded) for one in tally.journeys)
    lost, count = sum(one.valid - one.good for one in tally.journeys), len(tally.incidents)
    told = (
        f"uptime {percent(uptime_of(served, rules))}, {short(lost / WHOLE)} requests lost, "
        f"{plural(count, 'incident')}, {plural(len(tally.deployments), 'deploy')}"
    )
    name = f"   Act {rules.scenario.act}  {rules.scenario.title}"
    return merge([(pad(name, 34), "name"), (fit(told, width - 34, middle=False), "text")])


def book_rows(world: World) -> list[Row]:
    """Return the money by heading, from what there was at the start to what is left."""
    began = world.cash_cents
    for entry in world.books:
        began -= entry.cents
    rows = [book_row("at the start", began)]
    rows += [book_row(entry.heading, entry.cents, signed=True) for entry in world.books]
    return [*rows, book_row("cash", world.cash_cents, style="failing" if world.cash_cents < 0 else "title")]


def book_row(heading: str, cents: int, signed: bool = False, style: str = "number") -> Row:
    """Return one line of the books."""
    text = ("+" if signed and cents > 0 else "") + whole_dollars(cents)
    return merge([("   ", "ground"), (pad(heading, 20), "dim"), (pad(text, 18, align=">"), style)])
