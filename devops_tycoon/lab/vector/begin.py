"""What a vector tick starts from: due attempts, shares of calls that last tick's failures let happen, last tails."""

import numpy as np

from devops_tycoon.lab.vector.batch import BatchState
from devops_tycoon.lab.vector.exact import Array
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.tails import Tails, tails_of
from devops_tycoon.lab.vector.tick import Before
from devops_tycoon.sim.flow.down import MOST


def before_tick(layout: Layout, state: BatchState, rates: Array) -> tuple[Before, Array]:
    """Return what the tick starts from, and the delay lines without what is due now."""
    plan = layout.plan
    network = plan.network
    calls = len(network.calls)
    columns = state.columns
    before = Before()
    before.state = {name: values for name, values in state.values.items() if name not in ("lines", "pot", "clock")}
    buffer = state.values["lines"].copy()
    again: list[Array] = []
    for rows, places in layout.line_rows:
        due = np.zeros((calls, columns))
        due[rows] = buffer[places]
        buffer[places] = 0.0
        again.append(due)
    before.again = tuple(again)
    before.demand = np.zeros((len(plan.target) - calls, columns))
    for d, demand in enumerate(network.demands):
        s = plan.demand_stream[d] - calls
        before.demand[s] = np.where(rates[d] > 0.0, np.minimum(rates[d], MOST) * network.tick_s, 0.0)
        for q in range(demand.retries):
            place = plan.line[calls + d] + q * plan.length[calls + d]
            before.demand[s + 1 + q] = buffer[place]
            buffer[place] = 0.0
    _calls(layout, before, columns)
    _crowds(layout, before, columns)
    ended = state.ended
    before.tails = ended.tails if ended is not None and ended.layout is layout else _tails(layout, before.state)
    return before, buffer


def stretched(stretch: Array, answer: Array, answer_var: Array, hold: Array, hold_var: Array) -> tuple[Array, Array]:
    """Return mean and variance of an answer from the slot on; a brown-out stretches what holds the slot."""
    longer = answer + (stretch - 1.0) * hold
    ragged = answer_var + (stretch * stretch - 1.0) * hold_var
    same = stretch == 1.0
    return np.where(same, answer, longer), np.where(same, answer_var, ragged)


def _tails(layout: Layout, held: dict[str, Array]) -> Tails:
    """Work out how timed requests would end at the start of the tick."""
    timing = layout.timing
    n, p = timing.nodes, timing.pools
    mean, var = held["answer_s"].take(n, 0), held["answer_var_s2"].take(n, 0)
    if timing.stretched:
        mean, var = stretched(timing.stretch, mean, var, held["hold_s"].take(n, 0), held["hold_var_s2"].take(n, 0))
    return tails_of(
        held["waiting"].take(p, 0),
        held["fixed_s"].take(p, 0),
        held["theta_s"].take(p, 0),
        mean,
        var,
        held["branch"].take(n, 0),
        held["branch_s"].take(n, 0),
        held["branch_var_s2"].take(n, 0),
        timing.limit,
    )


def _calls(layout: Layout, before: Before, columns: int) -> None:
    """Work out how many calls are made per visit: serial ones stop at the first failed required one."""
    failing = before.state["failing"]
    before.made = layout.call_made(failing)
    good = np.where((layout.call_required > 0.0) & (failing > 0.0), layout.call_good(failing), 1.0)
    reached = np.ones((len(layout.plan.work), columns))
    passed = np.ones_like(good)
    for nodes, calls in layout.reach_rounds:
        so_far = reached.take(nodes, 0)
        passed[calls] = np.where(layout.call_plain.take(calls, 0) > 0.0, 1.0, so_far)
        reached[nodes] = so_far * good.take(calls, 0)
    before.passed = passed


def _crowds(layout: Layout, before: Before, columns: int) -> None:
    state = before.state
    pools = layout.crowd_pools
    wait = state["waiting"].take(pools, 0) * (state["fixed_s"].take(pools, 0) + state["theta_s"].take(pools, 0))
    answer = state["answer_s"].take(layout.crowd_target, 0)
    held = state["hold_s"].take(layout.crowd_target, 0) * layout.crowd_stretch
    near = 5.0 * (wait.take(layout.crowd_at, 0) + answer) > layout.crowd_limit
    near &= layout.crowd_size * held / layout.crowd_slots + answer > layout.crowd_limit
    before.given_up = np.zeros((len(pools), columns), dtype=bool)
    before.all_out = np.zeros((len(pools), columns))
    np.logical_or.at(before.given_up, layout.crowd_at, near)
    np.maximum.at(before.all_out, layout.crowd_at, state["waiting"].take(layout.crowd_caller, 0))
