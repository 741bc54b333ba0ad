"""The lab files about queues and replicas show their failure, its cure, and cures that are none."""

from dataclasses import replace
from typing import Any

import pytest

from devops_tycoon.lab.graph import LabGraph
from tests.lab.graphs import run
from tests.lab.test_lab_files import first_service, lab, link, over_all, top_cause, users


def service(graph: LabGraph, name: str, **changes: Any) -> LabGraph:
    return replace(graph, services=tuple([replace(s, **changes) if s.id == name else s for s in graph.services]))


def toward(graph: LabGraph, name: str, **changes: Any) -> LabGraph:
    links = tuple([replace(d, **changes) if d.callee == name else d for d in graph.dependencies])
    return replace(graph, dependencies=links)


def backlog(graph: LabGraph, name: str) -> list[float]:
    return [row["services"][name]["in_system"] for row in run(graph, series=True)["series"]]


def dead(graph: LabGraph) -> float:
    found: float = sum(line["dead_letters"] for line in run(graph)["dependencies"].values())
    return found


def drained_after(graph: LabGraph, name: str, second: int) -> int | None:
    """Return how long after a second at most 20 requests are left; None if never."""
    sizes = backlog(graph, name)
    return next((i + 1 - second for i in range(second, len(sizes)) if sizes[i] <= 20.0), None)


def test_a_minute_of_too_many_messages_takes_three_minutes_to_drain_unseen_by_users() -> None:
    queue = lab("queue-backlog")
    assert max(backlog(queue, "mailer")) == pytest.approx(60 * 60, rel=0.01)
    assert drained_after(queue, "mailer", 120) == pytest.approx(3600 / (100 - 80), rel=0.03)
    found = run(queue)
    assert found["entries"]["shop"]["availability"] > 0.9999
    assert found["causes"] == []
    assert max(backlog(users(queue, spikes=()), "mailer")) < 12


def test_spare_consumers_drain_a_backlog_and_longer_queues_or_more_deliveries_do_not() -> None:
    queue = lab("queue-backlog")
    usual = drained_after(queue, "mailer", 120)
    assert usual is not None
    for consumers, spare in ((12, 40), (14, 60)):
        more = service(queue, "mailer", replicas=consumers)
        grown = 60 * (160 - 10 * consumers)
        assert drained_after(more, "mailer", 120) == pytest.approx(grown / spare, abs=3)
    assert drained_after(service(queue, "mailer", queue=100_000), "mailer", 120) == pytest.approx(usual, abs=3)
    assert drained_after(link(queue, retries=13), "mailer", 120) == usual
    assert drained_after(link(queue, timeout_ms=100.0), "mailer", 120) is None
    assert dead(queue) == 0.0
    assert dead(service(queue, "mailer", queue=1000)) > 2000


def test_a_poison_message_stops_an_ordered_queue_until_it_is_dead() -> None:
    poison = lab("poison-message")
    assert backlog(poison, "ledger")[-1] > 7000
    assert backlog(link(poison, poison=0.0), "ledger")[-1] < 3
    few = link(poison, retries=2)
    assert backlog(few, "ledger")[-1] < 20
    assert dead(few) == pytest.approx(0.002 * 30 * 600, rel=0.02)
    assert backlog(link(poison, ordered=False), "ledger")[-1] < 3
    for wrong in (
        service(poison, "ledger", replicas=10),
        service(poison, "ledger", queue=100_000),
        link(poison, backoff_ms=5000.0),
        link(poison, retries=100),
    ):
        assert backlog(wrong, "ledger")[-1] > 7000


def test_a_replica_that_applies_with_one_thread_answers_with_old_data() -> None:
    stale = lab("stale-reads")
    assert over_all(stale) == pytest.approx(0.897, abs=0.01)
    assert top_cause(stale) == ("stale", "shop→replica")
    assert over_all(users(stale, spikes=())) > 0.99
    own_reads_from_the_primary = toward(toward(stale, "replica", calls=0.75, stale=None), "primary", calls=0.55)
    assert over_all(own_reads_from_the_primary) > 0.9999
    assert over_all(service(stale, "apply", concurrency=4)) > 0.997
    for wrong in (
        service(stale, "replica", replicas=3),
        toward(stale, "replica", retries=2),
        first_service(stale, concurrency=100),
    ):
        assert over_all(wrong) == pytest.approx(over_all(stale), abs=0.001)
