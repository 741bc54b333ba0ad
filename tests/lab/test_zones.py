"""Zones that die while the registry still lists them, against the referee, and their two lab files."""

from dataclasses import replace
from pathlib import Path

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.lab.expansion import expanded
from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabRegistry, LabService
from devops_tycoon.lab.read import read_lab
from devops_tycoon.lab.zones import standing_in
from tests.lab.graphs import availability, rows_of, run
from tests.lab.test_lab_files import at_the_end, first_service, lab, link, over_all, top_cause, users
from tests.referee import Referee

ABC = ("a", "b", "c")


def two_tiers(
    rate: float, timeout_ms: float | None = 300, retries: int = 0, patience_ms: float = 1000, workers: int = 5
) -> LabGraph:
    """A web tier and a store in three zones; zone b is dead from 40 to 100 s and listed for 20 s."""
    return LabGraph(
        (LabService("web", 5, 6, workers, queue=60, zones=ABC), LabService("db", 40, 6, zones=ABC)),
        (LabDependency("web", "db", timeout_ms=timeout_ms, retries=retries),),
        (LabDemand("web", rate, timeout_ms=patience_ms),),
        (LabFault(40, 60, zone="b", registry_s=20),),
        seconds=130,
        warmup_s=0,
    )


CASES = {
    "room for the loss": (two_tiers(60), 0.015),
    "room, and the callers try again": (two_tiers(50, retries=2), 0.02),
    "no room": (two_tiers(115, workers=50), 0.04),
    "impatient users": (two_tiers(30, 150, 1, 250), 0.02),
}


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_a_lost_zone_costs_what_the_referee_says(name: str) -> None:
    graph, bound = CASES[name]
    rows = rows_of(graph)
    seeds = [Referee(graph, seed).run() for seed in (1, 2, 3)]
    for begin, end in ((42, 60), (64, 98), (0, 125)):
        judged = sum(r.availability("web", begin, end) for r in seeds) / 3
        assert availability(rows, "web", begin, end) == pytest.approx(judged, abs=bound)


def test_replicas_are_dealt_out_in_turn_and_only_the_listed_dead_are_called() -> None:
    service = LabService("web", 5, 7, zones=ABC)
    assert [standing_in(service, zone) for zone in ABC] == [3, 2, 2]
    graph = LabGraph((service,), demand=(LabDemand("web", 1),), faults=(LabFault(10, 50, zone="a", registry_s=20),))
    listed, unlisted = expanded(graph).faults
    assert (listed.at, listed.lasts, listed.capacity_factor, listed.lost) == (10, 20, 4 / 7, 3 / 7)
    assert (unlisted.at, unlisted.lasts, unlisted.capacity_factor, unlisted.lost) == (30, 30, 4 / 7, 0)


def test_two_lost_zones_leave_the_third_and_three_leave_nobody_to_ask() -> None:
    service = LabService("web", 5, 6, zones=ABC)
    faults = tuple(LabFault(10.0 * i, 100, zone=zone, registry_s=5) for i, zone in enumerate(ABC, 1))
    found = expanded(LabGraph((service,), faults=faults)).faults
    assert [f.capacity_factor for f in found[:6]] == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1 / 3, 0, 0])
    assert [f.lost for f in found[:6]] == pytest.approx([1 / 3, 0, 1 / 2, 0, 1, 0])
    assert [f.down for f in found[:6]] == [False] * 5 + [True]


def test_a_graph_without_a_zone_fault_runs_as_if_there_were_no_zones() -> None:
    graph = replace(two_tiers(60), faults=(), seconds=20.0)
    plain = replace(graph, services=tuple(replace(s, zones=()) for s in graph.services))
    assert run(graph) == run(plain)


def test_the_registry_keeps_the_dead_only_if_too_many_vanish_at_once() -> None:
    graph = two_tiers(60)
    assert [f.lost > 0 for f in expanded(graph).faults] == [True, True, False, False]
    careful = replace(graph, registry=LabRegistry(0.85))
    assert [f.lost > 0 for f in expanded(careful).faults] == [True, True]
    bold = replace(graph, registry=LabRegistry(0.6))
    assert expanded(bold).faults == expanded(graph).faults


def test_a_zone_that_is_nowhere_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(
        '[[services]]\nid = "web"\nservice_time_ms = 5\nzones = ["north", "south"]\n'
        '[[faults]]\nat = 0\nlasts = 1\nzone = "nort"\n[[faults]]\nat = 0\nlasts = 1\n',
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as error:
        read_lab(file)
    assert [(p.line, p.key) for p in error.value.problems] == [(8, "faults[1].zone"), (9, "faults[2].service")]
    assert "did you mean north?" in str(error.value)


def test_three_zones_at_80_percent_are_not_three_zones() -> None:
    zones = lab("zone-failover")
    rows = rows_of(zones)
    assert availability(rows, "web", 0, 60) > 0.999
    assert availability(rows, "web", 62, 90) == pytest.approx(2 / 3, abs=0.01)
    assert availability(rows, "web", 92, 290) < 0.05
    assert top_cause(zones) == ("overload", "web")
    assert over_all(replace(zones, faults=())) > 0.999
    for cure in (first_service(zones, replicas=12), users(zones, rate=230.0)):
        assert availability(rows_of(cure), "web", 92, 290) > 0.99
    for wrong in (users(zones, timeout_ms=5000.0), users(zones, retries=2)):
        assert availability(rows_of(wrong), "web", 92, 290) < 0.15


def test_a_registry_that_keeps_the_dead_wastes_head_room() -> None:
    graph = lab("registry-keeps-the-dead")
    assert availability(rows_of(graph), "edge", 92, 290) < 0.6
    assert top_cause(graph) == ("lost", "edge→catalog")
    assert at_the_end(graph) > 0.999
    assert over_all(replace(graph, faults=())) > 0.999
    assert availability(rows_of(replace(graph, registry=None)), "edge", 92, 290) > 0.999
    assert availability(rows_of(link(graph, timeout_ms=300.0, retries=2)), "edge", 92, 290) > 0.95
    twice = replace(graph, services=(graph.services[0], replace(graph.services[1], replicas=24)))
    for wrong in (twice, link(graph, timeout_ms=2500.0)):
        assert availability(rows_of(wrong), "edge", 92, 290) < 0.6
