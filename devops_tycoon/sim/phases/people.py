"""Responders tire with pages and long incidents, and rest without; out of hours one has to be reached first."""

from devops_tycoon.sim.basis import FOREVER, Fact, News, Rules, World, dial, replace, ticks
from devops_tycoon.sim.operations.measures import open_incident, recently
from devops_tycoon.sim.people.hours import at_work, night
from devops_tycoon.sim.people.team import ROTATION, on_call_rotation, tired
from devops_tycoon.sim.timing.clock import in_shift_s
from devops_tycoon.sim.values.tally import Incident

REACH_S = 1800.0
"""Time to reach a responder out of hours without an on-call rotation [design value, research 4.5]."""
STILL_UP_S = 3600.0
"""So long after an incident nobody has to be woken for the next."""
AGAIN_S = 300.0
"""An unacknowledged incident pages again this often."""
PAGE = 40_000
"""Parts per million of fatigue that a page costs each of four who share the pager [design value]."""
_MOST_SHARED = 0.5
"""And however many share it, a page costs each at least this part of that."""
_OPEN = 250
"""What a minute of an open incident costs."""
_BUSY = 350
"""Fatigue of a minute with all responders busy."""
_QUIET = 150
"""What a quiet minute of the day gives back."""


def people(world: World, rules: Rules) -> News:
    """Wake who has to be woken, and count what pages, incidents and quiet hours do to the team."""
    incident = open_incident(world)
    facts: tuple[Fact, ...] = ()
    tick_s = rules.scenario.tick_s
    sent = world.watch.pages
    pages = sent - world.team.paged if sent >= world.team.paged else sent  # each shift counts from zero
    if incident is not None:
        since = (world.tick - incident.detected) * tick_s
        if since == 0:
            world, facts = _woken(world, rules, incident)
        if since % AGAIN_S < tick_s and (since < tick_s or incident.acknowledged == FOREVER):
            pages = max(1, pages)
    fatigue = pages * PAGE * max(_MOST_SHARED, ROTATION / on_call_rotation(world))
    if in_shift_s(world, rules) % 60 < tick_s:
        busy = sum(until > world.tick for until in world.busy) / max(1, len(world.busy))
        fatigue += (_OPEN if incident is not None else 0) + _BUSY * busy
    if fatigue > 0.0:
        fatigue *= dial(world, rules, "fatigue") * (2.0 if night(world, rules) else 1.0)
    elif in_shift_s(world, rules) % 60 < tick_s and not night(world, rules):
        fatigue = float(-_QUIET)
    if fatigue or pages:
        world = replace(world, team=tired(replace(world.team, paged=sent), fatigue))
    return world, facts


def _woken(world: World, rules: Rules, incident: Incident) -> News:
    """Keep responders busy until one has been reached."""
    before = [other for other in world.tally.incidents if other.id != incident.id]
    if at_work(world, rules) or (before and recently(world, rules, before[-1].mitigated, STILL_UP_S)):
        return world, ()
    seconds = REACH_S * dial(world, rules, "reach")
    there = world.tick + ticks(seconds, rules)
    text = f"Out of hours: the on-call engineer is online in {seconds / 60:.0f} min."
    return replace(world, busy=tuple(max(until, there) for until in world.busy)), (Fact("order", text),)
