"""The format of a lab file: a bare service graph, its demand and its faults."""

from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from importlib.resources.abc import Traversable

from devops_tycoon.content.problem import suggestion
from devops_tycoon.content.reader import read_document
from devops_tycoon.content.schema import Source, flag, list_of, maybe, need, number, one_of, table, text, whole
from devops_tycoon.lab.check_messages import check_messages
from devops_tycoon.lab.graph import (
    REGISTRY_S,
    LabBreaker,
    LabCache,
    LabDemand,
    LabDependency,
    LabFault,
    LabGraph,
    LabQuota,
    LabRegion,
    LabRegistry,
    LabService,
    LabSpike,
    LabStale,
)
from devops_tycoon.lab.regions import region_names
from devops_tycoon.lab.shards import shard_names
from devops_tycoon.sim.flow.autoscale import CPU, METRICS, Autoscaler
from devops_tycoon.sim.flow.forecast import KINDS, PERIOD, TREND, Forecast
from devops_tycoon.sim.flow.sharding import MOST_KEYS

MOST_SLOTS = 100_000
MOST_TICKS = 1_000_000

ID = text(60)
SECONDS = number(0, 1e9)
LASTS = number(1e-6, 1e9)
MILLISECONDS = number(1e-6, 1e9)
BACKOFF = number(0, 1e9)
RATE = number(0, 1e9)
RETRIES = whole(0, 100)
BUDGET = number(0, 100)
JITTER = number(0, 1)

MOST_WINDOWS = 100_000
"""Windows that an autoscaler may have to remember."""

FORECAST = table(
    Forecast,
    by=maybe(one_of(*KINDS), TREND),
    lead_s=maybe(SECONDS, None),
    history_s=maybe(LASTS, 120.0),
    period_s=maybe(LASTS, 86_400.0),
)

AUTOSCALER = table(
    Autoscaler,
    target=need(number(0.001, 1)),
    most=need(whole(1, MOST_SLOTS), key="max"),
    least=maybe(whole(1, MOST_SLOTS), 1, key="min"),
    start_s=maybe(SECONDS, 60.0),
    every_s=maybe(number(0.01, 1e9), 15.0),
    look_back_s=maybe(SECONDS, 300.0),
    metric=maybe(one_of(*METRICS), CPU),
    tolerance=maybe(number(0, 1), 0.1),
    forecast=maybe(FORECAST, None),
)

QUOTA = table(LabQuota, rate=need(number(0.001, 1e9)), burst=need(number(1, 1e9)))

SERVICE = table(
    LabService,
    id=need(ID),
    service_time_ms=need(MILLISECONDS),
    replicas=maybe(whole(1, MOST_SLOTS), 1),
    concurrency=maybe(whole(1, MOST_SLOTS), 1),
    queue=maybe(whole(0, 1_000_000), None),
    cv2=maybe(number(0, 100), 1.0),
    limit=maybe(number(0.001, 1e9), None),
    throttle=maybe(flag(), False),
    autoscaler=maybe(AUTOSCALER, None),
    zones=maybe(list_of(ID, most=100), ()),
    shards=maybe(whole(1, 1000), 1),
    skew=maybe(number(0, 5), 0.0),
    keys=maybe(whole(1, MOST_KEYS), 1000),
    max_connections=maybe(whole(0, MOST_SLOTS), None),
    quota=maybe(QUOTA, None),
    latency_ms=maybe(BACKOFF, 0.0),
    writes=maybe(number(0, 1), 0.0),
    lag_s=maybe(SECONDS, 0.0),
)

BREAKER = table(
    LabBreaker,
    window_s=maybe(LASTS, 10.0),
    threshold=maybe(number(0.001, 1), 0.5),
    open_s=maybe(LASTS, 5.0),
    min_calls=maybe(whole(1, 1_000_000), 20),
    probes=maybe(whole(1, 1_000_000), 10),
)

STALE = table(LabStale, lag_of=need(ID), gap_s=maybe(number(1e-6, 1e9), 1.0), share=maybe(number(0, 1), 1.0))
CACHE = table(
    LabCache,
    keys=need(whole(1, 1_000_000_000)),
    skew=maybe(number(0, 5), 0.9),
    capacity=maybe(whole(1, 1_000_000_000), None),
    ttl_s=maybe(LASTS, None),
    ttl_jitter=maybe(JITTER, 0.0),
    single_flight=maybe(flag(), False),
    hit_ms=maybe(number(0, 1e9), 0.0),
    warm=maybe(flag(), True),
)

DEPENDENCY = table(
    LabDependency,
    caller=need(ID, key="from"),
    callee=need(ID, key="to"),
    calls=maybe(number(0, 1000), 1.0),
    required=maybe(flag(), True),
    timeout_ms=maybe(MILLISECONDS, None),
    retries=maybe(RETRIES, 0),
    backoff_ms=maybe(BACKOFF, 0.0),
    retry_budget=maybe(BUDGET, None),
    hold=maybe(flag(), True),
    parallel=maybe(flag(), True),
    breaker=maybe(BREAKER, None),
    bulkhead=maybe(whole(0, MOST_SLOTS), None),
    choice=maybe(whole(0, 1_000_000), None),
    detached=maybe(flag(), False),
    poison=maybe(number(0, 1), 0.0),
    ordered=maybe(flag(), False),
    stale=maybe(STALE, None),
    cache=maybe(CACHE, None),
    jitter=maybe(JITTER, 0.0),
    connections=maybe(whole(1, MOST_SLOTS), None),
    refused=maybe(number(0, 1), 0.0),
)

