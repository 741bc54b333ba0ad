"""What the effects of a failure card do to the numbers of a network."""

from collections.abc import Callable
from dataclasses import dataclass, field

from devops_tycoon.sim.architecture.places import zones_of
from devops_tycoon.sim.flow.network import Call, Node, Pool
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.operations.control import control_plane
from devops_tycoon.sim.operations.measures import in_force
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.failure import Effect
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.faults import Fault
from devops_tycoon.sim.values.service import Service
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import World


@dataclass(slots=True)
class Draft:
    """The network while faults are laid over it: lists that correspond to the network's tuples."""

    pools: list[Pool]
    nodes: list[Node]
    calls: list[Call]
    entries: dict[str, int]
    """The node at which each journey enters."""
    lost_replicas: dict[int, int] = field(default_factory=dict)
    listed_dead: dict[int, int] = field(default_factory=dict)
    """Of the lost replicas: those that the registry still takes for alive."""
    grey: dict[int, float] = field(default_factory=dict)
    """Share of the calls into a pool that are lost on the way although its replicas are well."""


def in_zone(service: Service, zones: int, zone: str) -> int:
    """Return how many replicas stand in a zone; they are dealt out to zones a, b, c … in turn."""
    index = ord(zone[:1] or "a") - ord("a")
    return len(range(index, service.replicas, zones)) if 0 <= index < zones else 0


def listed_s(world: World, rules: Rules) -> float:
    """Return how long dead replicas stay listed."""
    return rules.balance.registry_s * dial(world, rules, "registry")


def _on_target(draft: Draft, world: World, rules: Rules, fault: Fault, effect: Effect, strength: float) -> None:  # noqa: ARG001
    """Weaken a service; requests pay for slowness and errors where they enter it.

    That is at a journey's entry, or at a capability that nobody in the service itself calls. A fault that only a share
    of the replicas has hits that share of the requests, and the others not at all: their times are a mixture.
    """
    share = fault.share / WHOLE
    slow_s = strength * effect.add_latency_ms / 1000
    entries = set(draft.entries.values())
    for number, service in enumerate(world.services):
        if service.id == fault.target:
            _weaken(draft, number, effect, strength, share)
            inside = {
                call.callee
                for call in draft.calls
                if draft.nodes[call.caller].pool == number and draft.nodes[call.callee].pool == number
            }
            for at, node in enumerate(draft.nodes):
                if node.pool == number and (at not in inside or at in entries):
                    draft.nodes[at] = replace(
                        node,
                        cv2=node.cv2 + _spread(node.work_s, slow_s, share),
                        slow_s=node.slow_s + share * slow_s,
                        error=either(node.error, share * strength * effect.error_pct / 100),
                    )


def _spread(work_s: float, slow_s: float, share: float) -> float:
    """Return what is added to a node's squared coefficient of variation when only a share of its requests is slow.

    An exponential delay of mean m for a share p has the variance 2·p·m² − p²·m²; p²·m² of it is counted with the mean.
    """
    if share >= 1.0 or slow_s <= 0.0 or work_s <= 0.0:
        return 0.0
    return 2.0 * share * (1.0 - share) * slow_s * slow_s / (work_s * work_s)


def _weaken(draft: Draft, number: int, effect: Effect, strength: float, share: float) -> None:
    """Take workers, replicas or the whole pool away; of a pool that is down in part, that part of the workers."""
    pool = draft.pools[number]
    left = 1.0 - share * strength * (1.0 - effect.capacity_pct / 100)
    if effect.down and share < 1.0:
        left *= 1.0 - share
    draft.pools[number] = replace(pool, slots=pool.slots * left, down=pool.down or (effect.down and share >= 1.0))
    lost = int(effect.replicas_minus * share)
    draft.lost_replicas[number] = draft.lost_replicas.get(number, 0) + lost


def _on_zone(draft: Draft, world: World, rules: Rules, fault: Fault, effect: Effect, strength: float) -> None:
    """Take the replicas of a zone away; what is dealt to them hangs until the registry has noticed.

    Where capacity is left, they are well and only hard to reach: a part of their requests is lost forever.
    """
    noticed = (world.tick - fault.began) * rules.scenario.tick_s >= listed_s(world, rules)
    listed = not noticed or not control_plane(world, rules)
    drained = in_force(world, "drain", fault.target) is not None
    for number, service in enumerate(world.services):
        if service.kind != "provider":
            lost = in_zone(service, zones_of(world, rules), fault.target)
            if drained and lost < service.replicas:
                continue  # nothing is asked there, and its capacity is missed already
            if effect.capacity_pct > 0:
                part = strength * effect.loss_pct / 100 * lost / service.replicas if service.replicas else 0.0
                draft.grey[number] = either(draft.grey.get(number, 0.0), part)
                continue
            draft.lost_replicas[number] = draft.lost_replicas.get(number, 0) + lost
            if listed:
                draft.listed_dead[number] = draft.listed_dead.get(number, 0) + lost


def _on_calls(into: bool) -> Callable[[Draft, World, Rules, Fault, Effect, float], None]:
    """Return the effect on links into (or out of) the target."""

    def act(draft: Draft, world: World, rules: Rules, fault: Fault, effect: Effect, strength: float) -> None:  # noqa: ARG001
        strength *= fault.share / WHOLE
        for at, call in enumerate(draft.calls):
            caller = draft.nodes[call.caller].pool
            callee = draft.nodes[call.callee].pool
            end = world.services[callee if into else caller].id
            if caller != callee and end == fault.target:
                draft.calls[at] = replace(
                    call,
                    latency_s=call.latency_s + strength * effect.add_latency_ms / 1000,
                    lost=either(call.lost, strength * (1.0 if effect.down else effect.loss_pct / 100)),
                    error=either(call.error, strength * effect.error_pct / 100),
                )

    return act


def _on_control(draft: Draft, world: World, rules: Rules, fault: Fault, effect: Effect, strength: float) -> None:
    """Change no number: what it stops is asked of `sim.operations.control`."""


def either(a: float, b: float) -> float:
    """Return the probability that one or both of two independent things happen."""
    return a + b - a * b


def _on_telemetry(draft: Draft, world: World, rules: Rules, fault: Fault, effect: Effect, strength: float) -> None:
    """Leave the numbers alone: only their display freezes (`sim.detection.seen`)."""


EFFECTS: dict[str, Callable[[Draft, World, Rules, Fault, Effect, float], None]] = {
    "target": _on_target,
    "zone": _on_zone,
    "callers": _on_calls(into=True),
    "callees": _on_calls(into=False),
    "telemetry": _on_telemetry,
    "control": _on_control,
}
