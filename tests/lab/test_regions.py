"""Regions that go dark, and the users who are sent to the others."""

from dataclasses import replace
from pathlib import Path

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.lab.expansion import expanded
from devops_tycoon.lab.graph import (
    LabDemand,
    LabDependency,
    LabFault,
    LabGraph,
    LabRegion,
    LabService,
    LabSpike,
)
from devops_tycoon.lab.network import rate_at
from devops_tycoon.lab.read import read_lab
from tests.lab.graphs import availability, rows_of, run
from tests.lab.test_lab_files import lab, top_cause
from tests.referee import Referee


def a_world(rate: float, failover_s: float = 20.0) -> LabGraph:
    """A web tier and a store in two regions, of which the larger is dark from 40 to 90 s."""
    return LabGraph(
        (LabService("web", 5, 30), LabService("db", 40, 4, writes=0.2, lag_s=3.0)),
        (LabDependency("web", "db"),),
        (LabDemand("web", rate, (LabSpike(60, 10, 1.2 * rate),), timeout_ms=1000),),
        (LabFault(40, 50, region="east"),),
        seconds=120,
        warmup_s=0,
        regions=(LabRegion("east", 2.0), LabRegion("west", 1.0)),
        failover_s=failover_s,
    )


@pytest.mark.long
@pytest.mark.parametrize("rate", [60.0, 120.0])
def test_a_failover_costs_what_the_referee_says(rate: float) -> None:
    graph = a_world(rate)
    rows = rows_of(graph)
    seeds = [Referee(expanded(graph), seed).run() for seed in (1, 2, 3)]
    for entry, begin, end in (("web@west", 68, 88), ("web@west", 0, 115), ("web@east", 0, 115)):
        judged = sum(r.availability(entry, begin, end) for r in seeds) / 3
        assert availability(rows, entry, begin, end) == pytest.approx(judged, abs=0.025)


def test_users_are_moved_after_the_failover_time_and_none_gets_lost() -> None:
    graph = a_world(90)
    demand = expanded(graph).demand
    assert [d.entry for d in demand] == ["web@east", "web@west"]
    for t, east in ((0, 60), (45, 60), (61, 0), (75, 0), (95, 60)):
        assert rate_at(demand[0], t) == pytest.approx(east)
        assert rate_at(demand[0], t) + rate_at(demand[1], t) == pytest.approx(rate_at(graph.demand[0], t))


def test_a_failover_loses_the_writes_of_the_lag() -> None:
    assert run(a_world(60))["lost_writes"] == pytest.approx({"db@east": 40 * 0.2 * 3}, rel=1e-3)
    assert "lost_writes" not in run(a_world(60, failover_s=1e9))


def test_regions_do_not_touch_each_other_without_a_failover() -> None:
    graph = replace(a_world(60), faults=())
    alone = replace(graph, regions=(), demand=(LabDemand("web", 40, (LabSpike(60, 10, 48),), timeout_ms=1000),))
    both, one = run(graph)["services"], run(alone)["services"]
    assert both["db@east"]["mean_ms"] == pytest.approx(one["db"]["mean_ms"], rel=1e-9)


def test_zones_and_shards_may_stand_in_regions() -> None:
    graph = LabGraph(
        (LabService("db", 5, 6, zones=("a", "b"), shards=2),),
        demand=(LabDemand("db", 10),),
        faults=(LabFault(0, 9, zone="b@east"), LabFault(0, 9, "db@west#2", down=True), LabFault(0, 9, "db", down=True)),
        regions=(LabRegion("east"), LabRegion("west")),
    )
    found = expanded(graph)
    assert [s.id for s in found.services] == ["db@east#1", "db@east#2", "db@west#1", "db@west#2"]
    assert {f.service for f in found.faults if f.lost > 0} == {"db@east#1", "db@east#2"}
    assert {f.service for f in found.faults if f.down} == {s.id for s in found.services}


def test_a_fault_in_an_unknown_region_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(
        '[[regions]]\nid = "north"\n[[services]]\nid = "web"\nservice_time_ms = 5\n'
        '[[faults]]\nat = 0\nlasts = 1\nregion = "nort"\n[[faults]]\nat = 0\nlasts = 1\nservice = "web@north"\n',
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as error:
        read_lab(file)
    assert [(p.line, p.key) for p in error.value.problems] == [(9, "faults[1].region")]


def test_a_failover_without_room_takes_the_other_region_along() -> None:
    graph = lab("region-failover")
    rows = rows_of(graph)
    assert availability(rows, "web@west", 0, 155) > 0.999
    assert availability(rows, "web@west", 165, 300) < 0.05
    assert top_cause(graph) == ("timeout", "web@west→store@west")
    assert run(graph)["lost_writes"] == pytest.approx({"store@east": 48.0}, rel=1e-3)
    web, store = graph.services
    calm = rows_of(replace(graph, faults=()))
    assert availability(calm, "web@west", 0, 500) > 0.999
    roomy = rows_of(replace(graph, services=(web, replace(store, replicas=32))))
    assert availability(roomy, "web@west", 0, 500) > 0.999
    shedding = rows_of(replace(graph, services=(web, replace(store, limit=30.0))))
    assert availability(shedding, "web@west", 165, 300) == pytest.approx(20 / 24, abs=0.01)
    assert availability(shedding, "web@west", 330, 500) > 0.999
    faster = rows_of(replace(graph, failover_s=10.0))
    assert availability(faster, "web@west", 110, 300) < 0.05
