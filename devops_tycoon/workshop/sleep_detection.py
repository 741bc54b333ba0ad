"""Clocks: whether the machine slept between two looks at them.

The monotonic clock pauses while a laptop sleeps (Linux, macOS) or runs on (others); the wall clock always runs on, and
can be set. Whatever is seen, the room is paused until the facilitator resumes.
"""

import time
from dataclasses import dataclass

SLEPT_S = 5.0
"""A look that comes so late, or clocks that differ by so much, mean that the machine slept or its clock was set."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What both clocks say."""

    steady_s: float
    wall_s: float


def look() -> Clocks:
    """Return what they say now."""
    return Clocks(time.monotonic(), time.time())


def slept(then: Clocks, now: Clocks, due_s: float) -> bool:
    """Say whether the machine slept between two looks, the second due after so many seconds."""
    steady, wall = now.steady_s - then.steady_s, now.wall_s - then.wall_s
    return steady > due_s + SLEPT_S or abs(wall - steady) > SLEPT_S
