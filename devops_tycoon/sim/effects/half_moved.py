"""A move that is half done, in the network: some callers go the new way, writes go both ways, and a copy is made.

Callers of a capability are sent to its new block one after the other; a journey that enters there goes last. Half a
caller is never sent: a request that could go either way would have to fail only if both ways fail. Of a table's
operations the reads move with the work that is done; writes go to both stores until the old one is given up, and
filling the new store takes a part of the old one's workers.
"""

from dataclasses import dataclass

from devops_tycoon.sim.flow.network import Breaker, Call, Node, Pool
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.links import LinkSettings
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import World

WRITES = 0.3
"""Share of a table's operations that are writes [design value]."""
BACKFILL = 0.1
"""Share of the old store's workers that copying takes [design value]."""


@dataclass(slots=True)
class Drafted:
    """What the network is made of, and where each journey enters."""

    pools: list[Pool]
    nodes: list[Node]
    calls: list[Call]
    entries: dict[str, int]


def alongside(draft: Drafted, world: World, rules: Rules, network_s: float) -> None:
    """Lay the moves under way over a network in which everything still stands where it stood."""
    twins: dict[int, int] = {}
    copied: set[int] = set()
    done = 0.0
    for number, service in enumerate(world.services):
        for name in service.arriving:
            old = draft.nodes[rules.place[name]]
            done = service.arrived / WHOLE
            twins[rules.place[name]] = len(draft.nodes)
            draft.nodes.append(replace(old, id=f"{name}+new", pool=number))
            if service.kind == "store" and old.pool not in copied:
                copied.add(old.pool)
                pool = draft.pools[old.pool]
                draft.pools[old.pool] = replace(pool, slots=pool.slots * (1.0 - BACKFILL))
    if not twins:
        return
    tables = {old for old in twins if rules.capability[draft.nodes[old].id].kind == "store"}
    routed = _routed(draft, twins, tables, done)
    made: list[Call] = []

    def add(call: Call, was: Call) -> None:
        crossed = draft.nodes[was.caller].pool != draft.nodes[was.callee].pool
        made.append(_fitted(draft, world, rules, call, crossed, network_s))

    for at, call in enumerate(draft.calls):
        callers = [(call.caller, False)] + ([(twins[call.caller], True)] if call.caller in twins else [])
        for caller, new in callers:
            moved = replace(call, caller=caller)
            if call.callee in tables:
                stays = (1.0 - WRITES) * (1.0 - done) + WRITES
                both = (1.0 - WRITES) * done + WRITES
                add(replace(moved, calls=call.calls * stays), call)
                add(replace(moved, callee=twins[call.callee], calls=call.calls * both), call)
            elif call.callee in twins and (new or at in routed):
                add(replace(moved, callee=twins[call.callee]), call)
            else:
                add(moved, call)
    draft.calls[:] = made
    for journey in rules.journeys:
        if -1 - draft.entries[journey.id] in routed:
            draft.entries[journey.id] = twins[draft.entries[journey.id]]


def _routed(draft: Drafted, twins: dict[int, int], tables: set[int], done: float) -> set[int]:
    """Return the calls that go the new way by now, and −1 − node of the entries that do."""
    routes = [
        at
        for at, call in enumerate(draft.calls)
        if call.callee in twins and call.callee not in tables and call.caller not in twins
    ]
    routes += [-1 - node for node in dict.fromkeys(draft.entries.values()) if node in twins]
    return set(routes[: min(len(routes), int(done * (len(routes) + 1)))])


def _fitted(draft: Drafted, world: World, rules: Rules, call: Call, crossed: bool, network_s: float) -> Call:
    """Return a call with the settings of the link that it now is, or of none."""
    caller, callee = draft.nodes[call.caller].pool, draft.nodes[call.callee].pool
    crosses = caller != callee
    ends = world.services[caller].id, world.services[callee].id
    own = next((link.settings for link in world.links if (link.caller, link.callee) == ends), None)
    if crossed == crosses and own is None:
        return call
    names = [draft.nodes[end].id.partition("+")[0] for end in (call.caller, call.callee)]
    asked = next(one for one in rules.capability[names[0]].calls if one.to == names[1])
    if not crosses:
        return replace(
            call, required=asked.required, timeout_s=None, retries=0, backoff_s=0.0, breaker=None, latency_s=0.0
        )
    found: LinkSettings = own or rules.scenario.defaults
    return replace(
        call,
        required=asked.required and not (found.fallback and asked.fallback != ""),
        timeout_s=None if found.timeout_ms is None else found.timeout_ms / 1000,
        retries=found.retries,
        backoff_s=found.backoff_ms / 1000,
        breaker=Breaker() if found.breaker else None,
        latency_s=network_s,
    )
