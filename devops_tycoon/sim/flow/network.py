"""What the flow model is given: pools that queue, nodes that work, calls between nodes, demands.

A `Network` holds the numbers *in effect* (base values after practices and faults). It knows nothing of
games, scenarios or money: a lab file and a company both become one of these.
"""

from dataclasses import dataclass

from devops_tycoon.sim.flow.quota import Quota


@dataclass(frozen=True, slots=True)
class Pool:
    """Workers that share one queue: a service, a datastore or an outside provider."""

    id: str
    slots: float
    """Replicas in effect × concurrency. A fraction is a brown-out; 0 freezes the pool (requests queue)."""
    queue: int | None = None
    """Waiting places; None = unbounded."""
    down: bool = False
    """New arrivals are refused at once; admitted work goes on."""
    limit: float | None = None
    """From so many requests in it on, arrivals are admitted with probability limit / requests (MODEL K)."""
    throttle: bool = False
    """Its callers hold requests back when it answers less than half of them (MODEL K)."""
    quota: Quota | None = None
    """None: takes whatever comes."""


@dataclass(frozen=True, slots=True)
class Node:
    """One capability: what it costs to answer one request to it. Nodes form an acyclic call graph."""

    id: str
    pool: int
    """Index of the pool whose worker does the work; calls within one pool are function calls."""
    work_s: float
    """Mean of the work done here itself, exponential unless `cv2` is given."""
    cv2: float = 1.0
    """Squared coefficient of variation of the work."""
    slow_s: float = 0.0
    """Extra time (mean, exponential) a worker is held without working: a sick disk, an injected delay."""
    error: float = 0.0
    """Share of answers that are errors."""


@dataclass(frozen=True, slots=True)
class Breaker:
    """When a caller stops asking a callee that fails (MODEL H)."""

    window_s: float = 10.0
    """How far back known outcomes count."""
    threshold: float = 0.5
    """Opens from this share of failures on."""
    open_s: float = 5.0
    min_calls: int = 20
    """Never opens on fewer known outcomes than this."""
    probes: int = 10
    """Attempts that are let through to try whether all is well again."""


@dataclass(frozen=True, slots=True)
class Stale:
    """What a replica answers before it has applied the reader's own write."""

    node: int
    """The node that applies writes on one replica; writes reach it by a detached call."""
    gap_s: float
    """Mean time from a user's write to the read that follows it; exponential."""
    share: float
    """Share of reads that follow a write of the same user."""


@dataclass(frozen=True, slots=True)
class Cache:
    """What a caller keeps of a callee's answers (MODEL J): keys by Zipf's law, the least recently used goes first."""

    keys: int
    """How many different things are asked for."""
    skew: float = 0.9
    """Exponent of Zipf's law; 0: all keys are equally popular."""
    capacity: int | None = None
    """Keys that fit; None = all."""
    ttl_s: float | None = None
    """A key is fetched again so long after it was filled (at least one tick); None = never."""
    ttl_jitter: float = 0.0
    """Each time to live is uniform in ttl·(1 ± jitter)."""
    single_flight: bool = False
    """Requests for a key that is being fetched wait for that fetch."""
    time_s: float = 0.0
    """A hit takes so long (constant)."""
    warm: bool = True
    """It is full when the network begins."""
    flush: bool = False
    """It loses all it has in the first tick in which this is so."""


@dataclass(frozen=True, slots=True)
class Call:
    """`caller` calls `callee`, `calls` times per request. Settings act only between different pools."""

    caller: int
    callee: int
    calls: float = 1.0
    required: bool = True
    """False: a failure degrades the answer instead of failing it."""
    timeout_s: float | None = None
    """None waits forever."""
    retries: int = 0
    backoff_s: float = 0.0
    hold: bool = True
    """The caller's worker is held while it waits."""
    parallel: bool = True
    """All parallel calls of a caller go out together; the others follow one by one, in order."""
    latency_s: float = 0.0
    """Network time there and back (constant): holds the caller, not the callee."""
    lost: float = 0.0
    """Share of attempts that never get an answer and hang until the timeout (a cut link is 1)."""
    error: float = 0.0
    """Share of attempts refused at once on the way."""
    budget: float | None = None
    """Retries that each first attempt pays for (MODEL F); None = unlimited."""
    breaker: Breaker | None = None
    bulkhead: int | None = None
    """Most attempts of this caller that are under way at once; more fail at once. None = no end."""
    choice: int | None = None
    """Calls of one caller with the same number are alternatives: each of their Σ `calls` goes to exactly one."""
    detached: bool = False
    """A message: nobody waits for the answer. `timeout_s` is the visibility timeout, the last failure a dead letter."""
    ordered: bool = False
    """Of a detached call: a message that fails blocks those behind it, so its slot is held for all its tries."""
    stale: Stale | None = None
    """The callee is a replica that lags behind its primary."""
    cache: Cache | None = None
    """Answers that the caller has already; None = it asks every time."""
    jitter: float = 0.0
    """0…1: the backoff is uniform in backoff·(1 ± jitter)."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Users (or a batch job) that enter the graph at one node."""

    id: str
    entry: int
    timeout_s: float | None = None
    """The users' patience."""
    retries: int = 0
    backoff_s: float = 0.0
    threshold_s: float | None = None
    """An answer slower than this is late: it counts as bad. None: any answer in patience is good."""
    budget: float | None = None
    """Retries that each first attempt pays for, in all users together; None = unlimited."""
    priority: int = 0
    """0 is shed last, 2 first."""
    jitter: float = 0.0
    """0…1: the backoff is uniform in backoff·(1 ± jitter)."""
    lost: float = 0.0
    """Share of attempts that reach nobody (a dead replica that is still listed) and hang until the patience ends."""


@dataclass(frozen=True, slots=True)
class Network:
    """The whole graph for one or more ticks; `nodes` may be in any order but must be acyclic."""

    pools: tuple[Pool, ...]
    nodes: tuple[Node, ...]
    calls: tuple[Call, ...]
    demands: tuple[Demand, ...]
    tick_s: float = 1.0
