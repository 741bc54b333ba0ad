"""Delay lines of many runs: attempts and outcomes that arrive some ticks later."""

import numpy as np

from devops_tycoon.lab.vector.exact import Array
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.tick import Before, Tick


def push(buffer: Array, at: int, ticks: int, delay: Array, count: Array) -> None:
    """Add each run's `count` to its line after its `delay` in ticks, split between the two neighbouring ones."""
    columns = np.arange(buffer.shape[1])
    count = np.where(count > 0.0, count, 0.0)
    short = np.minimum(delay, ticks - 1.0)
    i = short.astype(np.intp)
    part = short - i
    buffer[at + i, columns] += count * (1.0 - part)
    buffer[at + np.minimum(i + 1, ticks - 1), columns] += count * part


def send_again(layout: Layout, before: Before, tick: Tick, buffer: Array) -> None:
    """Put the failed attempts of all calls with retries into the next generation's line."""
    for q, (calls, _) in enumerate(layout.line_rows):
        again = layout.again[q]
        count = tick.generations[calls] if q == 0 else before.again[q - 1][calls]
        slow = tick.att_slow[calls] + tick.att_lost[calls]
        later = np.where(again.endless, tick.att_slow[calls], slow)
        quick = np.maximum(0.0, tick.att_fail[calls] - slow)
        soon, late = count * quick, count * later
        for places, share, amount in (
            (again.soon, again.soon_share, soon),
            (again.soon_next, again.soon_next_share, soon),
            (again.late, again.late_share, late),
            (again.late_next, again.late_next_share, late),
        ):
            buffer[places] += amount * share
