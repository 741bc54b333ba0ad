"""Retry budgets (MODEL F): they end the storm, and they cap what a dead dependency is asked."""

from dataclasses import replace

import pytest

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService
from devops_tycoon.lab.run import run
from tests.lab.graphs import a_storm
from tests.referee import Referee


def budgeted_storm(beta: float) -> LabGraph:
    graph = a_storm(2, None)
    return replace(graph, demand=(replace(graph.demand[0], retry_budget=beta),))


def test_a_tenth_of_retries_survives_the_storm_as_in_the_reference() -> None:
    found = run(budgeted_storm(0.1))["entries"]["a"]["availability"]
    assert 100 * found == pytest.approx(78.9, abs=2.5)
    judged = sum(Referee(budgeted_storm(0.1), seed).run().availability("a") for seed in (1, 2)) / 2
    assert found == pytest.approx(judged, abs=0.025)


def a_dead_store(beta: float | None, retries: int = 3) -> LabGraph:
    return LabGraph(
        (LabService("web", 5, 50), LabService("db", 5, 50)),
        (LabDependency("web", "db", retries=retries, retry_budget=beta),),
        (LabDemand("web", 50),),
        (LabFault(0, 1e9, "db", error_rate=1.0),),
        seconds=200,
        warmup_s=100,
    )


@pytest.mark.parametrize(("beta", "amplification"), [(None, 4.0), (0.0, 1.0), (0.1, 1.1), (0.5, 1.5), (100.0, 4.0)])
def test_a_budget_caps_the_amplification_of_load(beta: float | None, amplification: float) -> None:
    assert run(a_dead_store(beta))["services"]["db"]["attempts"] / 50 == pytest.approx(amplification, rel=0.005)


def test_a_budget_that_is_never_asked_for_more_than_it_has_changes_nothing() -> None:
    def shop(beta: float | None) -> LabGraph:
        graph = a_dead_store(beta, retries=1)
        return replace(graph, faults=(LabFault(0, 1e9, "db", error_rate=0.05),))

    assert run(shop(0.2)) == run(shop(None))


def test_a_budget_too_small_for_the_blips_lets_them_through() -> None:
    graph = replace(a_dead_store(0.1, retries=1), faults=(LabFault(0, 1e9, "db", error_rate=0.2),))
    found = run(graph)["entries"]["web"]["availability"]
    judged = sum(Referee(graph, seed).run().availability("web", 100) for seed in (1, 2)) / 2
    assert found == pytest.approx(judged, abs=0.01)
    assert found == pytest.approx(1 - 0.2 * (0.5 + 0.5 * 0.2), abs=0.005)
