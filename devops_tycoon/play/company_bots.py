"""Bots for company mode: one policy each, so that policies can be compared on the same seeds.

They plan by the forecast that a player sees and operate by what a player sees. None is clever: a policy wins by what
it builds, not by how fast it clicks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from devops_tycoon.orders.adopt import Adopt
from devops_tycoon.orders.deliver import Deliver
from devops_tycoon.orders.deploy import Deploy
from devops_tycoon.orders.restart import Restart
from devops_tycoon.orders.rollback import Rollback
from devops_tycoon.orders.scale import Scale
from devops_tycoon.orders.set import Set, fallbacks
from devops_tycoon.orders.split import Split
from devops_tycoon.orders.status_update import StatusUpdate
from devops_tycoon.play.autoplay import Bot
from devops_tycoon.sim.delivery.pipeline import lanes
from devops_tycoon.sim.demand.load import disks_for, peak
from devops_tycoon.sim.detection.health import health
from devops_tycoon.sim.effects.modifiers import settings_of
from devops_tycoon.sim.effects.steady_state import forecast
from devops_tycoon.sim.obey import obey, refusal
from devops_tycoon.sim.operations.estate import tables_of
from devops_tycoon.sim.operations.measures import open_incident
from devops_tycoon.sim.operations.services import coming, neighbours, owner_of
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import shift_of
from devops_tycoon.sim.values.delivery import CANARY
from devops_tycoon.sim.values.order import Order, Placed
from devops_tycoon.sim.values.watching import AVERAGES
from devops_tycoon.sim.values.world import World

Cuts = Callable[[World, Rules], Iterable[Order]]

_EVERY_S = 60
"""Seconds between two decisions of a bot."""
_REPLICAS = 6
"""Of a service that is split off; the forecast decides how many more to buy."""
_EVENING = 0.95
"""Share of a shift after which bots without a pipeline deploy: a bad change then reaches few members."""
_FIVE_MINUTES_S = 330
"""Seconds that averages look back; earlier they still contain the restart of the deploy."""
_PATIENCE_S = 600
"""After so many seconds of an incident without a new version, the bot restarts what fails."""


def no_cuts(world: World, rules: Rules) -> Iterable[Order]:  # noqa: ARG001
    """Leave the services as they are."""
    return ()


@dataclass(frozen=True, slots=True)
class Policy:
    """How a bot plans."""

    ceiling: float
    """Replicas are bought until no pool is busier than this at the coming peak."""
    practices: tuple[str, ...] = ()
    """Adopted in this order, as far as the quarter's engineer-weeks go; `read-replica main-db` names a target."""
    features: float = 0.5
    """Share of a quarter's engineer-weeks that is left for features."""
    cuts: Cuts = no_cuts
    """Splits and merges, tried before anything else."""
    fences: bool = False
    """Every link gets a timeout, and a fallback where one is prepared."""


def leader(policy: Policy) -> Bot:
    """Return the bot of a policy."""

    def play(world: World, rules: Rules) -> Sequence[Order]:
        if world.phase == "planning":
            return tuple(plan(world, rules, policy))
        return operate(world, rules)

    return play


def plan(world: World, rules: Rules, policy: Policy) -> Iterator[Order]:
    """Yield a quarter's orders: projects as far as engineer-weeks go, then the capacity that the forecast asks for."""
    least = int(world.effort * policy.features)
    wanted: list[Order] = [*policy.cuts(world, rules), *[_adopt(text) for text in policy.practices]]
    for order in wanted:
        if refusal(world, rules, Placed(order)) is None and world.effort - order.effort(world, rules) >= least:
            world, _ = obey(world, rules, Placed(order))
            yield order
    if policy.fences:
        for order in fences(world, rules):
            if refusal(world, rules, Placed(order)) is None:
                world, _ = obey(world, rules, Placed(order))
                yield order
    best = Deliver("all", CANARY)
    if refusal(world, rules, Placed(best)) is None and any(lane.how != CANARY for lane in lanes(world, rules)):
        yield best
    yield from grow(world, rules, policy.ceiling)


def _adopt(text: str) -> Order:
    practice, _, target = text.partition(" ")
    return Adopt(practice, target)


def grow(world: World, rules: Rules, ceiling: float, most_steps: int = 12) -> Iterator[Order]:
    """Yield purchases until the forecast of the coming peak shows no pool above the ceiling, or money or space ends."""
    hopeless: set[str] = set()
    for _ in range(most_steps):
        busy = dict(forecast(world, rules, peak(world, rules)).busy)
        over = [s for s in world.services if busy[s.id] > ceiling and s.kind != "provider" and s.id not in hopeless]
        if not over:
            return
        # What is called fills its callers: stores first.
        worst = min(over, key=lambda s: (s.kind != "store", -busy[s.id]))
        more = max(1, int(worst.replicas * (busy[worst.id] / ceiling - 1.0) + 0.999))
        order = next((o for n in range(more, 0, -1) if _can(o := Scale(worst.id, n), world, rules)), None)
        if order is None:
            hopeless.add(worst.id)
            continue
        world, _ = obey(world, rules, Placed(order))
        yield order


