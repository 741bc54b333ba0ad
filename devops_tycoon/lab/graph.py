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
    """An outside provider's rate limit; excess requests are rejected at once (HTTP 429)."""

    rate: float
    """Per second."""
    burst: float
    """Requests accepted at once after a quiet time."""


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
    """Above this many requests, arrivals are admitted with probability limit / requests, most important first."""
    throttle: bool = False
    """Its callers hold requests back when it takes and answers less than half of them."""
    autoscaler: Autoscaler | None = None
    """Makes `replicas` follow the load; they are then the number at the start, brought within its bounds."""
    zones: tuple[str, ...] = ()
    """Zones of its replicas, assigned in turn; empty: no zone can take it down."""
    shards: int = 1
    """Pools of `replicas` each; a request goes to the one that has its key (see `shards.py`)."""
    skew: float = 0.0
    """Zipf's exponent of the keys' popularity; 0 = all alike."""
    keys: int = 1000
    max_connections: int | None = None
    """Connections that callers may open to it; None = unlimited."""
    quota: LabQuota | None = None
    """None: unlimited."""
    latency_ms: float = 0.0
    """Constant network round trip of every call to it."""
    writes: float = 0.0
    """Share of its requests that are writes (of a store in several regions)."""
    lag_s: float = 0.0
    """Replication lag: how long a write takes to reach the other regions."""


@dataclass(frozen=True, slots=True)
class LabBreaker:
    """A circuit breaker's settings: when it opens, for how long, and how many trial attempts it needs to close."""

    window_s: float = 10.0
    """How far back known outcomes count; at most 600 ticks."""
    threshold: float = 0.5
    """Failure rate that opens the breaker."""
    open_s: float = 5.0
    min_calls: int = 20
    """Fewest known outcomes before it may open."""
    probes: int = 10
    """Trial attempts when half-open; all must succeed."""


@dataclass(frozen=True, slots=True)
class LabStale:
    """Reads of a replica: how far it lags, and how soon users read what they wrote."""

    lag_of: str
    """The service that applies each write on a replica; the primary sends it a message per write."""
    gap_s: float = 1.0
    """Mean time from a user's write to the same user's read (exponential)."""
    share: float = 1.0
    """Share of the reads that follow a write by the same user; the others are never stale."""


@dataclass(frozen=True, slots=True)
class LabCache:
    """The caller's cache of the callee's answers; the least recently used key is evicted first."""

    keys: int
    """Number of different keys requested."""
    skew: float = 0.9
    """Exponent of Zipf's law; 0: all are equally popular."""
    capacity: int | None = None
    """Keys that fit; None = all."""
    ttl_s: float | None = None
    """Time to live: a key is fetched again this long after it was filled; None = never."""
    ttl_jitter: float = 0.0
    """0…1: each time to live is uniform in ttl_s·(1 ± ttl_jitter)."""
    single_flight: bool = False
    """Requests for a key that is being fetched wait for that fetch."""
    hit_ms: float = 0.0
    """Constant time of a hit."""
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
    """Retries that each first attempt earns; None = unlimited."""
    hold: bool = True
    parallel: bool = True
    breaker: LabBreaker | None = None
    """None = never stops calling."""
    bulkhead: int | None = None
    """Most attempts in flight at once; more fail immediately."""
    choice: int | None = None
    """Dependencies of one service with the same number are alternatives: each of their Σ `calls` goes to just one."""
    detached: bool = False
    """A message: no caller waits. `timeout_ms` starts when a consumer takes it; the last failure is a dead letter."""
    poison: float = 0.0
    """Share of messages that fail at every delivery."""
    ordered: bool = False
    """One consumer takes them one by one; one that fails blocks those behind it until it is delivered or dead."""
    stale: LabStale | None = None
    """The callee is a replica that lags."""
    cache: LabCache | None = None
    """None = no cache."""
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
    """As for a dependency, for all users of this demand together."""
    priority: int = 0
    """Services with a `limit` shed 2 first and 0 last."""
    jitter: float = 0.0
    """As for a dependency."""


@dataclass(frozen=True, slots=True)
class LabFault:
    """A fault of a service, zone or region for a while."""

    at: float
    lasts: float
    service: str = ""
    capacity_factor: float = 1.0
    """Multiplies slots; 0 freezes the pool."""
    add_latency_ms: float = 0.0
    """Mean of the extra exponential time for which a slot is held."""
    error_rate: float = 0.0
    down: bool = False
    """New arrivals are rejected at once; admitted work continues."""
    control_plane_down: bool = False
    """The service's autoscaler decides nothing and no new replica joins."""
    flush: bool = False
    """At its start, the service's caches lose everything."""
    lost: float = 0.0
    """Share of the calls to the service that are lost and hang until the callers' timeouts."""
    zone: str = ""
    """Instead of a service: all replicas in this zone are dead (see `zones.py`)."""
    registry_s: float = REGISTRY_S
    """How long the zone's dead replicas stay in the registry."""
    region: str = ""
    """Instead of a service: the whole region is dark (see `regions.py`)."""


@dataclass(frozen=True, slots=True)
class LabRegistry:
    """What knows which replicas are alive."""

    self_preservation: float = 0.85
    """If less than this share of all replicas survives a loss, no lost replica is removed from the list."""


@dataclass(frozen=True, slots=True)
class LabRegion:
    """A region, with every service once."""

    id: str
    share: float = 1.0
    """Share of the demand, relative to the other regions."""


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
