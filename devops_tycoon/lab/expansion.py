"""Expand a lab graph to what the flow model knows: each step replaces one mechanism with simpler parts."""

from devops_tycoon.lab.connections import with_connections
from devops_tycoon.lab.graph import LabGraph
from devops_tycoon.lab.regions import with_regions
from devops_tycoon.lab.shards import with_shards
from devops_tycoon.lab.zones import with_zones

STEPS = (with_regions, with_zones, with_shards, with_connections)
"""In this order; each leaves a graph without its mechanism unchanged."""


def expanded(graph: LabGraph) -> LabGraph:
    """Return the graph as the flow model runs it."""
    for step in STEPS:
        graph = step(graph)
    return graph
