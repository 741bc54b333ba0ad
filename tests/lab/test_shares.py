"""Hot shards, connections to a store and a provider's quota, against the referee, and their lab files."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.lab.expansion import expanded
from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabQuota, LabService
from devops_tycoon.lab.read import read_lab
from devops_tycoon.sim.flow.sharding import shares, weights
from tests.lab.graphs import availability, rows_of, run
from tests.lab.test_lab_files import lab, link, over_all, top_cause, users
from tests.referee import Referee


def a_store(store: LabService, rate: float, seconds: float = 100.0, web: int = 3, **more: Any) -> LabGraph:
    return LabGraph(
        (LabService("web", 10, web, 6), store),
        (replace(LabDependency("web", store.id, timeout_ms=500), **more),),
        (LabDemand("web", rate, timeout_ms=2000),),
        seconds=seconds,
        warmup_s=0,
    )


CASES = {
    "shards with room": (a_store(LabService("db", 20, 2, shards=4, keys=200, skew=1.0), 120), 0.01, 0.06),
    "a hot shard": (a_store(LabService("db", 20, 1, queue=10, shards=4, keys=200, skew=1.2), 120), 0.025, None),
    "a failing shard": (
        replace(
            a_store(LabService("db", 20, 2, shards=3, keys=200, skew=0.8), 60, retries=1),
            faults=(LabFault(0, 999, "db#1", error_rate=0.9),),
        ),
        0.01,
        0.06,
    ),
    "fewer connections than workers": (a_store(LabService("db", 20, 20), 100, connections=2), 0.01, 0.10),
    "a replica without connections": (
        a_store(LabService("db", 20, 20, max_connections=12), 100, connections=6, retries=2),
        0.01,
        0.06,
    ),
    "far above the quota": (a_store(LabService("pay", 20, 20, quota=LabQuota(40, 40)), 80), 0.015, 0.08),
    "far above, and retried": (
        a_store(LabService("pay", 20, 20, quota=LabQuota(40, 40), latency_ms=50), 80, retries=1, backoff_ms=100),
        0.015,
        0.08,
    ),
    "below the quota": (a_store(LabService("pay", 20, 20, quota=LabQuota(90, 30)), 80), 0.01, 0.05),
}


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_it_costs_what_the_referee_says(name: str) -> None:
    graph, bound, times = CASES[name]
    found = run(graph)["entries"]["web"]
    seeds = [Referee(graph, seed).run() for seed in (1, 2, 3)]
    assert found["availability"] == pytest.approx(sum(r.availability("web") for r in seeds) / 3, abs=bound)
    if times is not None:
        assert found["mean_ms"] == pytest.approx(1000 / 3 * sum(r.mean("web") for r in seeds), rel=times)


@pytest.mark.parametrize("shards", [2, 3, 16, 100])
def test_shards_share_everything_and_the_hottest_key_stays_whole(shards: int) -> None:
    parts = shares(shards, 1000, 1.1)
    assert sum(parts) == pytest.approx(1.0, abs=1e-12)
    assert max(parts) >= weights(1000, 1.1)[0]
    assert shares(shards, 1000, 1.1) == parts
    assert max(shares(shards, 100_000, 0.0)) < 1.5 / shards


def test_a_service_of_one_shard_runs_as_before() -> None:
    plain = a_store(LabService("db", 20, 2), 50, seconds=10)
    skewed = a_store(LabService("db", 20, 2, skew=2.0, keys=5), 50, seconds=10)
    assert run(plain) == run(skewed)


def test_users_of_a_sharded_service_are_split_and_a_fault_may_name_one_shard() -> None:
    graph = LabGraph(
        (LabService("db", 5, 4, shards=3, keys=100, skew=1.0),),
        demand=(LabDemand("db", 90),),
        faults=(LabFault(0, 99, "db#2", down=True),),
        seconds=60,
    )
    found = run(graph)
    assert list(found["services"]) == ["db#1", "db#2", "db#3"]
    assert sum(service["attempts"] for service in found["services"].values()) == pytest.approx(90.0)
    assert [entry["availability"] for entry in found["entries"].values()] == pytest.approx([1.0, 0.0, 1.0])


def test_connections_that_cannot_run_out_are_left_out() -> None:
    graph = a_store(LabService("db", 20, 2, max_connections=18), 10, connections=6)
    plain = a_store(LabService("db", 20, 2), 10)
    assert run(graph) == run(plain)
    assert [s.id for s in expanded(link(graph, connections=5)).services] == ["web", "db", "web>db"]


def test_callers_that_are_first_in_the_file_connect_first() -> None:
    graph = LabGraph(
        (LabService("a", 5, 4), LabService("b", 5, 4), LabService("db", 5, 50, max_connections=60)),
        (LabDependency("a", "db", connections=10), LabDependency("b", "db", connections=10)),
        (LabDemand("a", 10), LabDemand("b", 10)),
        seconds=60,
    )
    entries = run(graph)["entries"]
    assert entries["a"]["availability"] == 1.0
    assert entries["b"]["availability"] == pytest.approx(0.5)


def test_mistakes_in_the_new_keys_are_answered_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(
        '[[services]]\nid = "web"\nservice_time_ms = 5\nshards = 2\n'
        '[[services]]\nid = "web#1"\nservice_time_ms = 5\nlimit = 5\nquota = { rate = 5, burst = 0 }\n',
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as error:
        read_lab(file)
    assert [(p.line, p.key) for p in error.value.problems] == [(9, "services[2].quota.burst")]
    file.write_text(file.read_text(encoding="utf-8").replace("burst = 0", "burst = 9"), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_lab(file)
    assert [(p.line, p.key) for p in error.value.problems] == [(4, "services[1].shards"), (9, "services[2].quota")]


def a_second(graph: LabGraph, **changes: Any) -> LabGraph:
    return replace(graph, services=(graph.services[0], replace(graph.services[1], **changes)))


def a_first(graph: LabGraph, **changes: Any) -> LabGraph:
    return replace(graph, services=(replace(graph.services[0], **changes), *graph.services[1:]))


@pytest.mark.long
def test_more_shards_do_not_help_a_hot_key() -> None:
    graph = lab("hot-shard")
    assert over_all(graph) < 0.4
    assert top_cause(graph) == ("timeout", "web→store#3")
    busy = [s["utilisation"] for name, s in run(graph)["services"].items() if name != "web"]
    assert max(busy) > 0.99
    assert sum(busy) / 4 < 0.7
    assert over_all(a_second(graph, skew=0.0)) > 0.999
    for cure in (link(graph, calls=0.5), a_second(graph, replicas=10)):
        assert over_all(cure) > 0.999
    for wrong in (a_second(graph, shards=8), a_second(graph, shards=16), link(graph, retries=2)):
        assert over_all(wrong) < 0.65


def test_scaling_out_the_callers_exhausts_the_stores_connections() -> None:
    graph = lab("connection-exhaustion")
    assert over_all(graph) == pytest.approx(5 / 7, abs=1e-3)
    assert top_cause(graph) == ("refused", "web→store")
    assert over_all(a_first(graph, replicas=5)) > 0.999
    assert max(s["utilisation"] for s in run(graph)["services"].values()) < 0.3
    for cure in (link(graph, connections=14), a_second(graph, max_connections=140)):
        assert over_all(cure) > 0.999
    assert over_all(a_first(graph, replicas=10)) == pytest.approx(0.5, abs=1e-3)
    assert over_all(link(graph, retries=5)) < 0.72


def test_retries_against_a_quota_kill_the_caller_and_buy_nothing() -> None:
    graph = lab("provider-quota")
    assert over_all(graph) < 0.3
    assert top_cause(graph) == ("timeout", "checkout→payment")
    assert over_all(users(graph, rate=45.0)) > 0.999
    assert over_all(link(graph, retry_budget=0.1)) == pytest.approx(50 / 60, abs=0.01)
    assert over_all(link(graph, retries=0)) == pytest.approx(50 / 60, abs=0.01)
    assert top_cause(link(graph, retries=0)) == ("shed", "payment")
    soft = run(link(graph, retries=0, required=False))["entries"]["checkout"]
    assert soft["availability"] > 0.999
    assert soft["degraded"] == pytest.approx(1 / 6, abs=0.01)
    for wrong in (link(graph, retries=10), users(graph, timeout_ms=10_000.0), a_second(graph, replicas=500)):
        assert over_all(wrong) < 0.5


def test_a_quota_lets_a_burst_through_and_then_its_rate() -> None:
    graph = LabGraph(
        (LabService("pay", 5, 50, quota=LabQuota(10, 100)),), demand=(LabDemand("pay", 30),), seconds=60, warmup_s=0
    )
    rows = rows_of(graph)
    assert availability(rows, "pay", 0, 4) > 0.999
    assert availability(rows, "pay", 10, 60) == pytest.approx(1 / 3, abs=1e-6)
