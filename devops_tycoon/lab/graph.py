"""A bare service graph, as a lab file describes it.

Names and defaults are those of the file (`from` and `to` are `caller` and `callee` here). Times are in the unit the
name says, rates in requests per second.
"""

from dataclasses import dataclass

from devops_tycoon.sim.flow.autoscale import Autoscaler

REGISTRY_S = 30.0
"""A design value between a health check's few seconds and a lease: Kubernetes calls a silent node dead after 40 s (50 s
in newer versions), Netflix's Eureka ends a lease after 90 s."""


@dataclass(frozen=True, slots=True)
class LabQuota:
    """How many requests an outside provider takes; more are refused at once (HTTP 429)."""

    rate: float
    """Per second."""
    burst: float
    """How many may come at once after a quiet time."""


@dataclass(frozen=True, slots=True)
class LabService:
    """A pool of equal workers that do one thing."""

    id: str
    service_time_ms: float
    """Mean of the work done here; exponential unless `cv2` is given."""
    replicas: int = 1
    concurrency: int = 1
    """Slots per replica."""
    queue: int | None = None
    """Waiting places; None = unbounded."""
    cv2: float = 1.0
    limit: float | None = None
    """From so many requests in it on, arrivals are admitted with probability limit / requests, the best first."""
    throttle: bool = False
    """Its callers hold requests back when it takes and answers less than half of them."""
    autoscaler: Autoscaler | None = None
    """Changes `replicas` as the load does; they are then the number at the beginning, brought within its bounds."""
    zones: tuple[str, ...] = ()
    """Where its replicas stand, dealt out in turn; empty: nowhere that can fail."""
    shards: int = 1
    """Pools of `replicas` each; a request goes to the one that has its key (see `shards.py`)."""
    skew: float = 0.0
    """Zipf's exponent of the keys' popularity; 0 = all alike."""
    keys: int = 1000
    max_connections: int | None = None
    """Connections that callers may open to it; None = unlimited."""
    quota: LabQuota | None = None
    """None: takes whatever comes."""
    latency_ms: float = 0.0
    """Network time there and back (constant) of every call to it."""
    writes: float = 0.0
    """Share of its requests that are writes (of a store in several regions)."""
    lag_s: float = 0.0
    """How long a write needs to be in the other regions."""


@dataclass(frozen=True, slots=True)
class LabBreaker:
    """A circuit breaker's settings: when it opens, for how long, and how many attempts try whether all is well."""

    window_s: float = 10.0
    """How far back known outcomes count; at most 600 ticks."""
    threshold: float = 0.5
    """Share of failures from which on it opens."""
    open_s: float = 5.0
    min_calls: int = 20
    """Known outcomes below which it never opens."""
    probes: int = 10
    """Attempts let through when half-open; all must succeed."""


@dataclass(frozen=True, slots=True)
class LabStale:
    """Reads of a replica: how far it lags, and how soon users read what they wrote."""

    lag_of: str
    """The service that applies each write on a replica; the primary sends it a message per write."""
    gap_s: float = 1.0
    """Mean time from a user's write to the same user's read (exponential)."""
    share: float = 1.0
    """Share of the reads that follow a write of the same user; the rest is never stale."""


@dataclass(frozen=True, slots=True)
class LabCache:
    """What the caller keeps of the callee's answers; the least recently used goes first."""

    keys: int
    """How many different things are asked for."""
    skew: float = 0.9
    """Exponent of Zipf's law; 0: all are equally popular."""
    capacity: int | None = None
    """Keys that fit; None = all."""
    ttl_s: float | None = None
    """A key is fetched again so long after it was filled; None = never."""
    ttl_jitter: float = 0.0
    """0…1: each time to live is uniform in ttl_s·(1 ± ttl_jitter)."""
    single_flight: bool = False
    """Requests for a key that is being fetched wait for that fetch."""
    hit_ms: float = 0.0
    """A hit takes so long (constant)."""
    warm: bool = True
    """It is full when the run begins."""


