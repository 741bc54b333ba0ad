"""What the flow remembers from tick to tick, and what one tick looked like: flat tuples of floats."""

from dataclasses import dataclass

Floats = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FlowState:
    """Everything that can influence the next tick; orders of pools, nodes, calls, demands are the network's.

    A *stream* is what enters a pool: first every call (those inside a pool stay 0), then every demand's first
    attempts, second attempts, …
    """

    level: Floats
    """Per pool: requests in it, waiting or held (mean)."""
    variance: Floats
    """Per pool: variance of that number."""
    waiting: Floats
    """Per pool: probability that an arrival waits."""
    fixed_s: Floats
    """Per pool: the part of a wait that everybody who waits has."""
    theta_s: Floats
    """Per pool: mean of the exponential part of a wait."""
    inside: Floats
    """Per stream: its requests among `level`."""
    hold_s: Floats
    """Per node: mean time one request to it holds a slot."""
    hold_var_s2: Floats
    answer_s: Floats
    """Per node: mean time from a slot to the answer, dependencies included."""
    answer_var_s2: Floats
    branch: Floats
    """Per node: share of answers that include the node's weightiest fractional call (calls < 1); 0 = none."""
    branch_s: Floats
    """Per node: mean time that call adds to those answers (it is part of `answer_s`)."""
    branch_var_s2: Floats
    """Per node: what it adds to their variance."""
    failing: Floats
    """Per call: share of calls that failed after all retries."""
    first: Floats
    """Per call: first attempts of the last tick (used where pools call each other in a circle)."""
    lines: Floats
    """Delay lines, one after another: attempts and outcomes of the next ticks."""
    shape: Floats
    """Per call, then per demand: length and number of its lines."""
    pot: Floats
    """Per cause: bad requests that are decided but that no user has noticed yet."""
    clock: Floats
    """One number: ticks so far (rotates the samples of percentiles)."""
    memory: Floats = ()
    """What protections remember (retry budgets, breakers, …), one after another; see `memory.py`."""
    layout: Floats = ()
    """Per protection: kind, owner and how many numbers of `memory` it has."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one tick looked like; counts are requests in this tick, times seconds."""

    # per pool
    arrivals: Floats
    served: Floats
    rejected: Floats
    """Turned away by a full queue."""
    refused: Floats
    """Turned away because the pool is down."""
    shed: Floats
    """Turned away on purpose, above the pool's limit."""
    in_system: Floats
    slots: Floats
    """Slots in effect (a fraction is a brown-out)."""
    utilisation: Floats
    """Share of slots busy, including those held while waiting for others."""
    wait_probability: Floats
    wait_fixed_s: Floats
    wait_theta_s: Floats
    wait_s: Floats
    """Mean wait of all, also of those who do not wait."""
    hold_s: Floats
    """Mean time a slot is held, including waiting for others."""
    hold_var_s2: Floats
    # per node
    visits: Floats
    fail: Floats
    """Share of answers that are failures, own or inherited."""
    degraded: Floats
    """Share of the good answers that are degraded."""
    mean_s: Floats
    """A whole answer from arrival at the pool, dependencies included."""
    # per call
    attempts: Floats
    timeouts: Floats
    """Attempts given up by the caller, lost ones included."""
    call_rejected: Floats
    """Attempts turned away by a full or a down pool."""
    errors: Floats
    call_mean_s: Floats
    """Mean time the caller waits per attempt."""
    attempt_fail: Floats
    """Probability that an attempt fails, for whatever reason."""
    quick_fail: Floats
    """Probability that an attempt that reaches the callee's side fails other than by time."""
    dead_letters: Floats
    """Messages whose last delivery failed in this tick."""
    hit: Floats
    """Share of what is asked for that the caller's cache has; the attempts are of the others. 0 without a cache."""
    joined: Floats
    """Share that waits for a fetch that another request began (single-flight)."""
    # per demand
    valid: Floats
    """Requests whose fate the users learned in this tick: good + bad."""
    good: Floats
    good_degraded: Floats
    """Part of `good`."""
    bad: Floats
    late: Floats
    """Part of `bad`: answered, but after the threshold."""
    demand_attempts: Floats
    """Attempts of this tick, retries included."""
    request_s: Floats
    """Mean time of the requests that begin in this tick, failures when noticed, retries included."""
    request_var_s2: Floats
    demand_quick_fail: Floats
    """As `quick_fail`, for the users' own attempts."""
    # per call, then per demand
    grant: Floats
    """Share of the wanted retries that the retry budget lets happen; 1 without a budget."""
    passing: Floats
    """Share of the wanted attempts that are made: no open breaker, full bulkhead or throttling; 1 without these."""
    # blame: bad requests by cause; together they are all of `bad`
    overload: Floats
    """Per pool: turned away by a full queue, or too slow because the entry has too few slots for its own work."""
    down: Floats
    """Per pool."""
    node_errors: Floats
    """Per node."""
    lost_calls: Floats
    """Per call: attempts that never got an answer."""
    call_errors: Floats
    """Per call: refused on the way."""
    slow_calls: Floats
    """Per call: time went into the callee itself or the way to it."""
    shedding: Floats
    """Per pool: shed by its limit, or held back by its callers' throttling."""
    open_calls: Floats
    """Per call: a breaker was open."""
    full_bulkheads: Floats
    """Per call."""
    stale_calls: Floats
    """Per call: the callee answered before it had applied the user's own write."""
    slow_entries: Floats
    """Per demand: time went into the entry itself, or into an attempt that reached nobody."""
    clock: float
    """Ticks before this one."""
