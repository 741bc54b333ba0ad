"""Breakers, bulkheads, limits and throttles against the referee, which knows them as they are built in practice."""

from typing import Any

import pytest

from devops_tycoon.lab.graph import LabBreaker, LabDemand, LabDependency, LabFault, LabGraph, LabService, LabSpike
from devops_tycoon.lab.run import run
from tests.lab.graphs import availability, rows_of
from tests.referee import Referee


def before_a_store(
    link: dict[str, Any],
    fault: dict[str, Any] | None = None,
    store: dict[str, Any] | None = None,
    rate: float = 100.0,
    demand: tuple[LabDemand, ...] = (),
    slots: int = 4,
) -> LabGraph:
    return LabGraph(
        (LabService("web", 5, 100), LabService("db", 20, slots, **(store or {}))),
        (LabDependency("web", "db", **link),),
        demand or (LabDemand("web", rate),),
        (LabFault(60, 60, "db", **fault),) if fault else (),
        seconds=200,
        warmup_s=0,
    )


BREAKER = LabBreaker()
WEAK = {"capacity_factor": 0.25}
CASES = {
    "a breaker before errors": before_a_store({"breaker": BREAKER}, {"error_rate": 0.8}),
    "a breaker before a slow store": before_a_store({"breaker": BREAKER, "timeout_ms": 500}, WEAK),
    "a breaker with retries": before_a_store({"breaker": BREAKER, "timeout_ms": 500, "retries": 2}, WEAK),
    "a breaker before latency": before_a_store(
        {"breaker": BREAKER, "timeout_ms": 300}, {"add_latency_ms": 600.0}, rate=60
    ),
    "a nervous breaker": before_a_store(
        {"breaker": LabBreaker(threshold=0.2, open_s=3, probes=3)}, {"error_rate": 0.3}
    ),
    "a bulkhead before a weak store": before_a_store({"bulkhead": 20, "timeout_ms": 2000}, WEAK),
    "a bulkhead before a hanging store": before_a_store(
        {"bulkhead": 20, "timeout_ms": 1000}, {"add_latency_ms": 5000.0}, rate=60, slots=400
    ),
    "a bulkhead too small": before_a_store({"bulkhead": 3}, slots=40),
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
    "important before unimportant": before_a_store(
        {}, None, {"limit": 15.0}, demand=(LabDemand("web", 150), LabDemand("db", 150, priority=2))
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_protection_does_what_the_referee_says(name: str) -> None:
    graph = CASES[name]
    found = run(graph)["entries"]
    judge = Referee(graph, 1).run()
    for entry, values in found.items():
        assert values["availability"] == pytest.approx(judge.availability(entry), abs=0.025), entry


def test_an_open_breaker_keeps_the_load_away_and_closes_when_all_is_well() -> None:
    graph = before_a_store({"breaker": BREAKER, "required": False}, {"error_rate": 1.0})
    rows = rows_of(graph)
    asked = [row["services"]["db"]["attempts"] for row in rows]
    assert sum(asked[70:115]) < 0.05 * 100 * 45
    assert asked[150] == pytest.approx(100, rel=0.001)
    assert availability(rows, "web", 0, 200) == pytest.approx(1.0, abs=1e-9)
    degraded = sum(row["entries"]["web"]["degraded"] for row in rows)
    assert degraded == pytest.approx(100 * 62, rel=0.05)


def test_a_breaker_does_not_open_on_few_calls() -> None:
    few = before_a_store({"breaker": LabBreaker(min_calls=50)}, {"error_rate": 0.9}, rate=4)
    assert run(few)["services"]["db"]["attempts"] == pytest.approx(4, rel=0.001)


def test_the_important_are_served_first_and_the_unimportant_get_the_rest() -> None:
    found = run(CASES["important before unimportant"])
    assert found["entries"]["web"]["availability"] > 0.999
    assert found["services"]["db"]["throughput"] == pytest.approx(200, rel=0.02)
