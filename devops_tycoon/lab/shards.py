"""Sharded services: each shard is a pool of its own, and each call goes to the shard with its key.

A shard is called `db#1`, `db#2` …; `replicas` and `concurrency` are per shard. Calls into the service become
alternatives with the shares of `sim/flow/sharding.py`, users of the service are split in the same way. A fault may name
the service (all shards) or one shard. What a dependency remembers (a breaker, a budget, a bulkhead) it has per shard.
"""

from dataclasses import replace

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService
from devops_tycoon.sim.flow.sharding import shares


def shard_names(service: LabService) -> tuple[str, ...]:
    """Return the names of the pools of a service: its own, or one per shard."""
    if service.shards == 1:
        return (service.id,)
    return tuple([f"{service.id}#{i}" for i in range(1, service.shards + 1)])


def with_shards(graph: LabGraph) -> LabGraph:
    """Return the graph with a service per shard."""
    if all(service.shards == 1 for service in graph.services):
        return graph
    names = {service.id: shard_names(service) for service in graph.services}
    parts = {s.id: shares(s.shards, s.keys, s.skew) if s.shards > 1 else (1.0,) for s in graph.services}
    services = [replace(s, id=name, shards=1) for s in graph.services for name in names[s.id]]
    dependencies: list[LabDependency] = []
    fresh = max([d.choice for d in graph.dependencies if d.choice is not None], default=0)
    for d in graph.dependencies:
        choice = d.choice
        if len(names[d.callee]) > 1 and choice is None:
            fresh += 1
            choice = fresh
        dependencies += [
            replace(d, caller=caller, callee=callee, calls=d.calls * part, choice=choice)
            for caller in names[d.caller]
            for callee, part in zip(names[d.callee], parts[d.callee], strict=True)
        ]
    demand: list[LabDemand] = []
    for users in graph.demand:
        for name, part in zip(names[users.entry], parts[users.entry], strict=True):
            spikes = tuple([replace(spike, rate=spike.rate * part) for spike in users.spikes])
            demand.append(replace(users, entry=name, rate=users.rate * part, spikes=spikes))
    faults: list[LabFault] = []
    for fault in graph.faults:
        faults += [replace(fault, service=name) for name in names.get(fault.service, (fault.service,))]
    return replace(
        graph, services=tuple(services), dependencies=tuple(dependencies), demand=tuple(demand), faults=tuple(faults)
    )
