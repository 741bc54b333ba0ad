"""Calls of a level of nodes that go to other pools."""

from dataclasses import dataclass

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, column, indices
from devops_tycoon.lab.vector.timing import Budgets, Timing, budgets_of, timing_of
from devops_tycoon.sim.flow.plan import HANG_S, Plan


@dataclass(frozen=True, slots=True)
class Crossing:
    """Calls of a level of nodes that go to other pools."""

    calls: Index
    callee: Index
    pools: Index
    timed_rows: Index
    timed: Timing
    free_rows: Index
    free: Timing
    way: Array
    error: Array
    gone: Array
    arrives: Array
    hang: Array
    backoff: Array
    trials: tuple[Array, ...]
    """Per attempt after the first: 1 for calls that make it."""
    tried: tuple[Array, ...]
    """The same as masks."""
    optional: Array
    budgets: Budgets
    sheds: bool
    """Some of the pools have a limit."""


def crossing_of(plan: Plan, crossing: list[int], row_of_call: dict[int, int]) -> Crossing:
    """Prepare calls to other pools."""
    calls = [plan.network.calls[e] for e in crossing]
    timed = [i for i, call in enumerate(calls) if call.timeout_s is not None]
    free = [i for i, call in enumerate(calls) if call.timeout_s is None]
    retries = max([call.retries for call in calls], default=0)
    masks = [np.array([call.retries >= q for call in calls]).reshape(-1, 1) for q in range(1, retries + 1)]
    arrives = [(1.0 - call.error) * (1.0 - call.lost) for call in calls]
    return Crossing(
        calls=indices(crossing),
        callee=indices([call.callee for call in calls]),
        pools=indices([plan.network.nodes[call.callee].pool for call in calls]),
        timed_rows=indices(timed),
        timed=timing_of(
            plan,
            [calls[i].callee for i in timed],
            [max(0.0, (calls[i].timeout_s or 0.0) - calls[i].latency_s) for i in timed],
            [row_of_call[crossing[i]] for i in timed],
        ),
        free_rows=indices(free),
        free=timing_of(plan, [calls[i].callee for i in free], [0.0] * len(free), [0] * len(free)),
        way=column(
            [
                call.latency_s if call.timeout_s is None or call.latency_s < call.timeout_s else call.timeout_s
                for call in calls
            ]
        ),
        error=column([call.error for call in calls]),
        gone=column([(1.0 - call.error) * call.lost for call in calls]),
        arrives=column(arrives),
        hang=column([HANG_S if call.timeout_s is None else call.timeout_s for call in calls]),
        backoff=column([call.backoff_s for call in calls]),
        trials=tuple([mask.astype(np.float64) for mask in masks]),
        tried=tuple(masks),
        optional=column([float(not call.required) for call in calls]),
        budgets=budgets_of(plan, crossing),
        sheds=any(plan.network.pools[plan.network.nodes[call.callee].pool].limit is not None for call in calls),
    )
