"""The lab files about caches and herds show their failures: the ledger, a control, the cures, and what is none."""

from dataclasses import replace
from typing import Any

import pytest

from devops_tycoon.lab.graph import LabCache, LabFault, LabGraph, LabSpike
from tests.lab.test_lab_files import at_the_end, first_service, lab, link, over_all, top_cause, users
from tests.referee import Referee


def origin(graph: LabGraph, **changes: Any) -> LabGraph:
    return replace(graph, services=(graph.services[0], replace(graph.services[1], **changes)))


def cache(graph: LabGraph, **changes: Any) -> LabGraph:
    known = graph.dependencies[0].cache
    assert isinstance(known, LabCache)
    return link(graph, cache=replace(known, **changes))


@pytest.mark.long
def test_a_stampede_is_stopped_by_fetching_once_and_not_by_more_of_the_same() -> None:
    stampede = lab("cache-stampede")
    assert over_all(stampede) < 0.6
    assert at_the_end(stampede) < 0.1
    assert top_cause(stampede) == ("timeout", "web→prices")
    assert over_all(replace(stampede, faults=())) > 0.999
    assert over_all(cache(stampede, single_flight=True)) > 0.995
    for cure in ({"limit": 10.0}, {"queue": 10}, {"replicas": 20}):
        assert over_all(origin(stampede, **cure)) > 0.99
    assert at_the_end(cache(stampede, capacity=80)) < 0.1
    assert at_the_end(cache(stampede, ttl_jitter=0.5)) < 0.1
    assert at_the_end(link(stampede, retries=2)) < 0.1
    assert at_the_end(users(link(stampede, timeout_ms=10000.0), timeout_ms=12000.0)) < 0.2


@pytest.mark.long
def test_a_cold_cache_stays_cold_until_the_store_gets_only_what_it_can_answer() -> None:
    cold = lab("cold-cache")
    assert over_all(cold) == pytest.approx(0.49, abs=0.03)
    assert at_the_end(cold) < 0.4
    assert top_cause(cold) == ("timeout", "shop→store")
    assert over_all(replace(cold, faults=())) > 0.999
    assert over_all(origin(cold, limit=50.0)) > 0.99
    assert over_all(link(cold, bulkhead=20)) > 0.99
    closed = users(cold, spikes=(LabSpike(70, 60, 60.0),))
    assert at_the_end(closed) > 0.999
    assert over_all(users(cold, rate=100.0)) > 0.999
    for wrong in (
        cache(cold, capacity=6000),
        cache(cold, single_flight=True),
        link(cold, retries=2),
        first_service(cold, concurrency=1200),
        replace(cold, faults=(*cold.faults, LabFault(150, 10, "shop", flush=True))),
    ):
        assert at_the_end(wrong) < 0.45


def test_a_herd_comes_back_together_until_its_pauses_differ() -> None:
    herd = lab("thundering-herd")
    assert over_all(herd) < 0.75
    assert top_cause(herd) == ("overload", "gateway")
    assert over_all(users(herd, spikes=())) > 0.999
    for jitter in (0.5, 1.0):
        assert over_all(users(herd, jitter=jitter)) > 0.995
    assert over_all(users(herd, backoff_ms=30000.0)) < 0.75
    assert over_all(first_service(herd, queue=1000)) < 0.75
    assert over_all(users(herd, retry_budget=0.1)) < 0.75


@pytest.mark.long
def test_who_recovers_and_who_does_not_is_what_the_referee_says() -> None:
    stampede, cold, herd = lab("cache-stampede"), lab("cold-cache"), lab("thundering-herd")
    for graph, bound in (
        (cold, 0.05),
        (origin(cold, limit=50.0), 0.02),
        (cache(stampede, single_flight=True), 0.02),
        (stampede, 0.15),  # a tick of one second blurs the first moments: too well, and stuck all the same
        (users(herd, jitter=1.0), 0.02),
        (herd, 0.05),
    ):
        judge = Referee(graph, 1).run()
        entry = graph.demand[0].entry
        assert over_all(graph) == pytest.approx(judge.availability(entry), abs=bound)
        end = judge.availability(entry, graph.seconds - 50, graph.seconds)
        assert at_the_end(graph) == pytest.approx(end, abs=0.08)
