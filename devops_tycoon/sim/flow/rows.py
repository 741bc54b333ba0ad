"""What never changes while a plan is in use: worked out once and laid out in rows, as the passes of a tick read it.

A row is a plain tuple, unpacked in the head of a loop: in the plain kernel that costs a fraction of asking objects for
their attributes, call by call and tick by tick.
"""

from collections.abc import Sequence

from devops_tycoon.sim.flow.network import Call, Network

Way = tuple[int, int, float | None, float, float, float, float, float, int, float, bool, bool]
"""Of a call to another pool: callee, its pool, time left for the callee, share of attempts that arrive, share that the
way does not refuse, mean (s) and second moment (s²) of the time lost on the way, twice the way (s), retries, backoff
(s), required, has a retry budget or a gate or a cache."""
InTurn = tuple[int, float, bool, bool, bool]
"""Of a call that is made when those before it are answered: call, how often, required, holds, inside the pool."""
AtOnce = tuple[int, float, bool, bool]
"""Of a call that goes out together with others: call, how often, required, holds."""

Retrying = tuple[int, int, int, float, float, float, bool]
"""Of a call that is tried again: call, first place and length of its delay lines, ticks until it is tried again after
a failure and after a timeout, spread of both (ticks), has a timeout."""

Entry = tuple[int, int, float, int, float, bool, int, int, int, bool]
"""Of a call into a pool: call, callee, reach, caller, batch, back, first place of its delay lines, their length and
number, gated."""
Leaving = tuple[int, tuple[tuple[int, int], ...]]
"""A node, and those of its calls that leave its pool: call, rank of the callee."""
Station = tuple[int, int | None, float | None, bool, float]
"""Of a pool: slots, waiting places, limit, down, crowd."""


def way_of(network: Network, call: Call, hang_s: float, gated: bool) -> Way:
    """Return a call's way; a lost attempt without a timeout hangs for `hang_s`."""
    latency, limit = call.latency_s, call.timeout_s
    hang = hang_s if limit is None else limit
    way = latency if limit is None or latency < limit else limit
    arrives = (1.0 - call.error) * (1.0 - call.lost)
    gone = (1.0 - call.error) * call.lost
    return (
        call.callee,
        network.nodes[call.callee].pool,
        None if limit is None else max(0.0, limit - latency),
        arrives,
        1.0 - call.error,
        gone * hang + arrives * way,
        gone * hang * hang + arrives * way * way,
        2.0 * way,
        call.retries,
        call.backoff_s,
        call.required,
        gated or call.cache is not None or (call.budget is not None and call.retries > 0),
    )


def ways_of(network: Network, local: Sequence[bool], hang_s: float, gated: Sequence[bool]) -> tuple[Way | None, ...]:
    """Return the ways of all calls; None for messages and for calls inside a pool."""
    return tuple(
        [
            None if inside or call.detached else way_of(network, call, hang_s, has_gate)
            for call, inside, has_gate in zip(network.calls, local, gated, strict=False)
        ]
    )


def lost_of(network: Network, ways: Sequence[Way | None], hang_s: float) -> tuple[tuple[float, ...], ...]:
    """Return, per call, the shares of attempts that are refused and lost on the way, and the time of the lost (s)."""
    refused: list[float] = []
    lost: list[float] = []
    seconds: list[float] = []
    for call, way in zip(network.calls, ways, strict=True):
        gone = 0.0 if way is None else (1.0 - call.error) * call.lost
        refused.append(0.0 if way is None else call.error)
        lost.append(gone)
        seconds.append(gone * (hang_s if call.timeout_s is None else call.timeout_s))
    return tuple(refused), tuple(lost), tuple(seconds)


def at_once_of(network: Network, local: Sequence[bool], outgoing: Sequence[int]) -> tuple[AtOnce, ...]:
    """Return those of a node's calls that go out together."""
    calls = network.calls
    return tuple(
        [(e, calls[e].calls, calls[e].required, calls[e].hold) for e in outgoing if calls[e].parallel and not local[e]]
    )


def in_turn_of(network: Network, local: Sequence[bool], outgoing: Sequence[int]) -> tuple[InTurn, ...]:
    """Return those of a node's calls that are made one after another."""
    calls = network.calls
    return tuple(
        [
            (e, calls[e].calls, calls[e].required, calls[e].hold, local[e])
            for e in outgoing
            if local[e] or not calls[e].parallel
        ]
    )


def retrying_of(e: int, call: Call, line: int, length: int, dt: float) -> Retrying:
    """Return when the failed attempts of a call are made again."""
    pause = call.backoff_s
    soon, later = max(1.0, pause / dt), max(1.0, ((call.timeout_s or 0.0) + pause) / dt)
    return e, line, length, soon, later, pause * call.jitter / dt, call.timeout_s is not None


def nearby_of(network: Network, local: Sequence[bool], outgoing: Sequence[int]) -> tuple[tuple[int, int, bool], ...]:
    """Return those of a node's calls that stay inside its pool or have a cache: call, callee, inside."""
    calls = network.calls
    return tuple([(e, calls[e].callee, local[e]) for e in outgoing if local[e] or calls[e].cache is not None])


def leaving_of(
    network: Network,
    local: Sequence[bool],
    rank: Sequence[int],
    outgoing: Sequence[Sequence[int]],
    members: Sequence[int],
) -> tuple[Leaving, ...]:
    """Return the nodes of a pool with the calls that leave it, and how far down these lead."""
    calls = network.calls
    return tuple([(m, tuple([(e, rank[calls[e].callee]) for e in outgoing[m] if not local[e]])) for m in members])


def patience_of(network: Network, streams: Sequence[int]) -> tuple[tuple[float, int], ...]:
    """Return timeout and callee of the calls into a pool that have a timeout."""
    calls = [network.calls[s] for s in streams if s < len(network.calls)]
    return tuple([(call.timeout_s, call.callee) for call in calls if call.timeout_s is not None])


def callers_of(network: Network, streams: Sequence[int]) -> tuple[int, ...]:
    """Return the pools that call a pool, one for each call."""
    return tuple([network.nodes[network.calls[s].caller].pool for s in streams if s < len(network.calls)])
