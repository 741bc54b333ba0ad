"""Reasons against a migration now, and the fault of a late cut-over: the same for splits, merges and tables."""

from devops_tycoon.sim.basis import News, Rules, World
from devops_tycoon.sim.demand.load import offered
from devops_tycoon.sim.faults.strike import strike
from devops_tycoon.sim.operations.services import find, owner_of

CUT_OVER = "cut-over"
"""The failure card of a store that was given its data while members wanted it."""
BUSY = 0.6
"""A store that is to be this busy at the peak does not finish its last copy overnight [design value]."""
HEADS = 8
"""Engineers for each move that is under way: nobody can follow more of them [design value]."""
FREEZE_S = 120.0
"""So long its last copy of each table takes on the morning after [design value]."""


def too_many(world: World, rules: Rules) -> str | None:
    """Return the sentence that something is being moved already, or None."""
    if not rules.scenario.company_mode.plans:
        if any(pending.order.verb in ("split", "merge") for pending in world.pending):
            return "Traffic is already being moved; one split or merge at a time."
        return None
    if world.phase == "shift":
        return "Moving traffic takes weeks, not minutes; it belongs to the planning."
    moving = [project for project in world.projects if project.order.verb in ("split", "merge", "move-data")]
    able = max(1, world.team.engineers // HEADS)
    if len(moving) < able:
        return None
    first = min(moving, key=lambda project: project.week)
    left = first.week - world.week
    rule = "One move at a time" if able == 1 else f"{able} moves at a time, with {world.team.engineers} engineers"
    return f"{rule}: {first.order} ends in {left} week{'' if left == 1 else 's'}."


def foreign(world: World, rules: Rules, tables: tuple[str, ...], into: str) -> str | None:
    """Return the sentence that a store keeps another service's data, or None; the stores of the start are shared."""
    store = find(world, into)
    if store is None or into in rules.start_service:
        return None
    homes = {_home(world, rules, table) for table in tables}
    for kept in store.capabilities:
        if _home(world, rules, kept) not in homes:
            owner = rules.capability[kept].owner
            return f"{into} keeps {kept}, which {owner} owns; tables of another service do not belong there."
    return None


def _home(world: World, rules: Rules, table: str) -> str:
    service = owner_of(world, rules.capability[table].owner)
    return service.id if service is not None else ""


def cut_over(before: World, world: World, rules: Rules, source: str, into: str, tables: int) -> News:
    """Return the morning after: where the old store is busy, the last copies are still being made and writes wait.

    No dice: a move out of a nearly full store is predictably late.
    """
    card = rules.failure.get(CUT_OVER)
    if card is None or not tables or offered(before, rules).get(source, 0.0) < BUSY:
        return world, ()
    return strike(world, rules, card, into, FREEZE_S * tables)
