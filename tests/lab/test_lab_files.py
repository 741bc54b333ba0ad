"""Each lab file that ships shows its failure: what the ledger says, a control, a cure, and a cure that is none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.lab.graph import LabBreaker, LabDemand, LabDependency, LabGraph, LabService
from devops_tycoon.lab.read import read_lab
from tests.lab.graphs import availability, run

ROOT = Path(__file__).parents[2]
FILES = sorted(path.stem for path in (ROOT / "assets" / "lab").glob("*.toml") if path.stem != "online-boutique")


def lab(name: str) -> LabGraph:
    return read_lab(ROOT / "assets" / "lab" / f"{name}.toml")


def users(graph: LabGraph, **changes: Any) -> LabGraph:
    demand: LabDemand = replace(graph.demand[0], **changes)
    return replace(graph, demand=(demand,))


def first_service(graph: LabGraph, **changes: Any) -> LabGraph:
    service: LabService = replace(graph.services[0], **changes)
    return replace(graph, services=(service, *graph.services[1:]))


def link(graph: LabGraph, **changes: Any) -> LabGraph:
    dependency: LabDependency = replace(graph.dependencies[0], **changes)
    return replace(graph, dependencies=(dependency,))


def over_all(graph: LabGraph) -> float:
    found: float = run(graph)["entries"][graph.demand[0].entry]["availability"]
    return found


def at_the_end(graph: LabGraph) -> float:
    rows = run(graph, series=True)["series"]
    return availability(rows, graph.demand[0].entry, graph.seconds - 50, graph.seconds)


def top_cause(graph: LabGraph) -> tuple[str, str]:
    top = run(graph)["causes"][0]
    return top["cause"], top["where"]


@pytest.mark.parametrize("name", FILES)
def test_every_lab_file_has_a_page_with_all_it_should_say(name: str) -> None:
    page = (ROOT / "docs" / "lab" / f"{name}.md").read_text(encoding="utf-8")
    assert f"assets/lab/{name}.toml" in page
    for word in ("**Signature**", "**Trigger**", "**Amplifier**", "**Cure**", "**Tempting, and wrong**"):
        assert word in page


def test_the_ledger_of_a_run_adds_up_to_its_bad_requests() -> None:
    found = run(lab("slow-dependency"), series=True)
    bad = sum(row["entries"]["web"]["valid"] - row["entries"]["web"]["good"] for row in found["series"])
    assert sum(cause["bad"] for cause in found["causes"]) == pytest.approx(bad, rel=1e-9)


def test_the_retry_storm_stays_when_the_spike_has_gone() -> None:
    storm = lab("retry-storm")
    assert at_the_end(storm) < 0.01
    assert top_cause(storm) == ("overload", "shop")
    assert over_all(users(storm, spikes=())) > 0.999
    assert at_the_end(first_service(storm, queue=50)) > 0.999
    assert over_all(first_service(storm, queue=50)) > 0.95
    assert at_the_end(users(storm, retries=0)) > 0.999
    assert at_the_end(first_service(storm, queue=300)) < 0.01
    assert at_the_end(users(storm, backoff_ms=2000)) < 0.01


def test_a_retry_budget_lets_the_storm_pass_unless_it_is_generous() -> None:
    storm = lab("retry-storm-budget")
    assert over_all(storm) == pytest.approx(0.789, abs=0.025)
    assert at_the_end(storm) > 0.999
    assert top_cause(storm) == ("overload", "shop")
    assert over_all(users(storm, spikes=())) > 0.999
    assert at_the_end(users(storm, retry_budget=1.0)) < 0.01


def test_the_metastable_replica_has_two_stable_states_at_one_load() -> None:
    replica = lab("metastable-replica")
    assert at_the_end(replica) < 0.05
    assert top_cause(replica) == ("overload", "replica")
    assert over_all(replace(replica, faults=())) > 0.999
    for rate in (100.0, 130.0):
        assert at_the_end(users(replica, rate=rate)) > 0.999
    assert at_the_end(first_service(replica, queue=100)) > 0.999
    assert at_the_end(users(replica, retry_budget=0.1)) > 0.999
    refusing = replace(replica.faults[0], capacity_factor=1.0, down=True)
    assert at_the_end(replace(replica, faults=(refusing,))) > 0.999
    assert at_the_end(users(replica, backoff_ms=2000)) < 0.05


def test_a_slow_dependency_kills_its_caller_unless_its_hold_is_limited() -> None:
    shop = lab("slow-dependency")
    assert over_all(shop) < 0.85
    assert top_cause(shop) == ("timeout", "web→reviews")
    assert over_all(replace(shop, faults=())) > 0.9999
    for cure in ({"timeout_ms": 100.0}, {"bulkhead": 10}, {"timeout_ms": 200.0, "breaker": LabBreaker()}):
        assert over_all(link(shop, **cure)) > 0.999
    assert over_all(link(shop, timeout_ms=1000.0)) < 0.85
    assert over_all(first_service(shop, concurrency=100)) < 0.85
    assert over_all(first_service(shop, queue=1000)) < 0.85
