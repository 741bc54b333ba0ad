"""Doors between the members and the services: a load balancer, a gateway, a network of caches near the members.

A door is a pool of its own that stands before every journey, and holds a place for each request until it is answered.
"""

from devops_tycoon.sim.architecture.draft import Draft
from devops_tycoon.sim.basis import Rules, World, dial, replace
from devops_tycoon.sim.flow.network import Cache, Call, Node, Pool

BALANCER, GATEWAY, CDN = "load-balancer", "gateway", "cdn"
"""What the doors are called; failure cards aim at these names."""
WIDE = 1_000_000.0
"""Places of an entry run by another company: more than any game needs."""
BALANCER_S = 0.0005
GATEWAY_S = 0.002
EDGE_S = 0.0005
HIT_S = 0.02
"""An answer from a cache near the member: mostly the way there."""
TITLES, SKEW = 20_000, 0.9


def doors(draft: Draft, world: World, rules: Rules) -> None:
    """Put the gateway and then the load balancer before all journeys."""
    if dial(world, rules, "gateway") > 0:
        room = float(_workers(draft, world))
        _before_all(draft, Pool(id=GATEWAY, slots=max(1.0, room), queue=0, limit=max(1.0, room)), GATEWAY_S)
    if dial(world, rules, "balancer") > 0:
        _before_all(draft, Pool(id=BALANCER, slots=WIDE), BALANCER_S)
    _strike(draft, world, rules, (GATEWAY, BALANCER))


def edge(draft: Draft, world: World, rules: Rules) -> None:
    """Put caches near the members: shared content is answered there if it is cached."""
    fits = dial(world, rules, "cdn")
    shared = {journey.id: journey.shared for journey in rules.journeys}
    if fits <= 0 or not any(shared.values()):
        return
    slots = max(1.0, dial(world, rules, "boxes") * _workers(draft, world))
    cache = Cache(
        keys=TITLES,
        skew=SKEW,
        capacity=int(TITLES * fits) if fits < 1 else None,
        time_s=HIT_S,
        flush=_flushed(world, rules),
    )
    pool = draft.add_pool(Pool(id=CDN, slots=slots, queue=int(slots)))
    for number, demand in enumerate(draft.demands):
        share = shared.get(demand.id, 0.0)
        if share <= 0:
            continue
        behind = _wrapped(draft, number, pool, CDN, EDGE_S)
        through = draft.calls[behind]
        choice = draft.fresh_choice()
        draft.calls[behind] = replace(through, calls=share, choice=choice, cache=cache)
        if share < 1:
            draft.calls.append(replace(through, calls=1.0 - share, choice=choice))
    _strike(draft, world, rules, (CDN,))


def _workers(draft: Draft, world: World) -> int:
    """Return how many workers there are in all services at which journeys begin."""
    pools = {draft.nodes[demand.entry].pool for demand in draft.demands}
    return sum(s.replicas * s.concurrency for number, s in enumerate(world.services) if number in pools)


def _before_all(draft: Draft, door: Pool, work_s: float) -> None:
    pool = draft.add_pool(door)
    for number in range(len(draft.demands)):
        _wrapped(draft, number, pool, door.id, work_s)


def _wrapped(draft: Draft, number: int, pool: int, name: str, work_s: float) -> int:
    """Let a demand enter at a new node that passes it on; return the number of that call.

    What was lost on the members' way is lost behind the door now, and holds a place there until they give up.
    """
    demand = draft.demands[number]
    node = draft.add_node(Node(id=f"{name}#{demand.id}", pool=pool, work_s=work_s))
    draft.calls.append(
        Call(caller=node, callee=demand.entry, timeout_s=demand.timeout_s, parallel=False, lost=demand.lost)
    )
    draft.demands[number] = replace(demand, entry=node, lost=0.0)
    return len(draft.calls) - 1


def _strike(draft: Draft, world: World, rules: Rules, names: tuple[str, ...]) -> None:
    """Let faults act on doors: a door that is down, or one that has forgotten some of what is behind it."""
    for fault in world.faults:
        for effect in rules.failure[fault.card].effects:
            if effect.where != "door" or fault.target not in names:
                continue
            for at, pool in enumerate(draft.pools):
                if pool.id == fault.target and effect.down:
                    draft.pools[at] = replace(pool, down=True)
            for at, call in enumerate(draft.calls):
                if draft.pools[draft.nodes[call.caller].pool].id == fault.target:
                    error = 1.0 - (1.0 - call.error) * (1.0 - effect.error_pct / 100)
                    draft.calls[at] = replace(call, error=error)


def _flushed(world: World, rules: Rules) -> bool:
    return any(
        fault.target == CDN and effect.where == "caches"
        for fault in world.faults
        for effect in rules.failure[fault.card].effects
    )