@dataclass(frozen=True, slots=True)
class LabDependency:
    """One service calls another."""

    caller: str
    callee: str
    calls: float = 1.0
    required: bool = True
    timeout_ms: float | None = None
    retries: int = 0
    backoff_ms: float = 0.0
    retry_budget: float | None = None
    """Retries that each first attempt pays for; None = unlimited."""
    hold: bool = True
    parallel: bool = True
    breaker: LabBreaker | None = None
    """None = keeps asking whatever happens."""
    bulkhead: int | None = None
    """Most attempts of the caller under way at once; more fail at once."""
    choice: int | None = None
    """Dependencies of one service with the same number are alternatives: each of their Σ `calls` goes to just one."""
    detached: bool = False
    """A message: nobody waits. `timeout_ms` runs from when a consumer takes it; the last failure is a dead letter."""
    poison: float = 0.0
    """Share of messages that fail at every delivery."""
    ordered: bool = False
    """One consumer takes them one by one; one that fails blocks those behind it until it is delivered or dead."""
    stale: LabStale | None = None
    """The callee is a replica that lags."""
    cache: LabCache | None = None
    """None = it asks every time."""
    jitter: float = 0.0
    """0…1: the backoff is uniform in backoff_ms·(1 ± jitter)."""
    connections: int | None = None
    """Connections that each replica of the caller opens (see `connections.py`); None = as many as it needs."""
    refused: float = 0.0
    """Share of the attempts that are refused at once on the way."""


@dataclass(frozen=True, slots=True)
class LabSpike:
    """A rate that replaces the base for a while."""

    at: float
    lasts: float
    rate: float


@dataclass(frozen=True, slots=True)
class LabDemand:
    """Users of one service."""

    entry: str
    rate: float
    spikes: tuple[LabSpike, ...] = ()
    timeout_ms: float | None = None
    """The users' patience."""
    retries: int = 0
    backoff_ms: float = 0.0
    retry_budget: float | None = None
    """As of a dependency, for all users of this demand together."""
    priority: int = 0
    """Services with a `limit` shed 2 first and 0 last."""
    jitter: float = 0.0
    """As of a dependency."""


@dataclass(frozen=True, slots=True)
class LabFault:
    """Something that acts on a service, or on all that stands in a zone, for a while."""

    at: float
    lasts: float
    service: str = ""
    capacity_factor: float = 1.0
    """Multiplies slots; 0 freezes the pool."""
    add_latency_ms: float = 0.0
    """Mean of an exponential time that a slot is held in addition."""
    error_rate: float = 0.0
    down: bool = False
    """New arrivals are refused at once; admitted work goes on."""
    control_plane_down: bool = False
    """The service's autoscaler decides nothing and no new replica joins."""
    flush: bool = False
    """When it begins, the caches that the service keeps lose all they have."""
    lost: float = 0.0
    """Share of the attempts into the service that reach nobody and hang until their callers' patience ends."""
    zone: str = ""
    """Instead of a service: all replicas in this zone are dead (see `zones.py`)."""
    registry_s: float = REGISTRY_S
    """How long the registry goes on listing the dead of the zone."""
    region: str = ""
    """Instead of a service: the whole region is dark (see `regions.py`)."""


@dataclass(frozen=True, slots=True)
class LabRegistry:
    """What knows which replicas are alive."""

    self_preservation: float = 0.85
    """If less than this share of all replicas is left after a loss, none of the lost is taken off the list."""


@dataclass(frozen=True, slots=True)
class LabRegion:
    """A place that has all services once."""

    id: str
    share: float = 1.0
    """Of the demand, relative to the other regions."""


@dataclass(frozen=True, slots=True)
class LabGraph:
    """Services, dependencies, demand and faults; `warmup_s` None means half of `seconds`."""

    services: tuple[LabService, ...]
    dependencies: tuple[LabDependency, ...] = ()
    demand: tuple[LabDemand, ...] = ()
    faults: tuple[LabFault, ...] = ()
    seconds: float = 600.0
    warmup_s: float | None = None
    tick_s: float = 1.0
    registry: LabRegistry | None = None
    """None: a registry without a fail-safe."""
    regions: tuple[LabRegion, ...] = ()
    failover_s: float = 1e9
    """How long after the loss of a region its users are moved to the others; by default never."""
