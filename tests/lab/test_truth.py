"""The bounds of MODEL.md, through the lab, at one second a tick."""

import math

import pytest

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService
from devops_tycoon.lab.run import run
from devops_tycoon.sim.flow.queueing import erlang_c
from tests.lab.graphs import a_station, a_storm, availability, held_workers, metastable, rows_of


def mmc(c: int, rho: float) -> dict[str, float]:
    """Return mean and percentiles (ms) of M/M/c with mu = 10, by the textbook."""
    waiting, mu = erlang_c(c, rho), 10.0
    drain = c * mu * (1.0 - rho)

    def tail(t: float) -> float:
        if abs(drain - mu) < 1e-9:
            both = (1 + mu * t) * math.exp(-mu * t)
        else:
            both = (drain * math.exp(-mu * t) - mu * math.exp(-drain * t)) / (drain - mu)
        return (1 - waiting) * math.exp(-mu * t) + waiting * both

    def percentile(q: float) -> float:
        low, high = 0.0, 100.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if tail(middle) > 1 - q else (low, middle)
        return 1000 * low

    return {
        "mean_ms": 1000 * (waiting / drain + 1 / mu),
        "p50_ms": percentile(0.5),
        "p95_ms": percentile(0.95),
        "p99_ms": percentile(0.99),
    }


@pytest.mark.parametrize("c", [1, 4, 16, 64])
@pytest.mark.parametrize("rho", [0.3, 0.5, 0.7, 0.8, 0.9, 0.95])
def test_one_station_is_mmc_within_half_a_percent(c: int, rho: float) -> None:
    found = run(a_station(c, rho))
    for name, value in mmc(c, rho).items():
        assert found["services"]["a"][name] == pytest.approx(value, rel=0.005), name
        assert found["entries"]["a"][name] == pytest.approx(value, rel=0.025), name
    assert found["services"]["a"]["waiting_probability"] == pytest.approx(erlang_c(c, rho), abs=0.001)
    assert found["services"]["a"]["utilisation"] == pytest.approx(rho, rel=1e-3)


@pytest.mark.parametrize(
    ("c", "places", "rho", "loss"),
    [
        (1, 4, 1.0, 1 / 6),
        (4, 4, 0.9, 0.096636),
        (4, 16, 1.2, 0.171910),
        (1, 0, 0.5, 1 / 3),
        (5, 0, 1.361 / 5, 0.01),
        (1, 1, 0.8, 0.64 / 2.44),
    ],
)
def test_a_finite_queue_loses_what_mmck_loses(c: int, places: int, rho: float, loss: float) -> None:
    found = run(a_station(c, rho, seconds=400, queue=places))
    assert found["services"]["a"]["rejected"] == pytest.approx(loss, abs=0.002)
    assert found["entries"]["a"]["availability"] == pytest.approx(1 - loss, abs=0.002)


def in_series(*errors: float, retries: int = 0, required: bool = True) -> LabGraph:
    services = [LabService("web", 5, 50)] + [LabService(f"s{i}", 5, 50) for i in range(len(errors))]
    return LabGraph(
        tuple(services),
        tuple(LabDependency("web", f"s{i}", required=required, retries=retries) for i in range(len(errors))),
        (LabDemand("web", 50),),
        tuple(LabFault(0, 1e9, f"s{i}", error_rate=error) for i, error in enumerate(errors)),
        seconds=120,
    )


def test_required_dependencies_multiply_and_optional_ones_degrade() -> None:
    assert run(in_series(0.01, 0.02, 0.3))["entries"]["web"]["availability"] == pytest.approx(
        0.99 * 0.98 * 0.7, abs=0.001
    )
    soft = run(in_series(0.01, 0.02, 0.3, required=False))["entries"]["web"]
    assert soft["availability"] == pytest.approx(1.0, abs=0.001)
    assert soft["degraded"] == pytest.approx(1 - 0.99 * 0.98 * 0.7, abs=0.001)


@pytest.mark.parametrize("retries", [1, 2, 3])
@pytest.mark.parametrize("error", [0.05, 0.5, 1.0])
def test_retries_buy_availability_and_cost_attempts(retries: int, error: float) -> None:
    found = run(in_series(error, retries=retries))
    assert found["entries"]["web"]["availability"] == pytest.approx(1 - error ** (retries + 1), abs=0.001)
    tries = sum(error**q for q in range(retries + 1))
    assert found["services"]["s0"]["attempts"] / 50 == pytest.approx(tries, rel=0.001)


def test_five_layers_with_three_tries_each_multiply_to_243() -> None:
    graph = LabGraph(
        tuple(LabService(f"s{i}", 1, 100) for i in range(6)),
        tuple(LabDependency(f"s{i}", f"s{i + 1}", retries=2) for i in range(5)),
        (LabDemand("s0", 1),),
        (LabFault(0, 1e9, "s5", error_rate=1.0),),
        seconds=60,
        warmup_s=50,
    )
    assert run(graph)["services"]["s5"]["attempts"] == pytest.approx(243, rel=0.01)


@pytest.mark.parametrize(
    ("retries", "queue", "percent", "bound"),
    [(0, None, 84.9, 0.5), (2, None, 21.3, 0.6), (2, 50, 97.5, 0.5), (2, 300, 21.0, 0.6), (1, 100, 91.0, 0.5)],
)
def test_the_retry_storm_ends_as_in_the_reference(
    retries: int, queue: int | None, percent: float, bound: float
) -> None:
    found = run(a_storm(retries, queue))
    assert 100 * found["entries"]["a"]["availability"] == pytest.approx(percent, abs=bound)


@pytest.mark.parametrize(
    ("timeout_ms", "required", "during", "over_all"),
    [(100, False, 100, 100), (100, True, 50, 83.3), (None, True, 37, 81.2), (1000, True, 28, 78.3)],
)
def test_held_workers_die_with_their_dependency(
    timeout_ms: float | None, required: bool, during: float, over_all: float
) -> None:
    rows = rows_of(held_workers(timeout_ms, required))
    assert 100 * availability(rows, "a", 65, 118) == pytest.approx(during, abs=2.5)
    assert 100 * availability(rows, "a", 0, 190) == pytest.approx(over_all, abs=2.5)


@pytest.mark.parametrize(("rate", "down", "recovers"), [(100, False, True), (130, False, True), (150, False, False)])
def test_the_metastable_replica_recovers_or_stays_dead(rate: float, down: bool, recovers: bool) -> None:
    end = availability(rows_of(metastable(rate, down)), "s", 300, 400)
    assert end > 0.999 if recovers else end < 0.05


def test_an_outage_that_refuses_at_once_does_not_become_metastable() -> None:
    for rate in (140, 150):
        assert availability(rows_of(metastable(rate, down=True)), "s", 300, 400) > 0.999


def test_a_graph_drains_slowly_on_the_edge() -> None:
    rows = rows_of(metastable(140, down=False))
    assert availability(rows, "s", 80, 100) < 0.1
    assert availability(rows, "s", 380, 400) > 0.9