def _can(order: Order, world: World, rules: Rules) -> bool:
    return refusal(world, rules, Placed(order)) is None


def fences(world: World, rules: Rules) -> Iterator[Order]:
    """Yield a timeout for every link that has none, and the fallback where one is prepared."""
    for caller, callee in neighbours(world, rules):
        settings = settings_of(world, rules, caller, callee)
        if settings.timeout_ms is None:
            yield Set(caller, callee, (("timeout", 1000.0),))
        if not settings.fallback and fallbacks(world, rules, caller, callee):
            yield Set(caller, callee, (("fallback", True),))


def operate(world: World, rules: Rules) -> Sequence[Order]:
    """Repair what is seen to fail, tell members, and deploy waiting changes while no incident is open."""
    if (world.tick * rules.scenario.tick_s) % _EVERY_S:
        return ()
    incident = open_incident(world)
    options: list[Order] = []
    if incident is not None:
        age_s = (world.tick - incident.detected) * rules.scenario.tick_s
        if age_s >= (_FIVE_MINUTES_S if world.sight.level <= AVERAGES else _EVERY_S):
            options += [Rollback(s.id) for n, s in enumerate(world.services) if _ill(world, rules, n)]
        if age_s % 600 < _EVERY_S:
            options.append(StatusUpdate())
        if age_s >= _PATIENCE_S:
            ill = [s for n, s in enumerate(world.services) if _ill(world, rules, n) and s.kind != "provider"]
            ill.sort(key=lambda s: s.kind != "store")
            options += [Restart(s.id, "rolling") for s in ill if not coming(world, "restart", s.id)]
    else:
        options += [
            deploy
            for lane in lanes(world, rules)
            if lane.waiting and _late(deploy := Deploy(lane.service), world, rules)
        ]
    return tuple(order for order in options if refusal(world, rules, Placed(order)) is None)[:1]


def _late(order: Order, world: World, rules: Rules) -> bool:
    """Say whether a deploy that begins now goes live near the end of the shift."""
    live_s = (world.tick - world.shift_began) * rules.scenario.tick_s + order.delay_s(world, rules)
    return live_s >= _EVENING * shift_of(world, rules).ticks * rules.scenario.tick_s


def _ill(world: World, rules: Rules, number: int) -> bool:
    return health(world, rules, number) in ("failing", "down")


WATCH = ("obs-1", "on-call", "runbooks", "ci", "obs-2", "outside-probe")
"""Observability, on-call, runbooks and tests."""
CAREFUL = (
    *WATCH, "timeout", "fallback", "load-balancer", "cd-pipeline", "multi-zone", "canary", "auto-rollback",
    "config-as-code", "circuit-breaker", "service-registry",
)  # fmt: skip
"""And small deploys, several zones, and a timeout for every call."""
SEAMS = (
    ("recommendations", "ratings"),
    ("catalog", "search"),
    ("playback", "licences", "devices"),
    ("bookmarks", "events", "steering"),
)
"""Parts of Cinemail with few calls to the rest, data of their own and growth of their own."""


def along(*parts: tuple[str, ...]) -> Cuts:
    """Return splits of these parts with their tables, sized for the coming peak."""

    def cut(world: World, rules: Rules) -> Iterable[Order]:
        for part in parts:
            home = owner_of(world, part[0])
            if home is not None and set(part) < set(home.capabilities):
                disks = disks_for(world, rules, tables_of(rules, part))
                yield Split(part, part[0], _REPLICAS, moves_data=True, disks=disks)

    return cut


def everything(world: World, rules: Rules) -> Iterable[Order]:
    """Yield a split of every capability, its data left where it is: the quick way."""
    for service in world.services:
        if service.kind == "service" and len(service.capabilities) > 1:
            for capability in service.capabilities[1:]:
                if capability in rules.capability:
                    yield Split((capability,), capability, _REPLICAS)


LEADERS: dict[str, Bot] = {
    "boxes": leader(Policy(ceiling=0.6)),
    "monolith": leader(Policy(ceiling=0.6, practices=CAREFUL)),
    "seams": leader(Policy(ceiling=0.6, practices=CAREFUL, cuts=along(*SEAMS), fences=True)),
    "splitter": leader(Policy(ceiling=0.6, practices=CAREFUL, cuts=everything, fences=True, features=0.2)),
}
"""One only buys replicas, one keeps the monolith, one splits along seams, one splits everything."""
