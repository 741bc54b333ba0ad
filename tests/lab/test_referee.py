"""The fluid model against the request-by-request simulator, on trees too rich for a formula."""

from dataclasses import replace

import pytest

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService
from devops_tycoon.lab.run import run
from tests.lab.graphs import availability, held_workers, rows_of
from tests.referee import Referee


def a_shop(rate: float = 60.0, seconds: float = 160.0) -> LabGraph:
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
        warmup_s=30,
    )


def test_a_steady_tree_has_the_referees_times() -> None:
    graph = a_shop(rate=80.0)
    found = run(graph)["entries"]["web"]
    seeds = [Referee(graph, seed).run() for seed in (1, 2)]
    assert found["mean_ms"] == pytest.approx(500 * sum(r.mean("web", 30) for r in seeds), rel=0.05)
    assert found["p50_ms"] == pytest.approx(500 * sum(r.percentile("web", 0.5, 30) for r in seeds), rel=0.05)
    assert found["p99_ms"] == pytest.approx(500 * sum(r.percentile("web", 0.99, 30) for r in seeds), rel=0.10)
    assert found["availability"] == pytest.approx(sum(r.availability("web", 30) for r in seeds) / 2, abs=0.002)


def test_an_incident_in_a_tree_costs_what_the_referee_says() -> None:
    graph = replace(a_shop(), faults=(LabFault(60, 40, "redis", error_rate=0.2),), warmup_s=0.0)
    found = run(graph)["entries"]["web"]["availability"]
    judged = sum(Referee(graph, seed).run().availability("web") for seed in (1, 2, 3)) / 3
    assert found == pytest.approx(judged, abs=0.012)


@pytest.mark.long
@pytest.mark.parametrize("timeout_ms", [100, None, 1000])
def test_held_workers_agree_with_the_referee_over_many_seeds(timeout_ms: float | None) -> None:
    graph = held_workers(timeout_ms, required=True)
    rows = rows_of(graph)
    seeds = [Referee(graph, seed).run() for seed in range(12)]
    for begin, end in ((65, 118), (0, 190)):
        judged = sum(r.availability("a", begin, end) for r in seeds) / len(seeds)
        assert availability(rows, "a", begin, end) == pytest.approx(judged, abs=0.03)


@pytest.mark.long
def test_a_steady_tree_has_the_referees_times_when_busy() -> None:
    graph = a_shop(rate=110.0, seconds=700.0)
    found = run(graph)["entries"]["web"]
    seeds = [Referee(graph, seed).run() for seed in range(4)]
    assert found["mean_ms"] == pytest.approx(250 * sum(r.mean("web", 30) for r in seeds), rel=0.05)
    assert found["p99_ms"] == pytest.approx(250 * sum(r.percentile("web", 0.99, 30) for r in seeds), rel=0.10)
