"""One tick of many runs of a network, or of one run of a large network: `sim/flow/kernel.py` for arrays."""

from collections.abc import Sequence

import numpy as np

from devops_tycoon.lab.vector.batch import BatchReading, BatchState, Ended
from devops_tycoon.lab.vector.begin import before_tick, stretched
from devops_tycoon.lab.vector.blame import causes
from devops_tycoon.lab.vector.down import send_down
from devops_tycoon.lab.vector.exact import Array, Index
from devops_tycoon.lab.vector.layout import Layout, layout_of
from devops_tycoon.lab.vector.lines import send_again
from devops_tycoon.lab.vector.settle import settled
from devops_tycoon.lab.vector.tick import Tick
from devops_tycoon.lab.vector.up import send_up
from devops_tycoon.lab.vector.users import Outcomes, ask_users
from devops_tycoon.sim.flow.blame import cause_count
from devops_tycoon.sim.flow.budget import CAP
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.plan import plan_of
from devops_tycoon.sim.flow.shapes import refit

Rates = Sequence[Sequence[float]]


def advance_batch(network: Network, states: BatchState, rates: Rates) -> tuple[BatchState, BatchReading]:
    """Return states and readings after one tick: per column the same bits as `sim.flow.advance`.

    `rates` has one tuple of the demands' new requests per second for each column. Raises ValueError for a network
    that uses what this kernel does not know (see `unsupported`): use the plain kernel then.
    """
    if len(rates) != states.columns or any(len(each) != len(network.demands) for each in rates):
        raise ValueError(
            f"rates for {len(rates)} columns; give {states.columns} columns {len(network.demands)} rates each"
        )
    plan = plan_of(network)
    layout = layout_of(plan)
    if layout.missing is not None:
        raise ValueError(
            f"the vector kernel does not know {layout.missing}; advance this network with sim.flow.advance"
        )
    fits = states.shape == plan.shape and states.layout == plan.memory.layout
    if not fits or len(states.values["pot"]) != cause_count(plan):
        states = BatchState.of([refit(plan, states.column(i)) for i in range(states.columns)])
    with np.errstate(all="ignore"):
        return _advanced(layout, states, np.array(rates, dtype=np.float64).T)


def _advanced(layout: Layout, states: BatchState, rates: Array) -> tuple[BatchState, BatchReading]:
    before, buffer = before_tick(layout, states, rates)

    def run(hold: Array, columns: Index | None) -> Tick:
        start = before if columns is None else before.narrowed(columns)
        tick = Tick(layout, start, hold)
        send_down(layout, start, tick)
        send_up(layout, start, tick)
        return tick

    tick = settled(layout, states.values["hold_s"], run)
    outcomes = ask_users(layout, before, tick, buffer)
    send_again(layout, before, tick, buffer)
    pot, noticed = _ledger(layout, states, tick, outcomes)
    return _state(layout, states, tick, buffer, pot), _reading(layout, states, tick, outcomes, noticed)


def _ledger(layout: Layout, states: BatchState, tick: Tick, out: Outcomes) -> tuple[Array, Array]:
    """Return the new pot and the causes of what users noticed in this tick."""
    new, found = causes(layout, layout.walk, tick, out)
    pot = states.values["pot"] + new
    total = np.add.accumulate(pot, axis=0)[-1]  # one after another, as the plain kernel adds
    noticed = np.zeros_like(total)
    for amount in out.noticed:
        noticed = noticed + amount
    share = noticed / total
    some = (noticed > 0.0) & (total > 0.0)
    alone = (noticed > 0.0) & ~(total > 0.0)
    found = np.where(some, found + pot * share, found)
    pot = np.where(some, np.where(share < 1.0, pot * (1.0 - share), 0.0), pot)
    if alone.any():
        found[-len(out.noticed)] += np.where(alone, noticed, 0.0)
    return pot, found


def _clean(values: dict[str, Array]) -> dict[str, Array]:
    """Return the values without −0.0, all in one block; raise ArithmeticError if one is not finite."""
    block = np.concatenate(list(values.values()))
    block += 0.0
    if not np.isfinite(block).all():
        raise ArithmeticError("the flow model produced a number that is not finite; please report the network")
    clean: dict[str, Array] = {}
    begin = 0
    for name, array in values.items():
        clean[name] = block[begin : begin + len(array)]
        begin += len(array)
    return clean


