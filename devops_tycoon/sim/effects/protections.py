"""What callers and services do to protect themselves, in effect: budgets, bulkheads, fallbacks, limits, priorities."""

from devops_tycoon.sim.effects.quotas import quota_in_effect
from devops_tycoon.sim.flow.network import Call, Pool
from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.company import CapabilityCall, Journey
from devops_tycoon.sim.rules.links import LinkSettings
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.service import Service
from devops_tycoon.sim.values.world import World

UNTRIED_FAILS = 1 / 3
"""How likely it is that a fallback that was turned on in the middle of a shift does not work [design value]."""
_HALF = 0.5


def guarded(made: Call, world: World, rules: Rules, settings: LinkSettings, call: CapabilityCall) -> Call:
    """Return a call between two services with what its link's settings protect it by."""
    return replace(
        made,
        required=_required(made, world, settings, call)
        if rules.scenario.company_mode.tests_fallbacks
        else made.required,
        budget=settings.budget,
        bulkhead=settings.bulkhead,
        jitter=1.0 if settings.jitter else 0.0,
    )


def _required(made: Call, world: World, settings: LinkSettings, call: CapabilityCall) -> bool:
    """Say whether a failed call fails the answer: in company mode it does until a fallback is on."""
    if call.fallback == "":
        return call.required
    return not (settings.fallback and works(world, settings, made.caller, made.callee))


def works(world: World, settings: LinkSettings, caller: int, callee: int) -> bool:
    """Say whether a fallback works; one that was tried in calm does, of the others every third does not."""
    return not settings.untried or roll(world.seed, 0, "fallback", caller, callee) >= UNTRIED_FAILS


def admitting(pools: list[Pool], world: World, rules: Rules) -> tuple[Pool, ...]:
    """Return the pools with the limits above which they turn requests away."""
    doors = {journey.entry for journey in rules.journeys}
    return tuple(
        replace(pool, limit=_limit(pool, service, world, rules, doors), quota=quota_in_effect(world, rules, service.id))
        for pool, service in zip(pools, world.services, strict=True)
    )


def _limit(pool: Pool, service: Service, world: World, rules: Rules, doors: set[str]) -> float | None:
    if pool.down or pool.slots < 1.0:
        return None
    limits = []
    waiting = dial(world, rules, "limit_queue", service.id)
    if waiting > 0:
        limits.append(pool.slots + waiting)
    share = dial(world, rules, "shedding")
    if share > 0 and any(capability in doors for capability in service.capabilities):
        limits.append(max(1.0, share * pool.slots))
    return min(limits, default=None)


def rank(rules: Rules, journey: Journey) -> int:
    """Return how soon a journey is shed: 0 last, 2 first; by weight where the company does not say."""
    if journey.priority is not None:
        return journey.priority
    heaviest = max(other.weight for other in rules.journeys)
    if journey.weight >= heaviest:
        return 0
    return 1 if journey.weight >= _HALF * heaviest else 2
