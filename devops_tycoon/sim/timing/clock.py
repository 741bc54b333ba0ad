"""Ticks to the time of day that players read."""

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.shift import Shift
from devops_tycoon.sim.values.world import World

ENDLESS = 10**9
"""The last tick that a recording can have."""


def shift_of(world: World, rules: Rules) -> Shift:
    """Return the shift that is played or planned (the last one when the game is over)."""
    return rules.scenario.shifts[min(world.shift, len(rules.scenario.shifts) - 1)]


def in_shift_s(world: World, rules: Rules) -> int:
    """Return the seconds since the shift began."""
    return max(0, world.tick - world.shift_began) * rules.scenario.tick_s


def time_of_day(world: World, rules: Rules) -> str:
    """Return the time of day as `17:42:10`."""
    seconds = (shift_of(world, rules).begins_s + in_shift_s(world, rules)) % 86_400
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def ticks(seconds: float, rules: Rules) -> int:
    """Return how many ticks last at least that long."""
    whole = int(seconds // rules.scenario.tick_s)
    return whole + (whole * rules.scenario.tick_s < seconds)


def last_tick(rules: Rules) -> int:
    """Return the tick at which the last shift ends, in a campaign that of the last act; a sandbox has no end."""
    if rules.scenario.kind == "sandbox":
        return ENDLESS
    whole = sum(shift.ticks for shift in rules.scenario.shifts)
    return whole + (last_tick(rules.next) if rules.next else 0)
