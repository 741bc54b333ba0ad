"""Graphs with protections: retry budgets (MODEL F), breakers and bulkheads (H), limits and throttles (K)."""

from dataclasses import replace
from typing import Any

from devops_tycoon.lab.graph import LabBreaker, LabDemand, LabDependency, LabFault, LabGraph, LabService, LabSpike
from tests.lab.graphs import a_storm

BREAKER = LabBreaker()
WEAK = {"capacity_factor": 0.25}


def before_a_store(
    link: dict[str, Any],
    fault: dict[str, Any] | None = None,
    store: dict[str, Any] | None = None,
    rate: float = 100.0,
    demand: tuple[LabDemand, ...] = (),
    slots: int = 4,
) -> LabGraph:
    """A service in front of a store that has `fault` from 60 to 120 of 200 s."""
    return LabGraph(
        (LabService("web", 5, 100), LabService("db", 20, slots, **(store or {}))),
        (LabDependency("web", "db", **link),),
        demand or (LabDemand("web", rate),),
        (LabFault(60, 60, "db", **fault),) if fault else (),
        seconds=200,
        warmup_s=0,
    )


def a_storm_with_a_budget(beta: float) -> LabGraph:
    """MODEL's retry storm with two retries, of which first attempts pay for `beta` each."""
    graph = a_storm(2, None)
    return replace(graph, demand=(replace(graph.demand[0], retry_budget=beta),))


def a_store_with_errors(beta: float | None, retries: int, error: float) -> LabGraph:
    """A service whose store fails a constant share of its answers."""
    return LabGraph(
        (LabService("web", 5, 50), LabService("db", 5, 50)),
        (LabDependency("web", "db", retries=retries, retry_budget=beta),),
        (LabDemand("web", 50),),
        (LabFault(0, 1e9, "db", error_rate=error),),
        seconds=200,
        warmup_s=100,
    )


BUDGETS = {
    "2 retries, a budget of 10 %": a_storm_with_a_budget(0.1),
    "2 retries, a budget of 30 %": a_storm_with_a_budget(0.3),
    "a store with 20 % errors, one retry, a budget of 10 %": a_store_with_errors(0.1, 1, 0.2),
}
BREAKERS = {
    "a breaker before errors": before_a_store({"breaker": BREAKER}, {"error_rate": 0.8}),
    "a breaker before a slow store": before_a_store({"breaker": BREAKER, "timeout_ms": 500}, WEAK),
    "a breaker with retries": before_a_store({"breaker": BREAKER, "timeout_ms": 500, "retries": 2}, WEAK),
    "a breaker before latency": before_a_store(
        {"breaker": BREAKER, "timeout_ms": 300}, {"add_latency_ms": 600.0}, rate=60
    ),
    "a nervous breaker": before_a_store(
        {"breaker": LabBreaker(threshold=0.2, open_s=3, probes=3)}, {"error_rate": 0.3}
    ),
}
BULKHEADS = {
    "a bulkhead before a weak store": before_a_store({"bulkhead": 20, "timeout_ms": 2000}, WEAK),
    "a bulkhead before a hanging store": before_a_store(
        {"bulkhead": 20, "timeout_ms": 1000}, {"add_latency_ms": 5000.0}, rate=60, slots=400
    ),
    "a bulkhead too small": before_a_store({"bulkhead": 3}, slots=40),
}
SHEDDING = {
    "a limit under too much load": before_a_store(
        {}, None, {"limit": 20.0}, demand=(LabDemand("web", 260, timeout_ms=1000, retries=1),)
    ),
    "a limit in a spike": before_a_store(
        {"timeout_ms": 500, "retries": 1},
        None,
        {"limit": 12.0},
        demand=(LabDemand("web", 150, (LabSpike(60, 30, 400),), timeout_ms=2000),),
    ),
    "a throttle before a weak store": before_a_store({}, WEAK, {"queue": 10, "throttle": True}, rate=150),
    "a throttle with timeouts and retries": before_a_store(
        {"timeout_ms": 400, "retries": 1}, WEAK, {"queue": 15, "throttle": True}
    ),
    "important before unimportant": before_a_store(
        {}, None, {"limit": 15.0}, demand=(LabDemand("web", 150), LabDemand("db", 150, priority=2))
    ),
}
PROTECTED = BREAKERS | BULKHEADS | SHEDDING
NEAR_THE_TIMEOUT = {
    f"a limit of {limit:g}{more}, a timeout of {timeout_ms / 1000:g} s": before_a_store(
        {"timeout_ms": timeout_ms, "retries": 1}, WEAK, {"limit": limit, "throttle": bool(more)}
    )
    for limit, timeout_ms in ((15.0, 400), (15.0, 1000), (25.0, 1000))
    for more in ("", " and a throttle")
}
"""How long a request waits where the limit begins is about how long its caller does: a little decides much."""
