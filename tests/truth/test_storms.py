"""What holds for every storm, whatever its size, queue and patience: laws that need no referee."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.lab.graph import LabDemand, LabGraph, LabService, LabSpike
from tests.examples import examples
from tests.lab.graphs import availability, rows_of

SPIKE_AT, SPIKE_S = 20.0, 10.0


@st.composite
def storms(draw: st.DrawFn) -> LabGraph:
    """A pool whose users are impatient, try again, and are too many for a while."""
    slots = draw(st.integers(1, 30))
    work_ms = draw(st.sampled_from([20.0, 100.0, 400.0]))
    fits = slots * 1000.0 / work_ms
    queue = draw(st.one_of(st.none(), st.integers(0, 500)))
    spike = LabSpike(SPIKE_AT, SPIKE_S, fits * draw(st.floats(1.0, 4.0)))
    users = LabDemand(
        "a",
        fits * draw(st.floats(0.1, 0.95)),
        (spike,),
        timeout_ms=work_ms * draw(st.floats(1.0, 30.0)),
        retries=draw(st.integers(0, 3)),
    )
    return LabGraph((LabService("a", work_ms, slots, queue=queue),), (), (users,), seconds=120, warmup_s=0)


@examples(20)
@given(storms())
def test_every_tick_of_a_storm_conserves_requests(graph: LabGraph) -> None:
    before = 0.0
    for row in rows_of(replace(graph, warmup_s=graph.seconds - 1)):
        pool = row["services"]["a"]
        after = pool["in_system"]
        went = pool["throughput"] + pool["rejected"] + after - before
        assert went == pytest.approx(pool["attempts"], rel=1e-9, abs=1e-9 * max(1.0, after))
        before = after


@examples(20)
@given(storms())
def test_every_request_of_a_storm_is_answered_or_given_up_once(graph: LabGraph) -> None:
    (users,) = graph.demand
    ends = SPIKE_AT + SPIKE_S
    silence = LabSpike(ends, 1e9, 0.0)
    longest_s = (users.retries + 1) * (users.timeout_ms or 0.0) / 1000.0 + 10.0
    seconds = float(int(ends + longest_s) + 1)
    rows = rows_of(
        replace(graph, demand=(replace(users, spikes=(*users.spikes, silence)),), seconds=seconds, warmup_s=seconds - 1)
    )
    asked = users.rate * SPIKE_AT + users.spikes[0].rate * SPIKE_S
    assert sum(row["entries"]["a"]["valid"] for row in rows) == pytest.approx(asked, rel=1e-6)


@examples(10)
@given(storms(), st.floats(0.2, 0.8))
def test_a_storm_ends_if_there_is_room_even_for_all_tries_of_everybody(graph: LabGraph, busy: float) -> None:
    (users,) = graph.demand
    fits = graph.services[0].replicas * 1000.0 / graph.services[0].service_time_ms
    tries = users.retries + 1
    calm = replace(users, rate=busy * fits / tries, spikes=())
    piled_up = min(users.spikes[0].rate * tries * SPIKE_S, 500.0 + 30.0 if graph.services[0].queue is not None else 1e9)
    drained_s = piled_up / (fits * (1.0 - busy)) + tries * (users.timeout_ms or 0.0) / 1000.0
    end = float(int(SPIKE_AT + SPIKE_S + 1.5 * drained_s) + 60)
    after = []
    for demand in (calm, replace(calm, spikes=users.spikes)):
        rows = rows_of(replace(graph, demand=(demand,), seconds=end, warmup_s=end - 1))
        after.append(availability(rows, "a", end - 10, end))
    assert after[1] == pytest.approx(after[0], abs=0.001)
