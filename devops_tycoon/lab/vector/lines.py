"""Delay lines of many runs: attempts and outcomes that arrive some ticks later."""

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.tick import Before, Tick


class Delay:
    """Where in lines of a length a delay (in ticks) ends: between two neighbouring ticks."""

    __slots__ = ("_here", "_next", "_part", "_rest")

    def __init__(self, delay: Array, ticks: Index, columns: int) -> None:
        """`delay` is (demands, columns) or a column, `ticks` a column of lengths."""
        short = np.minimum(delay, ticks - 1.0)
        i = short.astype(np.intp)
        self._part = short - i
        self._rest = 1.0 - self._part
        across = np.arange(columns)
        self._here = i * columns + across
        self._next = np.minimum(i + 1, ticks - 1) * columns + across

    def push(self, buffer: Array, begin: Index, count: Array) -> None:
        """Add `count` to the lines of the flat `buffer` that begin at `begin` (a column of places × columns)."""
        count = np.where(count > 0.0, count, 0.0)
        buffer[begin + self._here] += count * self._rest
        buffer[begin + self._next] += count * self._part


def send_again(layout: Layout, before: Before, tick: Tick, buffer: Array) -> None:
    """Put the failed attempts of all calls with retries into the next generation's line."""
    for q, (calls, _) in enumerate(layout.line_rows):
        again = layout.again[q]
        count = tick.generations.take(calls, 0) if q == 0 else before.again[q - 1][calls]
        if len(layout.budgets.rows):
            count = count * tick.grant.take(calls, 0)
        slow = tick.att_slow.take(calls, 0) + tick.att_lost.take(calls, 0)
        later = np.where(again.endless, tick.att_slow.take(calls, 0), slow)
        quick = np.maximum(0.0, tick.att_fail.take(calls, 0) - slow)
        soon, late = count * quick, count * later
        for places, share, amount in (
            (again.soon, again.soon_share, soon),
            (again.soon_next, again.soon_next_share, soon),
            (again.late, again.late_share, late),
            (again.late_next, again.late_next_share, late),
        ):
            buffer[places] += amount * share
