"""What holds in every tick of every pool, whatever happens."""

from dataclasses import replace
from functools import cache

from devops_tycoon.lab.graph import LabDemand, LabFault, LabGraph, LabSpike
from tests.lab.graphs import rows_of
from tests.truth.claim import Claim, Found, Unit
from tests.truth.graphs import RANDOM_GRAPHS, a_random_graph

SECTION = "Laws"


def in_trouble(seed: int) -> LabGraph:
    """A random graph with a spike, a fault, and some queues that end."""
    graph = a_random_graph(seed)
    sick = graph.services[1 + seed % 9].id
    return replace(
        graph,
        services=tuple(
            replace(s, queue=(None, 5, 100)[(seed + i) % 3] if i else None) for i, s in enumerate(graph.services)
        ),
        demand=(LabDemand("s0", 40, (LabSpike(15, 15, 90),), timeout_ms=2000, retries=1),),
        faults=(LabFault(25, 10, sick, capacity_factor=0.4),),
        seconds=45,
        warmup_s=44,
    )


@cache
def errors() -> tuple[float, float]:
    """Return the worst relative errors of conservation and of Little's law."""
    conservation = little = 0.0
    for seed in RANDOM_GRAPHS:
        graph = in_trouble(seed)
        dt = graph.tick_s
        before = {s.id: 0.0 for s in graph.services}
        for row in rows_of(graph):
            for service in graph.services:
                pool = row["services"][service.id]
                came, level = pool["attempts"] * dt, pool["in_system"]
                went = (pool["throughput"] + pool["rejected"]) * dt + level - before[service.id]
                conservation = max(conservation, abs(came - went) / max(came, level, before[service.id], 1e-6))
                if service.queue is None and pool["throughput"] > 1e-9:
                    inside = pool["throughput"] * pool["mean_ms"] / 1000.0
                    little = max(little, abs(level - inside) / max(level, inside))
                before[service.id] = level
    return conservation, little


ROWS = (
    Claim(
        SECTION,
        "in = served + rejected + what is left, ten random graphs under faults",
        "conservation",
        Unit.RELATIVE,
        1e-9,
        lambda: Found(errors()[0], 0.0),
    ),
    Claim(
        SECTION,
        "number in a pool = throughput × time in it, the same graphs",
        "Little's law",
        Unit.RELATIVE,
        1e-9,
        lambda: Found(errors()[1], 0.0),
    ),
)
