"""Where protections keep what they remember from tick to tick: one flat tuple, laid out by the plan.

A graph without protections has an empty memory and pays nothing for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BUDGET, BREAKER, THROTTLE, MESSAGES, TRIES, CACHE, QUOTA = range(7)
"""Kinds of memory. An owner is a call, the number of calls + a demand, or (quotas) the number of both + a pool."""

START_TOKENS = 10.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Where everything is: `at[kind][owner]` is the place of its first number."""

    at: tuple[Mapping[int, int], ...]
    start: tuple[float, ...]
    """What a fresh memory holds."""
    layout: tuple[float, ...]
    """Kind, owner, size of each, as in `FlowState.layout`."""


KINDS = 7


def laid_out(parts: Sequence[tuple[int, int, Sequence[float]]]) -> Memory:
    """Return the layout of (kind, owner, first values)."""
    at: list[dict[int, int]] = [{} for _ in range(KINDS)]
    start: list[float] = []
    layout: list[float] = []
    for kind, owner, values in parts:
        at[kind][owner] = len(start)
        start += values
        layout += [float(kind), float(owner), float(len(values))]
    return Memory(tuple(at), tuple(start), tuple(layout))


def moved(old: Sequence[float], layout: Sequence[float], new: Memory, owners: Mapping[int, int]) -> tuple[float, ...]:
    """Return a new memory with what is known from the old one; `owners` maps owners, old to new.

    What has changed its size (a longer window) begins afresh.
    """
    values = list(new.start)
    sizes = {(int(new.layout[i]), int(new.layout[i + 1])): int(new.layout[i + 2]) for i in range(0, len(new.layout), 3)}
    begin = 0
    for i in range(0, len(layout), 3):
        kind, owner, size = int(layout[i]), int(layout[i + 1]), int(layout[i + 2])
        to = owners.get(owner)
        if to is not None and sizes.get((kind, to)) == size:
            place = new.at[kind][to]
            values[place : place + size] = old[begin : begin + size]
        begin += size
    return tuple(values)
