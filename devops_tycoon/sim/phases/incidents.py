"""Incidents of a lesson: open above one share of failed requests in the last minute, closed below another."""

from devops_tycoon.sim.basis import FOREVER, Fact, News, Rules, World, replace, ticks
from devops_tycoon.sim.values.tally import Incident


def incidents(world: World, rules: Rules) -> News:
    """Compare the last minute's share of bad requests with the two alarm levels. Company mode: `responded`."""
    tally = world.tally
    valid, bad = sum(v for v, _ in tally.recent), sum(b for _, b in tally.recent)
    share = bad / valid if valid else 0.0
    current = tally.incidents[-1] if tally.incidents and tally.incidents[-1].mitigated == FOREVER else None
    if current is None:
        if share <= rules.balance.alarm_on or len(tally.recent) < max(1, ticks(20, rules)):
            return world, ()
        first = min((fault.began for fault in world.faults), default=world.tick)
        fault = tally.suspects[0] if tally.suspects else ""
        new = Incident(len(tally.incidents) + 1, fault, first, world.tick, FOREVER, bad)
        text = f"Incident {new.id}: {share:.0%} of the users of the last minute were failed."
        return replace(world, tally=replace(tally, incidents=(*tally.incidents, new))), (
            Fact("incident", text, bad=True),
        )
    over = share < rules.balance.alarm_off and valid > 0
    changed = replace(
        current,
        bad=current.bad + (tally.recent[-1][1] if tally.recent else 0),
        mitigated=world.tick if over else FOREVER,
    )
    world = replace(world, tally=replace(tally, incidents=(*tally.incidents[:-1], changed)))
    if not over:
        return world, ()
    minutes = (world.tick - current.detected) * rules.scenario.tick_s // 60
    return world, (Fact("resolved", f"Incident {current.id} is over after {minutes} min: users are served again."),)
