"""Complaints: the alarm that every company has, and that comes minutes late.

One in twenty failed members writes or calls, and it takes five minutes until it is read and believed [design
values]. Complaints of the last ten minutes that could be read by now are an incident if they are several, and more than
those of a normal day would be at that traffic.
"""

from devops_tycoon.sim.detection.counts import ago, between
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import ticks
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.watching import Counts, Trail
from devops_tycoon.sim.values.world import World

ONE_IN = 20
LATE_MIN = 5
WINDOW_MIN = 10
LEAST = 2_000_000
"""Complaints that are heeded, in millionths."""
KEPT = LATE_MIN + WINDOW_MIN


def read_by_now(world: World, rules: Rules, trail: Trail, minutes: int = WINDOW_MIN) -> tuple[int, int]:
    """Return (complaints, valid requests), in millionths, of that many minutes, without known incidents that are over.

    The trail has the counts at each full minute, this one included.
    """
    far = min(LATE_MIN + minutes, _since_known(world, rules))
    if far <= LATE_MIN or len(trail) <= LATE_MIN:
        return 0, 0
    valid, bad, _ = between(ago(trail, far + 1), ago(trail, LATE_MIN + 1))
    return bad // ONE_IN, valid


def trouble(world: World, rules: Rules, trail: Trail) -> bool:
    """Say whether members complain more than a few always do."""
    complaints, valid = read_by_now(world, rules, trail)
    return complaints >= LEAST and ONE_IN * complaints > rules.balance.alarm_on * valid


def loudest(world: World, rules: Rules, trail: Trail) -> str:
    """Return the title of the journey that most complaints are about."""
    then, now = ago(trail, KEPT + 1), ago(trail, LATE_MIN + 1)
    bad = [between(then, now, number)[1] for number in range(len(world.tally.journeys))]
    return rules.journeys[bad.index(max(bad))].title


def _since_known(world: World, rules: Rules) -> int:
    """Return the minutes since the last incident was over."""
    over = [i.mitigated for i in world.tally.incidents if i.mitigated < FOREVER]
    if not over:
        return KEPT
    return (world.tick - over[-1]) // max(1, ticks(60, rules))


def forgotten(trail: Trail, now: Counts) -> Trail:
    """Return the trail with this minute in it."""
    return (*trail, now)[-(KEPT + 1) :]
