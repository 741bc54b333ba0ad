"""Hours of the day: when people are at work, and when they sleep."""

from devops_tycoon.sim.basis import Rules, World, shift_of
from devops_tycoon.sim.timing.clock import in_shift_s

_MORNING_H, _OFFICE_H, _EVENING_H, _NIGHT_H = 7, 9, 18, 22


def night(world: World, rules: Rules) -> bool:
    """Say whether people sleep."""
    return not _MORNING_H <= _hour(world, rules) < _NIGHT_H


def at_work(world: World, rules: Rules) -> bool:
    """Say whether people sit at their desks."""
    return _OFFICE_H <= _hour(world, rules) < _EVENING_H


def _hour(world: World, rules: Rules) -> int:
    return (shift_of(world, rules).begins_s + in_shift_s(world, rules)) // 3600 % 24
