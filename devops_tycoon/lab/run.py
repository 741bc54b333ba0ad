"""Run a lab graph and summarise it as `devops-tycoon lab FILE --json` prints it."""

from dataclasses import dataclass, field
from math import floor
from typing import Any

from devops_tycoon.lab.causes import Cause, add_causes
from devops_tycoon.lab.expansion import expanded
from devops_tycoon.lab.graph import LabGraph
from devops_tycoon.lab.messages import Messages
from devops_tycoon.lab.network import active_faults, entry_names, message_names, network_with, rate_at
from devops_tycoon.lab.regions import lost_writes
from devops_tycoon.lab.scaling import Fleets, fleets_of, replicas_in, scaled
from devops_tycoon.sim.flow import FlowState, Network, Reading, advance, empty
from devops_tycoon.sim.flow.paths import request_times
from devops_tycoon.sim.flow.sojourn import Part, mixture_percentiles

PATH_SAMPLES = 60
"""Ticks sampled for an entry's percentiles."""
_QS = (0.5, 0.95, 0.99)

Json = dict[str, Any]


@dataclass(slots=True)
class _Service:
    """Sums over the ticks that count."""

    ticks: int = 0
    arrivals: float = 0.0
    turned: float = 0.0
    served: float = 0.0
    busy: float = 0.0
    waited: float = 0.0
    wait_time: float = 0.0
    time: float = 0.0
    backlog: float = 0.0
    """Requests in the service at the end."""
    replicas: int = 0
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    valid: float = 0.0
    good: float = 0.0
    degraded: float = 0.0
    begun: float = 0.0
    time: float = 0.0
    samples: list[tuple[float, float]] = field(default_factory=list)
    """Times and weights."""


def run(graph: LabGraph, series: bool = False) -> Json:
    """Simulate the graph and return its statistics after the warm-up; times in ms, rates per second."""
    given, graph = graph, expanded(graph)
    lost_at = {floor(f.at / graph.tick_s) - 1: f.at for f in given.faults if f.region}
    served: dict[float, dict[str, float]] = {}
    ticks = max(1, floor(graph.seconds / graph.tick_s + 0.5))
    warmup_s = graph.seconds / 2.0 if graph.warmup_s is None else graph.warmup_s
    begin = min(ticks - 1, floor(warmup_s / graph.tick_s + 0.5))
    every = max(1, (ticks - begin) // PATH_SAMPLES)
    networks: dict[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], Network] = {}
    fleets = fleets_of(graph)
    replicas = replicas_in(fleets)
    services = [_Service() for _ in graph.services]
    entries = [_Entry() for _ in graph.demand]
    messages = {
        name: Messages(calls, graph.dependencies[calls[0]].callee) for name, calls in message_names(graph).items()
    }
    causes: dict[Cause, float] = {}
    rows: list[Json] = []
    state: FlowState | None = None
    for tick in range(ticks):
        middle = (tick + 0.5) * graph.tick_s
        faults = active_faults(graph, middle)
        network = networks.get((faults, replicas))
        if network is None:
            network = networks[faults, replicas] = network_with(graph, faults, replicas)
        state, reading = advance(
            network, empty(network) if state is None else state, tuple([rate_at(d, middle) for d in graph.demand])
        )
        for line in messages.values():
            line.add(network, reading, tick >= begin)
        if tick in lost_at:
            rates = [amount / graph.tick_s for amount in reading.served]
            served[lost_at[tick]] = dict(zip([s.id for s in graph.services], rates, strict=True))
        if tick >= begin:
            add_causes(network, reading, causes)
            for p, service in enumerate(services):
                _add_service(service, reading, p)
            for p, fleet in fleets.items():
                services[p].replicas += fleet.ready
            for d, entry in enumerate(entries):
                _add_entry(entry, reading, d, graph.tick_s * rate_at(graph.demand[d], middle))
                if (tick - begin) % every == 0:
                    _add_samples(entry, network, state, reading, d)
        if series:
            rows.append(_row(graph, reading, tick * graph.tick_s, fleets))
            if messages:
                rows[-1]["dependencies"] = {name: {"dead_letters": line.now} for name, line in messages.items()}
        if fleets:
            fleets = scaled(graph, fleets, reading, faults)
            replicas = replicas_in(fleets)
    span = (ticks - begin) * graph.tick_s
    result: Json = {
        "services": {s.id: _service_json(sums, span) for s, sums in zip(graph.services, services, strict=True)},
        "entries": {name: _entry_json(sums) for name, sums in zip(entry_names(graph), entries, strict=True)},
        "dependencies": {name: line.document(graph.tick_s) for name, line in messages.items()},
        "causes": [
            {"cause": cause, "where": where, "bad": bad}
            for (cause, where), bad in sorted(causes.items(), key=lambda item: (-item[1], item[0]))
        ],
    }
    for p in fleets:
        result["services"][graph.services[p].id]["replicas"] = services[p].replicas / services[p].ticks
    lost = lost_writes(given, served)
    if lost:
        result["lost_writes"] = lost
    if series:
        result["series"] = rows
    return result


