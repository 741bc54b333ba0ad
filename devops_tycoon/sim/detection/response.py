"""Incidents in company mode: they open when noticed, and end when members are served."""

from devops_tycoon.sim.detection.complaints import LATE_MIN
from devops_tycoon.sim.detection.eyes import alert_level, harms
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import ticks
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.faults import Fault
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.watching import AVERAGES, OBJECTIVES
from devops_tycoon.sim.values.world import World

PROBE_S = 120
"""An incident that the outside probe opened is looked into for this long at least."""

_SAYS = {
    "alert": "the monitoring says that members are failed.",
    "probe": "the outside probe cannot do what members do.",
    "complaints": "members complain.",
}


def responded(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """Open, continue or close an incident."""
    tally = world.tally
    told = _told_late(world, rules)
    current = tally.incidents[-1] if tally.incidents and tally.incidents[-1].mitigated == FOREVER else None
    if current is None:
        world, news = _opened(world, rules)
        return world, (*told, *news)
    over = _over(world, rules, current)
    changed = replace(
        current,
        bad=current.bad + (tally.recent[-1][1] if tally.recent else 0),
        mitigated=world.tick if over else FOREVER,
    )
    world = replace(world, tally=replace(tally, incidents=(*tally.incidents[:-1], changed)))
    if not over:
        return world, told
    # The next incident is judged by what comes after this one.
    world = replace(world, watch=replace(world.watch, bad_since=-1, looks=(world.watch.counts,)))
    if alert_level(world, rules) <= AVERAGES:
        return world, told  # nobody can know yet
    minutes = (world.tick - current.detected) * rules.scenario.tick_s // 60
    return world, (
        *told,
        Fact("resolved", f"Incident {current.id} is over after {minutes} min: members are served again."),
    )


def seen_over(world: World, rules: Rules, incident: Incident) -> bool:
    """Say whether the company knows that an incident is over: without current numbers it waits for silence."""
    late = ticks(60 * LATE_MIN, rules) if alert_level(world, rules) <= AVERAGES else 0
    return incident.mitigated + late <= world.tick


def _told_late(world: World, rules: Rules) -> tuple[Fact, ...]:
    if alert_level(world, rules) > AVERAGES:
        return ()
    late = ticks(60 * LATE_MIN, rules)
    return tuple(
        Fact("resolved", f"Incident {incident.id} seems to be over: nothing was heard for {LATE_MIN} minutes.")
        for incident in world.tally.incidents
        if incident.mitigated + late == world.tick
    )


def _opened(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    watch, tally = world.watch, world.tally
    if not watch.signal:
        return world, ()
    known_since = tally.incidents[-1].mitigated if tally.incidents else world.shift_began
    began = watch.bad_since if watch.bad_since >= 0 else world.tick
    fault = _behind(world, rules, began)
    bad = sum(lost for _, lost in tally.recent)
    card = fault.card if fault else tally.suspects[0] if tally.suspects and watch.bad_since >= 0 else ""
    first = max(known_since, min(began, fault.began)) if fault else began
    new = Incident(len(tally.incidents) + 1, card, first, world.tick, FOREVER, bad, watch.signal)
    by_hand = watch.signal == "complaints" or (watch.signal == "alert" and alert_level(world, rules) < OBJECTIVES)
    return replace(
        world,
        tally=replace(tally, incidents=(*tally.incidents, new)),
        watch=replace(watch, pages=watch.pages + by_hand),  # probes and burn-rate alerts have paged already
    ), (Fact("incident", f"Incident {new.id}: {_SAYS[watch.signal]}", bad=True),)


def _behind(world: World, rules: Rules, began: int) -> Fault | None:
    """Return the last fault that began before the incident."""
    able = [f for f in world.faults if harms(rules.failure[f.card]) and f.began <= began]
    return max(able, key=lambda fault: (fault.began, fault.id)) if able else None


def _over(world: World, rules: Rules, current: Incident) -> bool:
    """Say whether members are served again; what the probe cried takes a while to look into, true or not."""
    recent = world.tally.recent
    valid, bad = sum(v for v, _ in recent), sum(b for _, b in recent)
    if world.watch.signal == "alert":
        return False
    if current.how == "probe" and world.tick < current.detected + ticks(PROBE_S, rules):
        return False
    return valid > 0 and bad < rules.balance.alarm_off * valid
