"""Zone loss: its replicas are gone at once, but the registry lists them for a while, and calls to them hang.

While the dead are listed, load balancing deals them their share: dead listed / all listed of the attempts into every
service reach nobody and hang until the caller's timeout or the user's patience ends (a dead machine does not refuse).
Afterwards all goes to the survivors. Three zones stand the loss of one up to 2/3 utilisation (N + 1). With
`self_preservation` the registry suspects its own network rather than so many dead at once, and lists them as long as
the fault lasts: Eureka stops expiring leases when it hears from less than 85% of its instances (its default), and on
29 June 2012 this kept dead instances in service (Netflix Tech Blog, "Lessons Netflix Learned From The AWS Storm").

Approximate: what the dead were working on is taken over by the survivors (a share of the requests in the pool, once;
in reality they hang as well), and when the zone returns its replicas are listed at once.
"""

from dataclasses import replace
from itertools import pairwise

from devops_tycoon.lab.graph import LabFault, LabGraph, LabService


def with_zones(graph: LabGraph) -> LabGraph:
    """Return the graph with its zone faults as faults of the services in the zones."""
    down = [fault for fault in graph.faults if fault.zone]
    if not down:
        return graph
    faults = [fault for fault in graph.faults if not fault.zone]
    listed_until = {fault: min(fault.at + fault.lasts, _listed_until(graph, fault)) for fault in down}
    times = sorted({t for f in down for t in (f.at, f.at + f.lasts, listed_until[f])})
    for begin, end in pairwise(times):
        dead = {f.zone for f in down if f.at <= begin < f.at + f.lasts}
        hidden = {f.zone for f in down if listed_until[f] <= begin < f.at + f.lasts}
        if dead:
            faults += [_fault(s, begin, end, dead, hidden) for s in graph.services if dead & set(s.zones)]
    return replace(graph, faults=tuple(faults))


def standing_in(service: LabService, zone: str) -> int:
    """Return how many replicas of a service are in a zone."""
    count = len(service.zones)
    return sum(len(range(i, service.replicas, count)) for i, name in enumerate(service.zones) if name == zone)


def _listed_until(graph: LabGraph, fault: LabFault) -> float:
    if graph.registry is not None:
        every = sum(service.replicas for service in graph.services)
        gone = sum(standing_in(service, fault.zone) for service in graph.services)
        if every - gone < graph.registry.self_preservation * every:
            return fault.at + fault.lasts
    return fault.at + fault.registry_s


def _fault(service: LabService, begin: float, end: float, dead: set[str], hidden: set[str]) -> LabFault:
    gone = sum(standing_in(service, zone) for zone in sorted(dead))
    listed = service.replicas - sum(standing_in(service, zone) for zone in sorted(hidden & dead))
    alive = service.replicas - gone
    return LabFault(
        begin,
        end - begin,
        service.id,
        capacity_factor=alive / service.replicas,
        down=listed == 0,
        lost=(listed - alive) / listed if listed else 0.0,
    )
