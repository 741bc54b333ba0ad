"""Regions: every service once in each, with its own pools, and users who can be moved between them.

A service "web" of region "east" is called "web@east" (a zone "a" is "a@east"); calls stay in their region. A region
that goes dark answers nobody: its users hang until their patience ends, for the `failover_s` that people need to decide
and to point names elsewhere (Netflix needed 45 to 50 minutes before 2018, and 7 since: Amjith R., "How Netflix does
Failovers in 7 minutes", 2018). Then they go to the other regions in proportion to their shares, all at once, and return
when the fault is over. Survivors that were not built for them drown.

A store replicates with a lag: what was written in the last `lag_s` seconds before the loss is not in the other regions.
So a failover loses rate × `writes` × `lag_s` writes of each store (`lost_writes`); the lag does nothing else.
"""

from dataclasses import replace
from itertools import pairwise

from devops_tycoon.lab.graph import LabFault, LabGraph, LabSpike
from devops_tycoon.lab.network import rate_at


def region_names(graph: LabGraph, name: str) -> tuple[str, ...]:
    """Return the names of a service (or zone): its own, or one per region."""
    return tuple([f"{name}@{region.id}" for region in graph.regions]) or (name,)


def with_regions(graph: LabGraph) -> LabGraph:
    """Return the graph with everything once per region, and demand that moves."""
    if not graph.regions:
        return graph
    dark = [fault for fault in graph.faults if fault.region]
    services, dependencies, demand = [], [], []
    for region in graph.regions:
        at = f"@{region.id}"
        zoned = [tuple([zone + at for zone in s.zones]) for s in graph.services]
        services += [replace(s, id=s.id + at, zones=z) for s, z in zip(graph.services, zoned, strict=True)]
        dependencies += [replace(d, caller=d.caller + at, callee=d.callee + at) for d in graph.dependencies]
        for users in graph.demand:
            times = {0.0, *[t for f in dark for t in (f.at + graph.failover_s, f.at + f.lasts)]}
            times |= {t for spike in users.spikes for t in (spike.at, spike.at + spike.lasts)}
            spikes = [
                LabSpike(begin, end - begin, rate_at(users, begin) * share_at(graph, region.id, begin))
                for begin, end in pairwise([*sorted(times), graph.seconds + 1e6])
                if end > begin
            ]
            calm = users.rate * share_at(graph, region.id, -1.0)
            moving = tuple([spike for spike in spikes if spike.rate != calm])
            demand.append(replace(users, entry=users.entry + at, rate=calm, spikes=moving))
    faults: list[LabFault] = []
    for fault in graph.faults:
        if fault.region:
            faults += [
                LabFault(fault.at, fault.lasts, f"{s.id}@{fault.region}", capacity_factor=0.0, lost=1.0)
                for s in graph.services
            ]
        elif fault.service and "@" not in fault.service:
            faults += [replace(fault, service=name) for name in region_names(graph, fault.service)]
        else:
            faults.append(fault)
    return replace(
        graph,
        services=tuple(services),
        dependencies=tuple(dependencies),
        demand=tuple(demand),
        faults=tuple(faults),
        regions=(),
    )


def share_at(graph: LabGraph, region: str, t: float) -> float:
    """Return a region's share of the demand at `t` seconds; no users are moved if no region is left."""
    gone = {f.region for f in graph.faults if f.region and f.at + graph.failover_s <= t < f.at + f.lasts}
    if all(r.id in gone for r in graph.regions):
        gone = set()
    total = mine = 0.0
    for r in graph.regions:
        if r.id not in gone:
            total += r.share
            mine += r.share if r.id == region else 0.0
    return mine / total


def lost_writes(graph: LabGraph, served: dict[float, dict[str, float]]) -> dict[str, float]:
    """Return the writes that failovers lost per store; `served` are its requests per second when its region went."""
    lost: dict[str, float] = {}
    for fault in graph.faults:
        if fault.region and fault.at in served and graph.failover_s < fault.lasts:
            for s in graph.services:
                if s.writes > 0.0 and s.lag_s > 0.0:
                    name = f"{s.id}@{fault.region}"
                    rate = 0.0
                    for pool, its in served[fault.at].items():
                        rate += its if pool == name or pool.startswith(name + "#") else 0.0
                    lost[name] = lost.get(name, 0.0) + rate * s.writes * s.lag_s
    return lost
