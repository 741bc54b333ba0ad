"""The graphs that claims are made about, beyond those of `tests/lab/graphs.py`."""

from dataclasses import replace
from random import Random

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService, LabSpike

RANDOM_GRAPHS = tuple(range(1, 11))
"""Seeds of the acyclic graphs of ten services."""
RANDOM_STORMS = tuple(range(1, 17))
"""Seeds of the retry storms that are big enough to be clear."""
DRAWN_STORMS = tuple(range(1, 61))
"""Seeds of the retry storms of any size, edge or not; the last twelve all have retries and a long queue."""
QUEUES = (None, 5, 10, 20, 50, 100, 200, 500)
LONG_QUEUES = (None, 100, 200, 500)


def a_tree(rate: float, seconds: float = 700.0) -> LabGraph:
    """A shop of five services with optional, fractional, serial and retried calls; 134 a second fit."""
    return LabGraph(
        (
            LabService("web", 5, 40),
            LabService("catalog", 20, 4),
            LabService("cart", 10, 8),
            LabService("redis", 2, 4),
            LabService("ads", 30, 6),
        ),
        (
            LabDependency("web", "catalog", 1.5),
            LabDependency("web", "cart", 0.4, timeout_ms=500, retries=1),
            LabDependency("web", "ads", required=False, timeout_ms=200),
            LabDependency("cart", "redis", 2.0, parallel=False),
        ),
        (LabDemand("web", rate, timeout_ms=2000),),
        seconds=seconds,
        warmup_s=60,
    )


def an_incident(fault: LabFault, rate: float = 60.0) -> LabGraph:
    """The shop with a fault for 60 of 240 s."""
    return replace(a_tree(rate, seconds=240.0), faults=(fault,), warmup_s=0.0)


def a_station_in_trouble(retries: int, queue: int | None, factor: float) -> LabGraph:
    """Ten slots that lose a part of themselves for a minute."""
    return LabGraph(
        (LabService("a", 100, 10, queue=queue),),
        (),
        (LabDemand("a", 60, timeout_ms=2000, retries=retries),),
        (LabFault(60, 60, "a", capacity_factor=factor),),
        seconds=240,
        warmup_s=0,
    )


def workers_before_disks(spike: float | None, tick_s: float = 1.0) -> LabGraph:
    """24 workers and 200 places in front of 4 disks that three calls a request keep busy; 172 a second fit."""
    return LabGraph(
        services=(
            LabService("web", service_time_ms=45, replicas=3, concurrency=8, queue=200),
            LabService("db", service_time_ms=8, replicas=4),
        ),
        dependencies=(LabDependency("web", "db", calls=3, parallel=False),),
        demand=(
            LabDemand(
                "web",
                rate=180.0 if spike is None else 120.0,
                timeout_ms=8000,
                retries=1,
                spikes=() if spike is None else (LabSpike(at=300, lasts=200, rate=spike),),
            ),
        ),
        seconds=900,
        warmup_s=100,
        tick_s=tick_s,
    )


