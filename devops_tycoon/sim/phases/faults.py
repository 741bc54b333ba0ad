"""Faults begin (as scheduled, or by hazard) and end."""

from devops_tycoon.sim.basis import Fact, News, Rules, World, replace
from devops_tycoon.sim.faults.hazards import odds, onset
from devops_tycoon.sim.faults.strike import strike
from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.operations.services import find, owner_of


def faults(world: World, rules: Rules) -> News:
    """End what is over, then begin what is scheduled for this tick and what the hazard dice bring."""
    facts: list[Fact] = []
    over = [fault for fault in world.faults if fault.ends <= world.tick]
    if over:
        world = replace(world, faults=tuple(fault for fault in world.faults if fault.ends > world.tick))
        facts.extend(
            Fact("cured", f"{rules.failure[f.card].title} on {f.target} is over.", f.target, hidden=True) for f in over
        )
    for number, event in enumerate(rules.scenario.events):
        if onset(world, rules, number, event) == world.tick:
            world, news = strike(world, rules, rules.failure[event.card], _home(world, event.target), event.lasts_s)
            facts.extend(news)
    if rules.scenario.hazards and world.tick * rules.scenario.tick_s % 3600 < rules.scenario.tick_s:
        delivers = rules.scenario.company_mode.changes_per_week > 0
        for card in rules.failures:
            if card.deploys and delivers:
                continue  # versions come from the company's own changes
            if card.per_hour > 0 and roll(world.seed, world.tick, "hazard", card.id) < odds(world, rules, card):
                world, news = strike(world, rules, card, "", 0.0)
                facts.extend(news)
    return world, tuple(facts)


def _home(world: World, target: str) -> str:
    """Return the service that a scheduled target is in by now: a capability may have been split off or merged."""
    home = owner_of(world, target) if find(world, target) is None else None
    return home.id if home else target
