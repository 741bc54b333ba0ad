"""Stores that are more than one disk: caches before them, copies to read from, shards, quorums.

Four of five requests to a store are reads [design value]. A cache and a read replica serve reads only, and both may
be behind: every write sends them a message that is worked off one after another, and a member who reads before it has
arrived finds what was there before (`sim/flow/staleness.py`). A cache keeps keys whose popularity is Zipf's.
"""

from devops_tycoon.sim.architecture.draft import Draft
from devops_tycoon.sim.basis import Rules, Service, World, dial, replace
from devops_tycoon.sim.flow.network import Cache, Call, Node, Pool, Stale
from devops_tycoon.sim.flow.sharding import shares

READS = 0.8
"""Share of a store's requests that change nothing [design value]."""
KEYS, SKEW = 20_000, 0.9
"""Different things that are asked for, and how unequally [design values; L. Breslau and others found 0.6 to 0.8 on
the web in 1999]."""
HIT_S = 0.001
OWN_READS = 0.1
"""Share of the reads that look for what the same member has just written [design value] …"""
GAP_S = 1.0
"""… and how soon after, on average."""
APPLY = 0.25
"""Work of a write on a copy, relative to a request's: the statement is not planned again [design value]."""
INVALIDATE_S = 0.002
"""Work of telling a cache that something has changed."""
SHARD_KEYS = 1000
SHARD_SIZE = 0.5
"""Workers of a shard relative to the store it was cut from."""
HOT_SKEW = 2.0
"""With this skew the most popular key gets three of five requests: everybody wants the same thing."""


def quorums(draft: Draft, world: World, rules: Rules) -> None:
    """Let stores ask several copies and believe the majority: no primary, so none to be lost, and more work."""
    for number, service in _stores(world):
        draft.slowed(number, dial(world, rules, "store_work", service.id))
        if dial(world, rules, "quorum", service.id) > 0:
            lag = _lagging(draft, number, "repair", draft.pools[number].slots, APPLY)
            _tell(draft, number, lag)
            for at, call in enumerate(draft.calls):
                if draft.enters(call, number):
                    draft.calls[at] = replace(call, stale=_stale(call, lag))


def copied(draft: Draft, world: World, rules: Rules) -> None:
    """Let reads be answered by a cache or by read replicas, which may be behind."""
    for number, service in _stores(world):
        fits = dial(world, rules, "cache", service.id)
        readers = dial(world, rules, "readers", service.id)
        if fits <= 0 and readers <= 0:
            continue
        if readers > 0:
            own = draft.pools[number]
            readers_pool = draft.add_pool(replace(own, id=f"{service.id}#readers", slots=own.slots * readers))
            lag = _lagging(draft, number, "apply", 1.0, APPLY)
        else:
            readers_pool = number
            lag = _lagging(draft, number, "invalidate", 1.0, 0.0)
        _tell(draft, number, lag)
        read = {at: at for at in draft.within(number)}
        if readers > 0:
            read = {at: draft.add_node(_copy(draft.nodes[at], "read", readers_pool)) for at in read}
        cache = _cache(world, rules, service, fits) if fits > 0 else None
        calls: list[Call] = []
        choice = draft.fresh_choice()
        for call in draft.calls:
            if not draft.enters(call, number):
                calls.append(call)
                continue
            group, choice = (choice, choice + 1) if call.choice is None else (call.choice, choice)
            calls.append(replace(call, calls=call.calls * (1.0 - READS), choice=group))
            late = HIT_S if cache is not None else 0.0  # who does not find it in the cache has looked for it
            calls.append(
                replace(
                    call,
                    callee=read[call.callee],
                    calls=call.calls * READS,
                    choice=group,
                    cache=cache,
                    latency_s=call.latency_s + late,
                    stale=_stale(call, lag),
                )
            )
        draft.calls, draft.changed = calls, True


def sharded(draft: Draft, world: World, rules: Rules) -> None:
    """Divide a store's keys among several smaller stores; no key is on two of them."""
    for number, service in _stores(world):
        count = int(dial(world, rules, "shards", service.id))
        if count < 2:
            continue
        skew = HOT_SKEW if _struck(world, rules, service, "keys") else SKEW
        parts = shares(count, SHARD_KEYS, skew)
        draft.resize(number, SHARD_SIZE)
        copies: dict[int, list[int]] = {at: [at] for at in draft.within(number)}
        for shard in range(2, count + 1):
            pool = draft.add_pool(replace(draft.pools[number], id=f"{service.id}#{shard}"))
            for at, known in copies.items():
                known.append(draft.add_node(_copy(draft.nodes[at], str(shard), pool)))
        calls: list[Call] = []
        choice = draft.fresh_choice()
        for call in draft.calls:
            if not draft.enters(call, number):
                calls.append(call)
                continue
            group, choice = (choice, choice + 1) if call.choice is None else (call.choice, choice)
            for node, part in zip(copies[call.callee], parts, strict=True):
                calls.append(replace(call, callee=node, calls=call.calls * part, choice=group))
        draft.calls = calls


def _stores(world: World) -> list[tuple[int, Service]]:
    return [(number, service) for number, service in enumerate(world.services) if service.kind == "store"]


def _copy(node: Node, name: str, pool: int) -> Node:
    return replace(node, id=f"{node.id}#{name}", pool=pool)


def _lagging(draft: Draft, store: int, name: str, slots: float, work: float) -> int:
    """Add what works off the messages about writes; return its node."""
    pool = draft.add_pool(Pool(id=f"{draft.pools[store].id}#{name}", slots=slots))
    slowest = 0.0
    for at in draft.within(store):
        slowest = max(slowest, draft.nodes[at].work_s)
    own_s = slowest * work if work > 0 else INVALIDATE_S
    return draft.add_node(Node(id=f"{draft.pools[store].id}#{name}", pool=pool, work_s=own_s))


def _tell(draft: Draft, store: int, lag: int) -> None:
    """Let every write into a store send a message to the node that works them off."""
    written: dict[int, float] = {}
    for call in draft.calls:
        if draft.enters(call, store):
            written[call.caller] = written.get(call.caller, 0.0) + call.calls * (1.0 - READS)
    for caller, calls in written.items():
        draft.calls.append(Call(caller=caller, callee=lag, calls=calls, required=False, parallel=False, detached=True))


def _stale(call: Call, lag: int) -> Stale:
    """Return how old an answer may be; what was behind already stays as it was."""
    return call.stale or Stale(node=lag, gap_s=GAP_S, share=OWN_READS)


def _cache(world: World, rules: Rules, service: Service, fits: float) -> Cache:
    return Cache(
        keys=KEYS,
        skew=SKEW,
        capacity=max(1, int(KEYS * min(1.0, fits))) if fits < 1 else None,
        time_s=HIT_S,
        flush=_struck(world, rules, service, "caches"),
    )


def _struck(world: World, rules: Rules, service: Service, where: str) -> bool:
    """Say whether a card acts on something that belongs to a store."""
    return any(
        fault.target == service.id and effect.where == where
        for fault in world.faults
        for effect in rules.failure[fault.card].effects
    )