def a_random_graph(seed: int, fewest_slots: int = 3) -> LabGraph:
    """Ten services without circles: parallel and serial, required and optional, held and not, some with timeouts.

    Work and slots are such that every pool is planned to be 50 to 80 % busy, with `fewest_slots` at least.
    """
    dice = Random(f"graph {seed}")
    size, rate = 10, 40.0
    edges: list[LabDependency] = []
    holds = [dice.random() < 0.75 for _ in range(size)]
    for callee in range(1, size):
        for caller in dice.sample(range(callee), min(callee, dice.choice((1, 1, 1, 2)))):
            patience = dice.choice((None, None, 1500.0))
            edges.append(
                LabDependency(
                    f"s{caller}",
                    f"s{callee}",
                    calls=dice.choice((1.0, 1.0, 1.0, 0.5, 1.5, 2.0)),
                    required=dice.random() < 0.8,
                    timeout_ms=patience,
                    retries=0 if patience is None else dice.choice((0, 1)),
                    hold=holds[caller],
                    parallel=dice.random() < 0.6,
                )
            )
    planned = [dice.uniform(0.50, 0.80) for _ in range(size)]
    visits = [1.0] + [0.0] * (size - 1)
    for i in range(size):
        for edge in edges:
            if edge.caller == f"s{i}":
                visits[int(edge.callee[1:])] += visits[i] * edge.calls
    callers = {edge.caller for edge in edges}
    work_ms = [
        dice.choice((2.0, 5.0, 10.0))
        if f"s{i}" in callers
        else round(min(60.0, 1000.0 * planned[i] * (fewest_slots + dice.choice((0, 1, 3))) / (rate * visits[i])), 1)
        for i in range(size)
    ]
    answer = list(work_ms)
    for i in reversed(range(size)):
        together = 0.0
        for edge in edges:
            if edge.caller == f"s{i}":
                cost = 1.3 * edge.calls * answer[int(edge.callee[1:])]
                if edge.parallel:
                    together = max(together, cost)
                else:
                    answer[i] += cost
        answer[i] += together
    held = [answer[i] if holds[i] else work_ms[i] for i in range(size)]
    return LabGraph(
        tuple(
            LabService(
                f"s{i}",
                work_ms[i],
                concurrency=max(fewest_slots, int(rate * visits[i] * held[i] / 1000.0 / planned[i]) + 1),
            )
            for i in range(size)
        ),
        tuple(edges),
        (LabDemand("s0", rate, timeout_ms=5000),),
        seconds=340,
        warmup_s=40,
    )


def a_random_incident(seed: int) -> LabGraph:
    """A random graph of which one service fails 5 to 60 % of its answers for 60 of 200 s."""
    dice = Random(f"incident {seed}")
    sick = f"s{dice.randrange(1, 10)}"
    fault = LabFault(70, 60, sick, error_rate=round(dice.uniform(0.05, 0.6), 2))
    return replace(a_random_graph(seed), faults=(fault,), seconds=200, warmup_s=0)


def a_random_storm(seed: int) -> LabGraph:
    """A pool with retrying, impatient users and a spike, with an endless queue or one of any length."""
    dice = Random(f"storm {seed}")
    slots = dice.choice((4, 10, 20, 30))
    work_ms = dice.choice((50.0, 100.0, 200.0))
    fits = slots * 1000.0 / work_ms
    return LabGraph(
        (LabService("a", work_ms, slots, queue=dice.choice((None, None, int(fits * dice.uniform(0.1, 4.0))))),),
        (),
        (
            LabDemand(
                "a",
                fits * dice.uniform(0.4, 0.85),
                (LabSpike(60, dice.choice((10.0, 20.0, 40.0)), fits * dice.uniform(1.1, 2.0)),),
                timeout_ms=work_ms * dice.choice((5.0, 10.0, 20.0)),
                retries=dice.choice((0, 1, 2, 3)),
            ),
        ),
        seconds=400,
        warmup_s=0,
    )


def a_drawn_storm(seed: int) -> LabGraph:
    """A small or middling pool in a retry storm, with an endless queue or one of 5 to 500 places."""
    dice = Random(f"drawn storm {seed}")
    hard = seed > 48
    slots = dice.randint(3, 25)
    work_ms = float(dice.choice((50, 100, 150, 200, 300)))
    while slots * 1000.0 / work_ms > 125.0:
        slots -= 1
    fits = slots * 1000.0 / work_ms
    base = round(fits * dice.uniform(0.45, 0.9), 1)
    spike = LabSpike(60, dice.choice((5.0, 10.0, 20.0, 40.0)), round(fits * dice.uniform(1.05, 2.5), 1))
    return LabGraph(
        (LabService("a", work_ms, slots, queue=dice.choice(LONG_QUEUES if hard else QUEUES)),),
        (),
        (
            LabDemand(
                "a", base, (spike,), timeout_ms=round(work_ms * dice.uniform(4.0, 25.0)), retries=dice.randint(hard, 3)
            ),
        ),
        seconds=300,
        warmup_s=0,
    )
