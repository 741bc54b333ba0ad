"""The autoscalers of a lab graph: what they observe in a tick, and each service's replicas in the next."""

from devops_tycoon.lab.graph import LabGraph, LabService
from devops_tycoon.sim.flow import Reading
from devops_tycoon.sim.flow.autoscale import CPU, Fleet, a_fleet, observed

Fleets = dict[int, Fleet]
"""By the index of the service; only those with an autoscaler."""


def fleets_of(graph: LabGraph) -> Fleets:
    """Return the fleets at the beginning."""
    return {
        i: a_fleet(service.autoscaler, service.replicas)
        for i, service in enumerate(graph.services)
        if service.autoscaler is not None
    }


def replicas_in(fleets: Fleets) -> tuple[tuple[int, int], ...]:
    """Return (index of the service, ready replicas) of all fleets: the key of a network."""
    return tuple([(i, fleet.ready) for i, fleet in fleets.items()])


def scaled(graph: LabGraph, fleets: Fleets, reading: Reading, faults: tuple[int, ...]) -> Fleets:
    """Return the fleets after a tick under its faults."""
    away = {graph.faults[f].service for f in faults if graph.faults[f].control_plane_down}
    after: Fleets = {}
    for i, service in enumerate(graph.services):
        if service.autoscaler is not None:
            busy, offered = _load(service, service.autoscaler.metric, reading, i, graph.tick_s)
            after[i] = observed(
                service.autoscaler, fleets[i], busy, offered, graph.tick_s, control_plane=service.id not in away
            )
    return after


def _load(service: LabService, metric: str, reading: Reading, i: int, dt: float) -> tuple[float, float]:
    """Return the share of slots in use and the replicas' worth of work that arrived in a tick.

    Pool and node of a lab service have its index `i`.
    """
    slots = reading.slots[i]
    if metric == CPU:
        each_s = service.service_time_ms / 1000.0
        busy = min(1.0, reading.visits[i] * each_s / (slots * dt)) if slots > 0.0 else 0.0
    else:
        each_s = reading.hold_s[i]
        busy = reading.utilisation[i]
    return busy, reading.arrivals[i] * each_s / (service.concurrency * dt)
