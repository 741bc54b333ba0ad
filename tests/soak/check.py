"""What must hold after every tick, whatever was asked for: the laws that the soak looks after."""

from dataclasses import fields
from math import fsum, isfinite

from devops_tycoon.sim.flow import FlowState, Network, Reading
from devops_tycoon.sim.flow.plan import Plan, plan_of
from devops_tycoon.sim.flow.plan_numbers import whole_slots

NEAR = 1e-9
"""Sums may differ by this share of the numbers in them."""

SHARES = (
    "waiting", "failing", "branch", "utilisation", "wait_probability", "fail", "degraded", "attempt_fail",
    "quick_fail", "demand_quick_fail", "grant", "passing",
)  # fmt: skip
"""Probabilities: at most 1."""

DIFFERENCES = ("branch_var_s2",)
"""May be negative: what a branch adds to a variance can be less than nothing."""

CAUSES = (
    "overload", "down", "node_errors", "lost_calls", "call_errors", "slow_calls", "shedding", "open_calls",
    "full_bulkheads", "stale_calls", "slow_entries",
)  # fmt: skip

TURNED = ("rejected", "refused", "shed")


class BrokenLawError(AssertionError):
    """A law does not hold; the message says which, where and by how much."""


def check_numbers(value: FlowState | Reading) -> None:
    """Every number is finite and not negative; probabilities are at most 1."""
    for field in fields(value):
        numbers = getattr(value, field.name)
        if not isinstance(numbers, tuple):
            numbers = (numbers,)
        low, high = min(numbers, default=0.0), max(numbers, default=0.0)
        if not all(map(isfinite, numbers)):
            wrong = "not finite"
        elif low < 0.0 and field.name not in DIFFERENCES:
            wrong = "negative"
        elif high > 1.0 and field.name in SHARES:
            wrong = "over 1"
        else:
            continue
        raise BrokenLawError(f"{type(value).__name__}.{field.name} is {wrong}: {low!r} to {high!r}")


def check_inside(network: Network, state: FlowState, most: float) -> None:
    """A pool's requests are those of its streams, as far as can be told beside the most that ever came at once."""
    plan = plan_of(network)
    for p, level in enumerate(state.level):
        there = 0.0
        for s in plan.entering[p]:
            there += state.inside[s]
        _same(f"requests in pool {network.pools[p].id} and of its streams", level, there, most)


def check_pools(before: dict[str, float], network: Network, after: FlowState, reading: Reading) -> None:
    """What came in was served, turned away or is still there; `before` has each pool's requests by its id."""
    for p, pool in enumerate(network.pools):
        if pool.id not in before:
            continue
        was, arrived, level = before[pool.id], reading.arrivals[p], after.level[p]
        went = reading.served[p]
        for name in TURNED:
            went += getattr(reading, name)[p]
        _same(f"came to and went from pool {pool.id}", was + arrived, level + went, was + arrived)
        _check_room(network, p, was, level, reading)


def _check_room(network: Network, p: int, was: float, level: float, reading: Reading) -> None:
    """A queue holds no more than it has places for, workers do no more than they can, and doors close for a reason."""
    pool = network.pools[p]
    slots = whole_slots(pool.slots)
    if pool.queue is not None and level > max(was, slots + pool.queue) * (1.0 + NEAR):
        raise BrokenLawError(
            f"{level!r} requests in pool {pool.id} with {slots} slots and {pool.queue} places; it had {was!r}"
        )
    work = reading.served[p] * reading.hold_s[p]
    least = NEAR * (was + reading.arrivals[p]) * reading.hold_s[p]  # served is a difference of these
    if work > slots * network.tick_s * (1.0 + NEAR) + least:
        raise BrokenLawError(f"pool {pool.id} worked {work!r} s in {network.tick_s} s with {slots} slots")
    for name, able in zip(
        TURNED, (pool.queue is not None, pool.down, pool.limit is not None or pool.quota is not None), strict=True
    ):
        if getattr(reading, name)[p] > 0.0 and not able:
            raise BrokenLawError(f"pool {pool.id} has {name} {getattr(reading, name)[p]!r} for no reason: {pool!r}")


def check_users(network: Network, reading: Reading) -> None:
    """Every answer is good or bad, and every bad one has one cause."""
    bad = 0.0
    for d, demand in enumerate(network.demands):
        valid, good = reading.valid[d], reading.good[d]
        bad += reading.bad[d]
        _same(f"valid and good + bad of {demand.id}", valid, good + reading.bad[d], valid)
        for name, part, all_ in (
            ("good", good, valid),
            ("degraded", reading.good_degraded[d], good),
            ("late", reading.late[d], reading.bad[d]),
        ):
            if part > all_ * (1.0 + NEAR):
                raise BrokenLawError(f"{name} of {demand.id} is {part!r}, more than the {all_!r} it is part of")
    blamed = 0.0
    for name in CAUSES:
        for amount in getattr(reading, name):
            blamed += amount
    _same("bad requests and their causes", bad, blamed, bad)


def on_the_way(network: Network, state: FlowState) -> list[float]:
    """Return, per demand, the requests whose fate the users have yet to learn."""
    plan = plan_of(network)
    return [_on_the_way(plan, state, d) for d in range(len(network.demands))]


def _on_the_way(plan: Plan, state: FlowState, d: int) -> float:
    demand = plan.network.demands[d]
    entry = len(plan.network.calls) + d
    total = fsum(state.lines[plan.line[entry] : plan.line[entry] + plan.line_count[entry] * plan.length[entry]])
    if demand.timeout_s is None:  # whoever waits for ever is on the way until the entry answers
        for s in range(plan.demand_stream[d], plan.demand_stream[d] + demand.retries + 1):
            total += state.inside[s]
    return total


def check_requests(network: Network, before: list[float], new: list[float], after: FlowState, reading: Reading) -> None:
    """No user's request is lost or made up: new ones are answered, or on the way."""
    now = on_the_way(network, after)
    for d, demand in enumerate(network.demands):
        _same(
            f"requests of {demand.id}, new and on the way, and answered and on the way",
            before[d] + new[d],
            reading.valid[d] + now[d],
            before[d] + new[d],
        )


def _same(what: str, one: float, other: float, scale: float) -> None:
    if abs(one - other) > NEAR * max(scale, 1e-6):
        raise BrokenLawError(f"{what}: {one!r} and {other!r}, apart by {one - other!r}")
