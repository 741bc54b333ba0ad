"""Numbers in effect = base numbers × settings × practices × faults, computed afresh and never stored."""

from devops_tycoon.sim.architecture import laid_over
from devops_tycoon.sim.architecture.places import settled_s, zones_of
from devops_tycoon.sim.delivery.rollout import at_once, under_way
from devops_tycoon.sim.effects.fault_effects import EFFECTS, Draft, either, in_zone, listed_s
from devops_tycoon.sim.effects.half_moved import Drafted, alongside
from devops_tycoon.sim.effects.protections import admitting, guarded, rank
from devops_tycoon.sim.flow.network import Breaker, Call, Demand, Network, Node, Pool
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.operations.measures import taken_over
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.links import LinkSettings
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.service import Service
from devops_tycoon.sim.values.world import World

BREAKER = Breaker()
"""What `breaker=on` means: opens when half of the calls of 10 s failed (20 or more), for 5 s, then 10 probes."""


def settings_of(world: World, rules: Rules, caller: str, callee: str) -> LinkSettings:
    """Return how one service calls another: its own settings, or the scenario's defaults."""
    for link in world.links:
        if link.caller == caller and link.callee == callee:
            return link.settings
    return rules.scenario.defaults


def network_in_effect(world: World, rules: Rules) -> Network:
    """Return the network of this tick; the same object while nothing that it is made of changes."""
    values, numbers = _made_of(world, rules)
    for at, (known, counted, network) in enumerate(_memo):
        if counted == numbers and all(a is b for a, b in zip(known, values, strict=True)):
            if at:
                _memo.insert(0, _memo.pop(at))
            return network
    network = _build(world, rules)
    _memo.insert(0, (values, numbers, network))
    del _memo[_MEMO:]
    return network


_NO_WORK_S = 1e-6
_MEMO = 8
"""Networks that are remembered, the last one used first: the truth, what is seen, and forecasts of other plans."""
_memo: list[tuple[tuple[object, ...], tuple[object, ...], Network]] = []


def _made_of(world: World, rules: Rules) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return all that a network is made of: frozen values that are compared by identity, and numbers by value."""
    restarting = tuple([service.restart_until > world.tick for service in world.services])
    rolling = [rollout.service for rollout in world.delivery.rollouts if rollout.stage == "rolling"]
    return (
        (world.services, world.links, world.faults, world.practices, world.measures, rules),
        (
            world.week,
            world.seed,
            restarting,
            tuple(rolling) if any(restarting) else (),
            world.tick if _moving(world, rules) else -1,
        ),
    )


def _moving(world: World, rules: Rules) -> bool:
    """Say whether a fault's effect changes by itself with time: a ramp, or a place that is not given up yet."""
    for fault in world.faults:
        age_s = (world.tick - fault.began) * rules.scenario.tick_s
        for effect in rules.failure[fault.card].effects:
            if age_s < max(effect.ramp_s, settled_s(world, rules, effect, listed_s(world, rules))):
                return True
    return False


def _build(world: World, rules: Rules) -> Network:
    draft = _base(world, rules)
    _measured(draft, world, rules)
    for fault in world.faults:
        if taken_over(world, rules, fault):
            continue
        for effect in rules.failure[fault.card].effects:
            age_s = (world.tick - fault.began) * rules.scenario.tick_s
            strength = min(1.0, (age_s + rules.scenario.tick_s) / effect.ramp_s) if effect.ramp_s > 0 else 1.0
            if effect.where in EFFECTS:  # the others act on what is laid over the services
                EFFECTS[effect.where](draft, world, rules, fault, effect, strength)
    for index, lost in sorted(draft.lost_replicas.items()):
        service = world.services[index]
        left = max(0, service.replicas - lost)
        pool = draft.pools[index]
        slots = pool.slots * left / service.replicas if service.replicas else 0.0
        draft.pools[index] = replace(pool, slots=slots, down=pool.down or left == 0)
    hangs = _hangs(draft, world)
    network = Network(
        pools=admitting(draft.pools, world, rules),
        nodes=tuple(draft.nodes),
        calls=tuple(draft.calls),
        demands=tuple(
            Demand(
                id=journey.id,
                entry=draft.entries[journey.id],
                timeout_s=journey.patience_ms / 1000,
                retries=journey.retries,
                threshold_s=journey.threshold_ms / 1000,
                priority=rank(rules, journey),
                lost=hangs.get(draft.nodes[draft.entries[journey.id]].pool, 0.0),
            )
            for journey in rules.journeys
        ),
        tick_s=float(rules.scenario.tick_s),
    )
    return laid_over(network, world, rules)


