"""Who tries again and when: users of one kind, and calls of one generation."""

from dataclasses import dataclass

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, column, indices
from devops_tycoon.lab.vector.timing import Budgets, Timing, budgets_of, timing_of
from devops_tycoon.sim.flow.plan import Plan


@dataclass(frozen=True, slots=True)
class Again:
    """Where one generation's failures go: those known at once and those known after the timeout."""

    soon: Index
    soon_share: Array
    soon_next: Index
    soon_next_share: Array
    late: Index
    late_share: Array
    late_next: Index
    late_next_share: Array
    endless: Array
    """True for calls without a timeout: a lost attempt is never tried again."""


@dataclass(frozen=True, slots=True)
class Users:
    """Demands of one kind: the same number of retries, with or without patience and threshold."""

    demands: Index
    timing: Timing
    endless: bool
    """Nobody gives up."""
    late: Timing | None
    retries: int
    trials: tuple[Array, ...]
    streams: Index
    """Their first attempts."""
    begin: Index
    """Their first lines, as a column like `ticks` and `pause`."""
    ticks: Index
    pause: Array
    budgets: Budgets


def users_of(plan: Plan, entry_rows: list[int | None], late_rows: list[int | None]) -> tuple[Users, ...]:
    """Sort the demands by kind."""
    demands = plan.network.demands
    kinds: dict[tuple[bool, bool, int, bool], list[int]] = {}
    for d, demand in enumerate(demands):
        kind = entry_rows[d] is None, late_rows[d] is None, demand.retries, demand.budget is None
        kinds.setdefault(kind, []).append(d)
    found: list[Users] = []
    for (endless, never_late, retries, _), members in kinds.items():
        own = [demands[d] for d in members]
        entries = [len(plan.network.calls) + d for d in members]
        found.append(
            Users(
                demands=indices(members),
                timing=timing_of(
                    plan,
                    [x.entry for x in own],
                    [x.timeout_s or 0.0 for x in own],
                    [entry_rows[d] or 0 for d in members],
                ),
                endless=endless,
                late=None
                if never_late
                else timing_of(
                    plan,
                    [x.entry for x in own],
                    [x.threshold_s or 0.0 for x in own],
                    [late_rows[d] or 0 for d in members],
                ),
                retries=retries,
                trials=tuple([column([1.0] * len(members))] * retries),
                streams=indices([plan.demand_stream[d] for d in members]),
                begin=indices([plan.line[entry] for entry in entries]).reshape(-1, 1),
                ticks=indices([plan.length[entry] for entry in entries]).reshape(-1, 1),
                pause=column([x.backoff_s for x in own]),
                budgets=budgets_of(plan, entries),
            )
        )
    return tuple(found)


def again_of(plan: Plan, rows: Index, begin: Index) -> Again:
    """Return where a generation of failures goes."""
    calls, dt = [plan.network.calls[e] for e in rows], plan.network.tick_s
    ticks = indices([plan.length[e] for e in rows])
    soon = np.array([max(1.0, call.backoff_s / dt) for call in calls])
    late = np.array([max(1.0, ((call.timeout_s or 0.0) + call.backoff_s) / dt) for call in calls])
    return Again(
        *_places(begin, ticks, soon),
        *_places(begin, ticks, late),
        np.array([call.timeout_s is None for call in calls]).reshape(-1, 1),
    )


def _places(begin: Index, ticks: Index, delay: Array) -> tuple[Index, Array, Index, Array]:
    """Return where fixed delays end in their lines: place, share and those of the next place."""
    short = np.minimum(delay, ticks - 1.0)
    i = short.astype(np.intp)
    part = short - i
    following = np.minimum(i + 1, ticks - 1)
    return begin + i, (1.0 - part)[:, None], begin + following, part[:, None]
