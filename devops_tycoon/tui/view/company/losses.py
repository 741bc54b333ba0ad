"""The loss ledger as rows: how requests were lost, where, and because of what. Each part sums to all of them."""

from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.losses import by_cause, by_fault
from devops_tycoon.sim.text import percent, short
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.bars import bar
from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs, Row, merge

MOST_CAUSES = 6
NO_FAULT = "no fault: load, restarts or deploys"


def losses_rows(world: World, rules: Rules, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the ledger twice: by cause and place, and by the fault behind it."""
    ledger = world.tally.ledger
    whole = sum(line.bad for line in ledger)
    if whole < WHOLE / 2:
        return [merge([("   Not one whole request was lost.", "ok")])]
    causes: dict[str, int] = {}
    for line in ledger:
        where = line.where.replace(f"{USERS}→", "members→")
        causes[f"{line.cause} at {where}"] = causes.get(f"{line.cause} at {where}", 0) + line.bad
    rows = [merge([(f"   {short(whole / WHOLE)} since the start; every one has exactly one cause.", "dim")])]
    return [*rows, *_shares(causes, whole, width, glyphs), *fault_rows(world, rules, width, glyphs)]


def cause_rows(world: World, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the shares of what was lost by how it was lost."""
    causes = dict(by_cause(world))
    return [_small("How they were lost"), *_shares(causes, sum(causes.values()), width, glyphs)] if causes else []


def fault_rows(world: World, rules: Rules, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the shares of what was lost by the fault behind it."""
    faults: dict[str, int] = {}
    for card, bad in by_fault(world):
        name = rules.failure[card].title if card in rules.failure else NO_FAULT
        faults[name] = faults.get(name, 0) + bad
    return [_small("Because of"), *_shares(faults, sum(faults.values()), width, glyphs)] if faults else []


def _small(text: str) -> Row:
    return merge([(f"   {text}", "dim")])


def _shares(parts: dict[str, int], whole: int, width: int, glyphs: Glyphs) -> list[Row]:
    ranked = sorted(parts.items(), key=lambda item: (-item[1], item[0]))
    rows = []
    for name, bad in ranked[:MOST_CAUSES]:
        filled, empty = bar(bad / whole if whole else 0.0, 12, glyphs)
        share = f"   {percent(bad / whole if whole else 0.0):>9} "
        text = fit(f" {name}", width - len(share) - 13, middle=False)
        rows.append(merge([(share, "text"), (filled, "bar.failing"), (empty, "bar.empty"), (text, "text")]))
    if len(ranked) > MOST_CAUSES:
        rows.append(merge([(f"   and {len(ranked) - MOST_CAUSES} smaller ones", "dim")]))
    return rows
