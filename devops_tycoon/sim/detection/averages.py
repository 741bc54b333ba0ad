"""Averages of five minutes: what is seen with metrics only. Sums are integers, taken only where they are needed."""

from typing import Any

from devops_tycoon.sim.detection.counts import MICRO
from devops_tycoon.sim.flow.state import Reading
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import ticks
from devops_tycoon.sim.values.watching import Counts, Watch
from devops_tycoon.sim.values.world import World

COLUMNS = (
    "arrivals", "served", "rejected", "refused", "slots", "utilisation", "hold_s",
    "visits", "fail", "mean_s", "valid", "good", "bad", "late", "demand_attempts", "request_s",
)  # fmt: skip
"""What is averaged: use, errors and mean times of services and journeys. No queue, no percentile, no link."""


def window(rules: Rules) -> int:
    """Return the ticks of one average."""
    return max(1, ticks(rules.balance.window_s, rules))


def summed(world: World, rules: Rules) -> Watch:
    """Return the watch with this tick in its sums; a complete window becomes what is seen."""
    watch, now = world.watch, _columns(world.reading)
    fits = [len(column) for column in watch.sums] == [len(column) for column in now]
    sums = tuple(tuple(map(int.__add__, a, b)) for a, b in zip(watch.sums, now, strict=True)) if fits else now
    if (world.tick - world.shift_began + 1) % window(rules):
        return replace(watch, sums=sums)
    return replace(watch, sums=(), averages=sums, known=world.tally.journeys)


def _columns(reading: Reading) -> tuple[Counts, ...]:
    """Return the number of ticks, one, and every column in millionths."""
    return ((1,), *[tuple(round(value * MICRO) for value in getattr(reading, name)) for name in COLUMNS])


def averaged(world: World, blank: Reading) -> Reading | None:
    """Return the last complete averages as a reading, the rest blank; None if there are none of this company yet.

    An average ignores lateness: every answer counts as served.
    """
    if [len(column) for column in world.watch.averages] != [1, *[len(getattr(blank, name)) for name in COLUMNS]]:
        return None
    (count,), *sums = world.watch.averages
    over = MICRO * count
    means = {name: tuple(value / over for value in column) for name, column in zip(COLUMNS, sums, strict=True)}
    late = means.pop("late")
    means["good"] = tuple(a + b for a, b in zip(means["good"], late, strict=True))
    means["bad"] = tuple(max(0.0, a - b) for a, b in zip(means["bad"], late, strict=True))
    return with_columns(blank, means)


def with_columns(reading: Reading, columns: dict[str, tuple[float, ...]]) -> Reading:
    """Return a reading with some columns replaced."""
    values: dict[str, Any] = dict(columns)
    return replace(reading, **values)