def _state(layout: Layout, states: BatchState, tick: Tick, buffer: Array, pot: Array) -> BatchState:
    lines = np.zeros_like(buffer)
    lines[:-1] = buffer[1:]  # the first place of each line is empty by now: all lines move on at once
    values = {
        "level": tick.level,
        "variance": tick.variance,
        "waiting": tick.waiting,
        "fixed_s": tick.fixed,
        "theta_s": tick.theta,
        "inside": tick.inside,
        "hold_s": tick.hold,
        "hold_var_s2": tick.hold_var,
        "answer_s": tick.answer,
        "answer_var_s2": tick.answer_var,
        "branch": tick.branch,
        "branch_s": tick.branch_s,
        "branch_var_s2": tick.branch_var,
        "failing": tick.failing,
        "first": tick.first,
        "pot": pot,
        "clock": states.values["clock"] + 1.0,
    }
    clean = _clean(values)
    clean["lines"] = lines
    clean["memory"] = _spent(layout, states, tick)
    # settling has the last word on holding times, which only a brown-out's answers depend on
    ended = None if layout.timing.stretched else Ended(layout, tick.tails.complete())
    return BatchState(clean, layout.plan.shape, states.layout, ended)


def _spent(layout: Layout, states: BatchState, tick: Tick) -> Array:
    """Return the memory with the tokens of retry budgets that are left."""
    memory = states.values["memory"]
    of = layout.budgets
    if not len(of.rows):
        return memory
    entries = of.entries
    tokens = (
        memory[of.places]
        + of.beta * tick.paid.take(entries, 0)
        - tick.wanted.take(entries, 0) * tick.grant.take(entries, 0)
    )
    memory = memory.copy()
    memory[of.places] = np.minimum(CAP, np.maximum(0.0, tokens))
    return memory


def _reading(layout: Layout, states: BatchState, tick: Tick, out: Outcomes, found: Array) -> BatchReading:
    plan = layout.plan
    network = plan.network
    dt = network.tick_s
    columns = states.columns
    pools, nodes, calls = len(plan.slots), len(plan.work), len(network.calls)
    c = layout.slots
    busy = np.where(
        c > 0.0,
        np.minimum(1.0, tick.served * tick.pool_hold / (c * dt)),
        np.where(tick.level > 0.0, 1.0, 0.0),
    )
    wait = tick.waiting * (tick.fixed + tick.theta)
    rest, _ = stretched(layout.stretch, tick.answer, tick.answer, tick.hold, tick.hold)
    attempts = tick.attempts[:calls]
    known = tick.att_slow + tick.att_lost + tick.bounced + tick.att_error
    ones = np.ones((calls + len(network.demands), columns))
    no_calls = np.zeros((calls, columns))
    at = np.cumsum([pools, pools, nodes, calls, calls, calls, pools, calls, calls])
    parts = np.split(found, at)
    values = {
        "arrivals": tick.arrivals,
        "served": tick.served,
        "rejected": tick.rejected,
        "refused": tick.refused,
        "shed": tick.shed_count,
        "in_system": tick.level,
        "slots": np.repeat(layout.slots_in_effect, columns, axis=1),
        "utilisation": busy,
        "wait_probability": tick.waiting,
        "wait_fixed_s": tick.fixed,
        "wait_theta_s": tick.theta,
        "wait_s": wait,
        "hold_s": tick.pool_hold,
        "hold_var_s2": tick.pool_hold_var,
        "visits": tick.visits,
        "fail": tick.fail,
        "degraded": tick.degraded,
        "mean_s": wait.take(layout.pool_of, 0) + rest,
        "attempts": attempts,
        "timeouts": attempts * (tick.att_slow + tick.att_lost),
        "call_rejected": attempts * tick.bounced,
        "errors": attempts * (tick.att_error + np.maximum(0.0, tick.att_fail - known)),
        "call_mean_s": tick.attempt_mean,
        "attempt_fail": tick.att_fail,
        "quick_fail": tick.quick_fail,
        "valid": out.good + out.bad,
        "good": out.good,
        "good_degraded": out.degraded,
        "bad": out.bad,
        "late": out.late,
        "demand_attempts": out.attempts,
        "request_s": out.mean,
        "request_var_s2": out.var,
        "demand_quick_fail": out.quick_fail,
        "dead_letters": no_calls,
        "stale_calls": no_calls,
        "hit": no_calls,
        "joined": no_calls,
        "grant": tick.grant,
        "passing": ones,
    }
    names = (
        "overload",
        "down",
        "node_errors",
        "lost_calls",
        "call_errors",
        "slow_calls",
        "shedding",
        "open_calls",
        "full_bulkheads",
        "slow_entries",
    )
    values.update(zip(names, parts, strict=True))
    return BatchReading(_clean(values), states.values["clock"][0].copy())