def _hangs(draft: Draft, world: World) -> dict[int, float]:
    """Let calls to the dead that are still listed hang; return the share of what comes into each service that does."""
    hangs: dict[int, float] = {}
    for number, dead in draft.listed_dead.items():
        listed = world.services[number].replicas - draft.lost_replicas[number] + dead
        if dead > 0 and listed > 0:
            hangs[number] = min(1.0, dead / listed)
    for number, share in draft.grey.items():
        hangs[number] = either(hangs.get(number, 0.0), share)
    if hangs:
        for at, call in enumerate(draft.calls):
            into = draft.nodes[call.callee].pool
            if into in hangs and draft.nodes[call.caller].pool != into:
                draft.calls[at] = replace(call, lost=either(call.lost, hangs[into]))
    return hangs


def _base(world: World, rules: Rules) -> Draft:
    """Build the network without faults."""
    pools = []
    pool_of: dict[str, int] = {}
    for number, service in enumerate(world.services):
        slots, down = float(service.replicas * service.concurrency), service.replicas == 0
        if service.restart_until > world.tick:
            away = _away(world, service)
            slots = slots * (service.replicas - away) / service.replicas if service.replicas > 1 else slots
            down = down or service.restart_all or service.replicas == 1
        pools.append(Pool(id=service.id, slots=slots, queue=service.queue, down=down))
        pool_of.update((name, number) for name in service.capabilities)
    index = {name: number for number, name in enumerate(rules.capability)}
    nodes, calls = [], []
    work = [dial(world, rules, "work", service.id) for service in world.services]
    network_s = (rules.balance.network_ms + dial(world, rules, "network_ms")) / 1000
    for capability in rules.capability.values():
        nodes.append(
            Node(
                id=capability.id,
                pool=pool_of[capability.id],
                work_s=capability.work_ms / 1000 * work[pool_of[capability.id]],
                cv2=capability.cv2,
            )
        )
        for call in capability.calls:
            if call.to not in index:
                continue  # it belongs to a later act
            caller, callee = pool_of[capability.id], pool_of[call.to]
            settings = settings_of(world, rules, world.services[caller].id, world.services[callee].id)
            inside = caller == callee
            made = Call(
                caller=index[capability.id],
                callee=index[call.to],
                calls=call.per_request,
                required=call.required and not (settings.fallback and call.fallback != "" and not inside),
                timeout_s=None if settings.timeout_ms is None or inside else settings.timeout_ms / 1000,
                retries=0 if inside else settings.retries,
                backoff_s=0.0 if inside else settings.backoff_ms / 1000,
                breaker=BREAKER if settings.breaker and not inside else None,
                parallel=False,
                latency_s=0.0 if inside else network_s,
            )
            calls.append(made if inside else guarded(made, world, rules, settings, call))
    entries = {journey.id: index[journey.entry] for journey in rules.journeys}
    alongside(Drafted(pools, nodes, calls, entries), world, rules, network_s)
    return Draft(pools, nodes, calls, entries)


def _away(world: World, service: Service) -> int:
    """Return how many replicas a restart under way has taken: one, or a step of a rolling deploy."""
    rollout = under_way(world, service.id)
    return at_once(service) if rollout is not None and rollout.stage == "rolling" else 1


def _measured(draft: Draft, world: World, rules: Rules) -> None:
    """Take away what is drained, failed over or switched off."""
    for measure in world.measures:
        if measure.verb == "drain":
            for number, service in enumerate(world.services):
                gone = in_zone(service, zones_of(world, rules), measure.target)
                if service.kind != "provider" and gone < service.replicas:  # what stands only there has to stay
                    draft.lost_replicas[number] = draft.lost_replicas.get(number, 0) + gone
        elif measure.verb == "failover":
            for number, service in enumerate(world.services):
                if service.id == measure.target and service.replicas > 1:
                    draft.lost_replicas[number] = draft.lost_replicas.get(number, 0) + 1
        elif measure.verb == "disable":
            _switch_off(draft, measure.target)


def _switch_off(draft: Draft, capability: str) -> None:
    """Let every call to a capability be answered by its fallback at once, inside its own service too."""
    for at, node in enumerate(draft.nodes):
        if node.id == capability:
            draft.nodes[at] = replace(node, work_s=_NO_WORK_S, error=1.0)
            for number, call in enumerate(draft.calls):
                if call.callee == at:
                    draft.calls[number] = replace(call, required=False, retries=0, latency_s=0.0, error=1.0)
                elif call.caller == at:
                    draft.calls[number] = replace(call, calls=0.0)
