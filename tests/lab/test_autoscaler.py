"""Autoscalers in the lab, beside the request-by-request referee and under the laws of the flow."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService, LabSpike
from devops_tycoon.lab.network import network_with
from devops_tycoon.lab.scaling import fleets_of, replicas_in, scaled
from devops_tycoon.sim.flow import advance, empty
from devops_tycoon.sim.flow.autoscale import Autoscaler
from devops_tycoon.sim.flow.forecast import Forecast
from tests.examples import examples
from tests.lab.graphs import availability, rows_of, run
from tests.referee import Referee

SCALER = Autoscaler(target=0.6, least=2, most=40, start_s=60.0, look_back_s=120.0)
PREDICTIVE = replace(SCALER, forecast=Forecast())


def a_step(scaler: Autoscaler = SCALER, seconds: float = 400.0) -> LabGraph:
    """Return ten replicas that get two and a half times their load for two minutes."""
    web = LabService("web", 100, 10, queue=50, autoscaler=scaler)
    users = LabDemand("web", 60, (LabSpike(60, 120, 150),), timeout_ms=1000)
    return LabGraph((web,), (), (users,), seconds=seconds, warmup_s=0)


def a_ramp(scaler: Autoscaler = SCALER, seconds: float = 400.0) -> LabGraph:
    """Return ten replicas whose load grows by 4 requests a second every 10 s, from 60 to 180."""
    web = LabService("web", 100, 10, queue=50, autoscaler=scaler)
    climb = tuple(LabSpike(60.0 + 10 * i, 1e6, 64.0 + 4 * i) for i in range(30))
    return LabGraph((web,), (), (LabDemand("web", 60, climb, timeout_ms=1000),), seconds=seconds, warmup_s=0)


def waiting(scaler: Autoscaler) -> LabGraph:
    """Return replicas with ten slots each whose requests mostly wait for a database that becomes slow."""
    return LabGraph(
        (LabService("web", 5, 4, 10, queue=50, autoscaler=scaler), LabService("db", 20, 200)),
        (LabDependency("web", "db", timeout_ms=1000, required=False),),
        (LabDemand("web", 120, timeout_ms=2000),),
        (LabFault(100, 300, "db", add_latency_ms=600),),
        seconds=400,
        warmup_s=0,
    )


def gaps(graph: LabGraph, seeds: int, span: float = 50.0) -> tuple[float, float, float]:
    """Return the differences to the referee: replicas (worst and mean of spans, relative), availability overall."""
    rows = rows_of(graph)
    judges = [Referee(graph, seed).run() for seed in range(seeds)]
    worst = total = 0.0
    middles = [span * (i + 0.5) for i in range(int(graph.seconds / span))]
    for t in middles:
        here = next(row for row in rows if row["t"] >= t)["services"]["web"]["replicas"]
        there = sum(judge.replicas("web", t) for judge in judges) / seeds
        worst = max(worst, abs(here - there) / there)
        total += abs(here - there) / there
    judged = sum(judge.availability("web") for judge in judges) / seeds
    return worst, total / len(middles), abs(availability(rows, "web", 0.0, graph.seconds) - judged)


@pytest.mark.parametrize("graph", [a_step(), a_ramp()], ids=["step", "ramp"])
def test_a_seed_of_the_referee_scales_as_the_model_does(graph: LabGraph) -> None:
    _, mean, available = gaps(graph, 1)
    assert mean < 0.12
    assert available < 0.05


@pytest.mark.long
@pytest.mark.parametrize(
    "graph",
    [
        a_step(seconds=700.0),
        waiting(replace(SCALER, metric="concurrency")),
        a_ramp(seconds=700.0),
        a_ramp(PREDICTIVE, seconds=700.0),
        replace(a_ramp(), faults=(LabFault(100, 150, "web", control_plane_down=True),)),
    ],
    ids=["step", "concurrency", "ramp", "ramp with a forecast", "ramp without a control plane"],
)
def test_the_referee_scales_as_the_model_does(graph: LabGraph) -> None:
    worst, mean, available = gaps(graph, 4)
    assert worst < (0.35 if graph.services[0].autoscaler == PREDICTIVE else 0.15)  # noise tilts the line
    assert mean < 0.06
    assert available < 0.025


def test_the_series_shows_replicas_where_there_is_an_autoscaler() -> None:
    graph = replace(a_step(), services=(*a_step().services, LabService("db", 10)))
    found = run(graph, series=True)
    assert found["services"]["web"]["replicas"] > 10
    assert "replicas" not in found["services"]["db"]
    row = found["series"][80]["services"]
    assert (row["web"]["replicas"], row["web"]["replicas_starting"]) == (10, 7)
    assert "replicas" not in row["db"]


def test_waiting_for_others_is_no_cpu_time_but_concurrency() -> None:
    def fleet(metric: str) -> int:
        replicas: int = rows_of(waiting(replace(SCALER, metric=metric)))[-1]["services"]["web"]["replicas"]
        return replicas

    assert fleet("cpu") == 2
    assert fleet("concurrency") > 8


@examples(12)
@given(
    rates=some.lists(some.integers(0, 400), min_size=3, max_size=6),
    target=some.floats(0.1, 1.0),
    queue=some.sampled_from((None, 0, 20)),
)
def test_no_request_is_lost_when_replicas_come_and_go(rates: list[int], target: float, queue: int | None) -> None:
    scaler = replace(SCALER, target=target, look_back_s=15.0, start_s=15.0)
    web = LabService("web", 100, 10, queue=queue, autoscaler=scaler)
    graph = LabGraph((web,), (), (LabDemand("web", 1.0),))
    fleets = fleets_of(graph)
    state = empty(network_with(graph, (), replicas_in(fleets)))
    level = 0.0
    for rate in [rate for rate in rates for _ in range(30)]:
        state, reading = advance(network_with(graph, (), replicas_in(fleets)), state, (float(rate),))
        gone = reading.served[0] + reading.rejected[0]
        assert level + reading.arrivals[0] == pytest.approx(gone + reading.in_system[0], rel=1e-9, abs=1e-9)
        level = reading.in_system[0]
        fleets = scaled(graph, fleets, reading, ())
