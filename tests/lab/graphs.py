"""Builders of lab graphs and the questions tests ask about a run."""

from functools import lru_cache
from typing import Any

from devops_tycoon.lab import run as lab
from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService, LabSpike


@lru_cache(maxsize=64)
def _found(graph: LabGraph) -> dict[str, Any]:
    return lab.run(graph)


@lru_cache(maxsize=2)
def _with_series(graph: LabGraph) -> dict[str, Any]:
    """Return a run with its series; those are large, so few are kept."""
    return lab.run(graph, series=True)


def run(graph: LabGraph, series: bool = False) -> dict[str, Any]:
    """Return what running a graph finds, only to be read: the same graph is not run again."""
    return _with_series(graph) if series else _found(graph)


def a_station(c: int, rho: float, seconds: float = 1500.0, **more: Any) -> LabGraph:
    """M/M/c with 100 ms of work."""
    return LabGraph((LabService("a", 100, c, **more),), (), (LabDemand("a", c * 10 * rho),), seconds=seconds)


def a_storm(retries: int, queue: int | None) -> LabGraph:
    """MODEL's retry storm: ten slots, 70 req/s, 130 between 60 and 80 s."""
    users = LabDemand("a", 70, (LabSpike(60, 20, 130),), timeout_ms=1000, retries=retries)
    return LabGraph((LabService("a", 100, 10, queue=queue),), (), (users,), seconds=300, warmup_s=0)


def held_workers(timeout_ms: float | None, required: bool) -> LabGraph:
    """MODEL's held workers: B loses 19 of its 20 slots between 60 and 120 s."""
    return LabGraph(
        (LabService("a", 5, 50, queue=100), LabService("b", 20, 20)),
        (LabDependency("a", "b", 0.5, required, timeout_ms, parallel=False),),
        (LabDemand("a", 200, timeout_ms=2000),),
        (LabFault(60, 60, "b", capacity_factor=0.05),),
        seconds=200,
        warmup_s=0,
    )


def metastable(rate: float, down: bool) -> LabGraph:
    """The replica of HotOS '21: 30 servers, an outage of 10 s."""
    outage = LabFault(60, 10, "s", down=True) if down else LabFault(60, 10, "s", capacity_factor=0.0)
    users = LabDemand("s", rate, timeout_ms=1000, retries=1)
    return LabGraph((LabService("s", 100, 30),), (), (users,), (outage,), seconds=400, warmup_s=0)


def availability(rows: list[dict[str, Any]], entry: str, begin: float, end: float) -> float:
    """Return good / valid of the rows between two times."""
    good = valid = 0.0
    for row in rows:
        if begin <= row["t"] < end:
            good += row["entries"][entry]["good"]
            valid += row["entries"][entry]["valid"]
    return good / valid


def rows_of(graph: LabGraph) -> list[dict[str, Any]]:
    """Return the series of a run."""
    rows: list[dict[str, Any]] = run(graph, series=True)["series"]
    return rows
