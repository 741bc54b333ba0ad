"""Read a lab file and check what its tables cannot: names that exist, no cycles, keys that exclude each other."""

from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from importlib.resources.abc import Traversable

from devops_tycoon.content.problem import suggestion
from devops_tycoon.content.reader import read_document
from devops_tycoon.content.schema import Source
from devops_tycoon.lab.format import GRAPH, MOST_SLOTS, MOST_TICKS, MOST_WINDOWS
from devops_tycoon.lab.graph import LabDependency, LabGraph, LabService
from devops_tycoon.lab.message_checks import check_messages
from devops_tycoon.lab.regions import region_names
from devops_tycoon.lab.shards import shard_names
from devops_tycoon.sim.flow.autoscale import Autoscaler
from devops_tycoon.sim.flow.forecast import PERIOD


def read_lab(file: Traversable) -> LabGraph:
    """Read a lab file; raise ContentError with all its problems."""
    return read_document(file, GRAPH, _check).value


def _check(graph: LabGraph, source: Source) -> None:
    known = [service.id for service in graph.services]
    unscaled = [service.id for service in graph.services if service.autoscaler is None]

    def exists(word: str, *at: str | int) -> None:
        if word not in known:
            source.note(at, f'there is no service "{word}"; expected the id of one{suggestion(word, known)}')

    if graph.seconds < graph.tick_s:
        source.note(("seconds",), f"is less than one tick; expected at least {graph.tick_s:g}")
    if graph.seconds / graph.tick_s > MOST_TICKS:
        source.note(("seconds",), f"is more than {MOST_TICKS} ticks; expected less, or a longer tick_s")
    if graph.warmup_s is not None and graph.warmup_s >= graph.seconds:
        source.note(("warmup_s",), f"leaves no time to measure; expected less than {graph.seconds:g}")
    for i, service in enumerate(graph.services):
        if service.replicas * service.concurrency > MOST_SLOTS:
            source.note(("services", i, "concurrency"), f"replicas × concurrency exceeds {MOST_SLOTS}; expected less")
        if service.autoscaler is not None:
            _check_autoscaler(service.autoscaler, service.concurrency, source, i)
        if service.quota is not None and service.limit is not None:
            source.note(("services", i, "quota"), "cannot be combined with limit; expected one of the two")
        for name in shard_names(service):
            if name != service.id and name in known:
                source.note(("services", i, "shards"), f'makes a shard "{name}", which is also a service')
    for i, dependency in enumerate(graph.dependencies):
        exists(dependency.caller, "dependencies", i, "from")
        exists(dependency.callee, "dependencies", i, "to")
        if dependency.caller == dependency.callee:
            source.note(("dependencies", i, "to"), f'"{dependency.callee}" calls itself; expected another service')
        if dependency.stale is not None:
            exists(dependency.stale.lag_of, "dependencies", i, "stale", "lag_of")
        if dependency.cache is not None and (dependency.cache.ttl_s or graph.tick_s) < graph.tick_s:
            source.note(
                ("dependencies", i, "cache", "ttl_s"), f"is less than one tick; expected at least {graph.tick_s:g}"
            )
    _alternatives(graph, source)
    check_messages(graph, source)
    for i, demand in enumerate(graph.demand):
        exists(demand.entry, "demand", i, "entry")
    shards = {name for s in graph.services for where in (s.id, *region_names(graph, s.id)) for name in _named(s, where)}
    zones = [name for s in graph.services for zone in s.zones for name in region_names(graph, zone)]
    regions = [region.id for region in graph.regions]
    for i, fault in enumerate(graph.faults):
        if fault.control_plane_down and fault.service in unscaled:
            source.note(
                ("faults", i, "control_plane_down"), f'"{fault.service}" has no autoscaler; expected a service with one'
            )
        if fault.flush and not any(d.cache is not None and d.caller == fault.service for d in graph.dependencies):
            keep = sorted({d.caller for d in graph.dependencies if d.cache is not None}) or ["none here does"]
            source.note(
                ("faults", i, "flush"),
                f'"{fault.service}" has no cache; expected a service with one: {", ".join(keep)}',
            )
        if (fault.zone != "") + (fault.service != "") + (fault.region != "") > 1:
            source.note(("faults", i), "acts on several targets; expected one of service, zone, region")
        elif fault.region:
            if fault.region not in regions:
                hint = suggestion(fault.region, regions)
                source.note(
                    ("faults", i, "region"), f'there is no region "{fault.region}"; expected the id of one{hint}'
                )
        elif fault.zone:
            if fault.zone not in zones:
                hint = suggestion(fault.zone, zones)
                source.note(("faults", i, "zone"), f'no service stands in zone "{fault.zone}"; expected a zone{hint}')
        elif fault.service:
            if fault.service not in shards:
                exists(fault.service, "faults", i, "service")
        else:
            source.note(("faults", i, "service"), "is missing; expected the id of a service, or a zone or region")
    _acyclic(graph, source)


def _named(service: LabService, name: str) -> tuple[str, ...]:
    return (name, *shard_names(replace(service, id=name)))


def _alternatives(graph: LabGraph, source: Source) -> None:
    """Note alternatives with different settings: they are one call to one of several services."""
    first: dict[tuple[str, int], LabDependency] = {}
    for i, d in enumerate(graph.dependencies):
        if d.choice is None:
            continue
        other = first.setdefault((d.caller, d.choice), d)
        for key in ("parallel", "required", "hold"):
            if getattr(d, key) != getattr(other, key):
                source.note(
                    ("dependencies", i, "choice"),
                    f'makes "{d.callee}" and "{other.callee}" alternatives; expected the same {key} of both',
                )


def _check_autoscaler(settings: Autoscaler, concurrency: int, source: Source, i: int) -> None:
    at = ("services", i, "autoscaler")
    if settings.least > settings.most:
        source.note((*at, "min"), f"exceeds max; expected at most {settings.most}")
    if settings.most * concurrency > MOST_SLOTS:
        source.note((*at, "max"), f"max × concurrency exceeds {MOST_SLOTS}; expected less")
    remembered = settings.look_back_s
    if settings.forecast is not None:
        remembered = max(remembered, settings.forecast.history_s)
        if settings.forecast.by == PERIOD:
            remembered = max(remembered, settings.forecast.period_s)
    if remembered / settings.every_s > MOST_WINDOWS:
        source.note((*at, "every_s"), f"needs more than {MOST_WINDOWS} windows; expected a longer every_s")
    if settings.forecast is not None and settings.forecast.by == PERIOD:
        lead_s = settings.start_s + settings.every_s if settings.forecast.lead_s is None else settings.forecast.lead_s
        if lead_s >= settings.forecast.period_s:
            source.note((*at, "forecast"), f"looks {lead_s:g} s ahead, a whole period; expected a longer period_s")


def _acyclic(graph: LabGraph, source: Source) -> None:
    callees: dict[str, set[str]] = {}
    for dependency in graph.dependencies:
        if dependency.caller != dependency.callee:
            callees.setdefault(dependency.caller, set()).add(dependency.callee)
    try:
        TopologicalSorter(callees).prepare()
    except CycleError as error:
        circle = error.args[1][::-1]
        i = next(i for i, d in enumerate(graph.dependencies) if [d.caller, d.callee] == circle[:2])
        source.note(("dependencies", i), f"calls form a circle: {' → '.join(circle)}; expected calls without cycles")
