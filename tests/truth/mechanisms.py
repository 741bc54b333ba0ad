"""Autoscalers, caches, queues, zones, shards and regions: the graphs of their tests, and what is counted there."""

from itertools import pairwise
from statistics import fmean

from devops_tycoon.lab.expansion import expanded
from devops_tycoon.lab.graph import LabDemand, LabDependency, LabGraph, LabQuota, LabService
from tests.lab.test_autoscaler import a_ramp, a_step
from tests.lab.test_caches import CASES as CACHED
from tests.lab.test_queues import CASES as POSTED
from tests.lab.test_regions import a_world
from tests.lab.test_shares import CASES as SHARED
from tests.lab.test_shares import a_store
from tests.lab.test_zones import CASES as ZONED
from tests.referee import Referee

SCALED = {"a step to 2.5 times the load": a_step(), "a slow ramp to 3 times the load": a_ramp()}
CACHES, QUEUES = CACHED, POSTED
ZONES = {name: graph for name, (graph, _) in ZONED.items()}
LISTED, GONE = (42.0, 60.0), (64.0, 98.0)
"""While the dead of a zone are still listed, and afterwards (s)."""
SHARES = {name: graph for name, (graph, *_) in SHARED.items()}
REGIONS = {f"two regions, {rate}/s, the larger dark": expanded(a_world(rate)) for rate in (60, 120)}


def _few_before(rate: float) -> LabGraph:
    """Twenty workers who wait at most 150 ms for a store that does 200 a second."""
    return LabGraph(
        (LabService("web", 5, concurrency=20, queue=20), LabService("db", 20, concurrency=4)),
        (LabDependency("web", "db", timeout_ms=150),),
        (LabDemand("web", rate, timeout_ms=2000),),
        seconds=60,
        warmup_s=20,
    )


BEYOND = {
    "a quota of just the rate": a_store(LabService("pay", 20, 20, quota=LabQuota(80, 20)), 80),
    "a limit of 5 before 100 slots": LabGraph(
        (LabService("a", 100, 100, limit=5),), (), (LabDemand("a", 200, timeout_ms=1000),), seconds=100, warmup_s=20
    ),
    "20 workers with a timeout of 150 ms, their store 95 % busy": _few_before(190),
    "the same at 105 %": _few_before(210),
}
"""What the model promises nothing about."""
STRETCHES = tuple(pairwise((0.0, 5.0, 20.0, 50.0, 120.0)))
"""Of a run with a cache, from the first second to rest (s)."""
SPAN_S = 50.0
"""Replicas are counted in the middle of each such span."""


def stretch_name(begin: float, end: float) -> str:
    """Return the name under which the share (%) of requests that reach the origin is stored."""
    return f"misses {begin:g}-{end:g}"


def middles(graph: LabGraph) -> list[float]:
    """Return the moments (s) in which replicas are counted."""
    return [SPAN_S * (i + 0.5) for i in range(int(graph.seconds / SPAN_S))]


def counted(graph: LabGraph, referee: Referee) -> dict[str, float]:
    """Return what the referee counted of the mechanisms that the graph has."""
    found: dict[str, float] = {}
    for d in graph.dependencies:
        if d.detached:
            found["most messages"] = max(referee.post.backlog[d.callee])
            found["dead letters"] = len(referee.post.dead)
        if d.cache is not None:
            fetches = referee.stores[id(d)].fetches
            for begin, end in STRETCHES:
                count = sum(begin <= when < end for when in fetches)
                found[stretch_name(begin, end)] = 100.0 * count / (end - begin) / graph.demand[0].rate
    for s in graph.services:
        if s.autoscaler is not None:
            found["replicas"] = fmean(referee.replicas(s.id, t) for t in middles(graph))
    return found
