"""Connections to a store: each replica of a caller opens so many, and the store lets only so many be opened.

Replicas open their whole pool when they start (HikariCP's default: `minimumIdle` = `maximumPoolSize`), those of the
dependencies first that are first in the file. When `max_connections` are open, the store refuses more (PostgreSQL:
`max_connections`, 100 by default; "sorry, too many clients already"), so the replicas that started last have none:
every call of theirs, and every retry of it, fails at once. So scaling out a caller breaks a healthy system.
A replica has at most `connections` calls under way; more wait in the caller for one to come free, within the call's
timeout, which restarts for the query once there is a connection. Where a replica cannot have so many calls under way
this is left out; otherwise it is a pool named "caller>store" whose slots are all connections together.

Approximate: connections are shared by the replicas, while in reality each waits for its own (two each, a third busy:
mean times 7% too short; one each and busy: far too short), and a request that makes several calls may have some of
them refused (in reality a replica without connections fails all or none).
"""

from dataclasses import replace
from math import floor

from devops_tycoon.lab.graph import LabDependency, LabGraph, LabService

_NO_TIME_MS = 1e-6


def with_connections(graph: LabGraph) -> LabGraph:
    """Return the graph with connections as pools, and the calls of replicas without any as alternatives that fail."""
    if all(d.connections is None for d in graph.dependencies):
        return graph
    service = {s.id: s for s in graph.services}
    left = {s.id: s.max_connections for s in graph.services}
    extra: list[LabService] = []
    dependencies: list[LabDependency] = []
    fresh = max([d.choice for d in graph.dependencies if d.choice is not None], default=0)
    for d in graph.dependencies:
        if d.connections is None:
            dependencies.append(d)
            continue
        caller, free = service[d.caller], left[d.callee]
        wanted = caller.replicas * d.connections
        got = wanted if free is None else min(wanted, free)
        if free is not None:
            left[d.callee] = free - got
        connected = -(-got // d.connections)
        refused = 1.0 - connected / caller.replicas
        choice = d.choice
        if refused > 0.0:
            if choice is None:
                fresh += 1
                choice = fresh
            dependencies.append(replace(d, calls=d.calls * refused, choice=choice, refused=1.0))
        if connected == 0:
            continue
        inside = replace(d, calls=d.calls * (1.0 - refused), choice=choice)
        together = caller.concurrency * (max(1, -floor(-d.calls)) if d.parallel else 1)
        if d.hold and together * connected <= got:
            dependencies.append(inside)
            continue
        name = f"{d.caller}>{d.callee}"
        extra.append(LabService(name, _NO_TIME_MS, 1, got))
        dependencies.append(replace(inside, callee=name))
        dependencies.append(LabDependency(name, d.callee, timeout_ms=d.timeout_ms, parallel=False))
    return replace(graph, services=(*graph.services, *extra), dependencies=tuple(dependencies))