def _add_service(sums: _Service, reading: Reading, p: int) -> None:
    arrivals, served = reading.arrivals[p], reading.served[p]
    sums.ticks += 1
    sums.arrivals += arrivals
    sums.turned += reading.rejected[p] + reading.refused[p] + reading.shed[p]
    sums.served += served
    sums.busy += reading.utilisation[p]
    sums.waited += served * reading.wait_probability[p]
    sums.wait_time += served * reading.wait_s[p]
    sums.backlog = reading.in_system[p]
    sums.time += served * (reading.wait_s[p] + reading.hold_s[p])
    if served > 0.0:
        part = (
            reading.wait_probability[p],
            reading.wait_fixed_s[p],
            reading.wait_theta_s[p],
            reading.hold_s[p],
            reading.hold_var_s2[p],
        )
        if sums.parts and sums.parts[-1][1:] == part:  # a steady pool: one part for all its ticks
            served += sums.parts.pop()[0]
        sums.parts.append((served, *part))


def _add_entry(sums: _Entry, reading: Reading, d: int, begun: float) -> None:
    sums.valid += reading.valid[d]
    sums.good += reading.good[d]
    sums.degraded += reading.good_degraded[d]
    sums.begun += begun
    sums.time += begun * reading.request_s[d]


def _add_samples(sums: _Entry, network: Network, state: FlowState, reading: Reading, d: int) -> None:
    weight = reading.demand_attempts[d]
    if weight > 0.0:
        sums.samples += [(time, weight) for time in request_times(network, state, reading, d)]


def _service_json(sums: _Service, span: float) -> Json:
    p50, p95, p99 = mixture_percentiles(_thinned(sums.parts), _QS)
    served = sums.served if sums.served > 0.0 else 1.0
    return {
        "utilisation": sums.busy / sums.ticks,
        "waiting_probability": sums.waited / served,
        "wait_ms": 1000.0 * sums.wait_time / served,
        "mean_ms": 1000.0 * sums.time / served,
        "p50_ms": 1000.0 * p50,
        "p95_ms": 1000.0 * p95,
        "p99_ms": 1000.0 * p99,
        "rejected": sums.turned / sums.arrivals if sums.arrivals > 0.0 else 0.0,
        "throughput": sums.served / span,
        "attempts": sums.arrivals / span,
        "backlog_end": sums.backlog,
    }


def _thinned(parts: list[Part]) -> list[Part]:
    """Return at most about 300 parts, evenly spaced: enough for a percentile."""
    return parts[:: max(1, len(parts) // 300)]


def _entry_json(sums: _Entry) -> Json:
    result: Json = {
        "availability": sums.good / sums.valid if sums.valid > 0.0 else 1.0,
        "degraded": sums.degraded / sums.valid if sums.valid > 0.0 else 0.0,
        "mean_ms": 1000.0 * sums.time / sums.begun if sums.begun > 0.0 else 0.0,
    }
    ordered = sorted(sums.samples)
    total = 0.0
    for _, weight in ordered:
        total += weight
    for q, name in zip(_QS, ("p50_ms", "p95_ms", "p99_ms"), strict=True):
        result[name] = 1000.0 * _weighted_percentile(ordered, total, q)
    return result


def _weighted_percentile(ordered: list[tuple[float, float]], total: float, q: float) -> float:
    """Return a percentile of times with weights, each time standing in the middle of its weight, as in the game.

    Hazen's rule (definition 5 of R. Hyndman, Y. Fan, *Sample Quantiles in Statistical Packages*, 1996). The first time
    with a share `q` at or below it is low in the tail of few samples: by 1% at the p99 of 512.
    """
    wanted = q * total
    below = middle = last = 0.0
    for i, (time, weight) in enumerate(ordered):
        before, middle = middle, below + 0.5 * weight
        if middle >= wanted:
            return last + (time - last) * (wanted - before) / (middle - before) if i else time
        below += weight
        last = time
    return last


def _row(graph: LabGraph, reading: Reading, t: float, fleets: Fleets) -> Json:
    dt = graph.tick_s
    row: Json = {
        "t": t,
        "services": {
            service.id: {
                "attempts": reading.arrivals[p] / dt,
                "throughput": reading.served[p] / dt,
                "rejected": (reading.rejected[p] + reading.refused[p] + reading.shed[p]) / dt,
                "in_system": reading.in_system[p],
                "utilisation": reading.utilisation[p],
                "waiting_probability": reading.wait_probability[p],
                "wait_ms": 1000.0 * reading.wait_s[p],
                "mean_ms": 1000.0 * (reading.wait_s[p] + reading.hold_s[p]),
            }
            for p, service in enumerate(graph.services)
        },
        "entries": {
            name: {
                "valid": reading.valid[d],
                "good": reading.good[d],
                "degraded": reading.good_degraded[d],
                "attempts": reading.demand_attempts[d] / dt,
                "mean_ms": 1000.0 * reading.request_s[d],
            }
            for d, name in enumerate(entry_names(graph))
        },
    }
    for p, fleet in fleets.items():
        row["services"][graph.services[p].id] |= {
            "replicas": fleet.ready,
            "replicas_starting": fleet.asked - fleet.ready,
        }
    return row
