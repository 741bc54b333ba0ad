"""The tables of a lab file: services, dependencies, demand and faults."""

from devops_tycoon.content.schema import flag, list_of, maybe, need, number, one_of, table, text, whole
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
from devops_tycoon.sim.flow.autoscale import CPU, METRICS, Autoscaler
from devops_tycoon.sim.flow.forecast import KINDS, TREND, Forecast
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
"""Most windows an autoscaler remembers."""

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
