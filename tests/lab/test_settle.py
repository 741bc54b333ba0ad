"""Callers without a slot to spare, in front of a store without one: the two must agree within a tick of any length."""

from dataclasses import replace

import pytest

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabGraph, LabService, LabSpike
from devops_tycoon.lab.run import run

# Request by request (tests/referee.py, seeds 1 and 2): availability of 180 requests a second throughout, and of 120
# with 190 for 200 s; both stored, since the referee needs a minute for them.
REFEREE = {None: (0.9210, 0.9246), 190.0: (0.9605, 0.9588)}


def workers_before_disks(spike: float | None, tick_s: float) -> LabGraph:
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


@pytest.mark.parametrize("spike", REFEREE)
@pytest.mark.parametrize("tick_s", [0.25, 1.0, 10.0])
def test_a_full_caller_of_a_full_store_is_as_available_as_the_referee_says(spike: float | None, tick_s: float) -> None:
    entry = run(workers_before_disks(spike, tick_s))["entries"]["web"]
    assert entry["availability"] == pytest.approx(sum(REFEREE[spike]) / 2, abs=0.025)


@pytest.mark.parametrize("tick_s", [1.0, 10.0])
def test_a_full_store_behind_a_full_caller_stays_busy(tick_s: float) -> None:
    store = run(workers_before_disks(None, tick_s))["services"]["db"]
    assert store["utilisation"] > 0.95


@pytest.mark.parametrize(("rate", "mean_ms"), [(150.0, 114.0), (160.0, 190.0)])
def test_a_store_that_is_nearly_full_makes_its_callers_wait_as_long_as_the_referee_says(
    rate: float, mean_ms: float
) -> None:
    graph = replace(workers_before_disks(None, 1.0), demand=(LabDemand("web", rate=rate, timeout_ms=8000, retries=1),))
    assert run(graph)["entries"]["web"]["mean_ms"] == pytest.approx(mean_ms, rel=0.1)