SPIKE = table(LabSpike, at=need(SECONDS), lasts=need(LASTS), rate=need(RATE))

DEMAND = table(
    LabDemand,
    entry=need(ID),
    rate=need(RATE),
    spikes=maybe(list_of(SPIKE, most=1000), ()),
    timeout_ms=maybe(MILLISECONDS, None),
    retries=maybe(RETRIES, 0),
    backoff_ms=maybe(BACKOFF, 0.0),
    retry_budget=maybe(BUDGET, None),
    priority=maybe(whole(0, 2), 0),
    jitter=maybe(JITTER, 0.0),
)

FAULT = table(
    LabFault,
    at=need(SECONDS),
    lasts=need(LASTS),
    service=maybe(ID, ""),
    capacity_factor=maybe(number(0, 100), 1.0),
    add_latency_ms=maybe(number(0, 1e9), 0.0),
    error_rate=maybe(number(0, 1), 0.0),
    down=maybe(flag(), False),
    control_plane_down=maybe(flag(), False),
    flush=maybe(flag(), False),
    lost=maybe(number(0, 1), 0.0),
    zone=maybe(ID, ""),
    registry_s=maybe(SECONDS, REGISTRY_S),
    region=maybe(ID, ""),
)

REGION = table(LabRegion, id=need(ID), share=maybe(number(0.001, 1e6), 1.0))

REGISTRY = table(LabRegistry, self_preservation=maybe(number(0, 1), 0.85))

GRAPH = table(
    LabGraph,
    services=need(list_of(SERVICE, 1, 10_000, unique="id")),
    dependencies=maybe(list_of(DEPENDENCY, most=100_000), ()),
    demand=maybe(list_of(DEMAND, most=10_000), ()),
    faults=maybe(list_of(FAULT, most=10_000), ()),
    seconds=maybe(number(0.01, 1e9), 600.0),
    warmup_s=maybe(SECONDS, None),
    tick_s=maybe(number(0.01, 60), 1.0),
    registry=maybe(REGISTRY, None),
    regions=maybe(list_of(REGION, most=20, unique="id"), ()),
    failover_s=maybe(SECONDS, 1e9),
)


def read_lab(file: Traversable) -> LabGraph:
    """Read a lab file; raise ContentError with all that is wrong with it."""
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
        source.note(("seconds",), f"makes more than {MOST_TICKS} ticks; expected less, or a longer tick_s")
    if graph.warmup_s is not None and graph.warmup_s >= graph.seconds:
        source.note(("warmup_s",), f"leaves no time to measure; expected less than {graph.seconds:g}")
    for i, service in enumerate(graph.services):
        if service.replicas * service.concurrency > MOST_SLOTS:
            source.note(
                ("services", i, "concurrency"), f"replicas × concurrency is more than {MOST_SLOTS}; expected less"
            )
        if service.autoscaler is not None:
            _check_autoscaler(service.autoscaler, service.concurrency, source, i)
        if service.quota is not None and service.limit is not None:
            source.note(("services", i, "quota"), "stands beside a limit; expected one of the two")
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
                ("faults", i, "control_plane_down"),
                f'"{fault.service}" has no autoscaler that could stop; expected a service with one',
            )
        if fault.flush and not any(d.cache is not None and d.caller == fault.service for d in graph.dependencies):
            keep = sorted({d.caller for d in graph.dependencies if d.cache is not None}) or ["none here does"]
            source.note(
                ("faults", i, "flush"),
                f'"{fault.service}" keeps no cache; expected a service that does: {", ".join(keep)}',
            )
        if (fault.zone != "") + (fault.service != "") + (fault.region != "") > 1:
            source.note(("faults", i), "acts on several kinds of things; expected one of service, zone, region")
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
    """Alternatives are one call to one of several services, so they share what is said of the call as a whole."""
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
        source.note((*at, "min"), f"is more than max; expected at most {settings.most}")
    if settings.most * concurrency > MOST_SLOTS:
        source.note((*at, "max"), f"max × concurrency is more than {MOST_SLOTS}; expected less")
    remembered = settings.look_back_s
    if settings.forecast is not None:
        remembered = max(remembered, settings.forecast.history_s)
        if settings.forecast.by == PERIOD:
            remembered = max(remembered, settings.forecast.period_s)
    if remembered / settings.every_s > MOST_WINDOWS:
        source.note((*at, "every_s"), f"makes more than {MOST_WINDOWS} windows to remember; expected longer ones")
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
        source.note(
            ("dependencies", i),
            f"calls go round in a circle: {' → '.join(circle)}; expected no way back to where a call began",
        )
