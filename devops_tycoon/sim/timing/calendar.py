"""The calendar behind the ticks: a shift stands for its whole quarter, so its ticks stand for days."""

from math import floor

from devops_tycoon.sim.basis import Rules, World, shift_of
from devops_tycoon.sim.rules.shift import Shift

_DAY_S = 86_400
_WEEK_DAYS = 7


def shift_days(rules: Rules, shift: Shift) -> float:
    """Return the days that a shift stands for; one without weeks before it is only as long as it is."""
    if shift.weeks:
        return float(shift.weeks * _WEEK_DAYS)
    return shift.ticks * rules.scenario.tick_s / _DAY_S


def days_to_ticks(world: World, rules: Rules, days: float) -> int:
    """Return how many ticks of this shift stand for so many days; any time at all is at least one tick."""
    if days <= 0:
        return 0
    shift = shift_of(world, rules)
    return max(1, floor(days * shift.ticks / shift_days(rules, shift) + 0.5))


def day_of(rules: Rules, tick: int) -> float:
    """Return the day of the game's calendar at a tick."""
    day = 0.0
    for shift in rules.scenario.shifts:
        if tick < shift.ticks:
            return day + shift_days(rules, shift) * tick / shift.ticks
        day += shift_days(rules, shift)
        tick -= shift.ticks
    return day
