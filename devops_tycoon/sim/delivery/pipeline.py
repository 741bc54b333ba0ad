"""The pipeline as screens, bots and refusals ask about it: what waits, what is on its way, and how risky it is."""

from dataclasses import dataclass

from devops_tycoon.sim.basis import WHOLE, Rules, World
from devops_tycoon.sim.delivery.canary import needed, verdict
from devops_tycoon.sim.delivery.changes import debt, deployable, odds, risk
from devops_tycoon.sim.delivery.methods import method_of
from devops_tycoon.sim.delivery.rollout import under_way
from devops_tycoon.sim.kinds import Method
from devops_tycoon.sim.values.delivery import BLUE_GREEN, Rollout

__all__ = ["Lane", "debt", "doubled", "lanes", "odds", "risk", "says"]


@dataclass(frozen=True, slots=True)
class Lane:
    """The way of one service's changes to its members."""

    service: str
    waiting: int
    """Changes that may be deployed now."""
    held: int
    """Changes that wait for a build, a board or their repair."""
    since: int | None
    """The tick at which the oldest of all of them was ready."""
    odds: float
    """Probability that the waiting batch is bad, deployed now."""
    how: Method
    """How it would be deployed."""
    rollout: Rollout | None


def lanes(world: World, rules: Rules) -> tuple[Lane, ...]:
    """Return the lane of every service that changes are made for, in the order of the services."""
    return tuple(_lane(world, rules, service.id) for service in world.services if service.kind == "service")


def _lane(world: World, rules: Rules, service: str) -> Lane:
    ready = next((entry for entry in world.delivery.ready if entry.service == service), None)
    free = len(deployable(world, service))
    return Lane(
        service=service,
        waiting=free,
        held=(ready.changes if ready else 0) - free,
        since=ready.since if ready else None,
        odds=odds(world, rules, free),
        how=method_of(world, rules, service),
        rollout=under_way(world, service),
    )


def says(rollout: Rollout) -> str:
    """Return one line about a roll-out: its stage, its share, and what its numbers say so far."""
    line = f"{rollout.how} · {rollout.stage} · {100 * rollout.share / WHOLE:.0f}%"
    if rollout.fresh.asked:
        fresh, usual = rollout.fresh, rollout.usual
        far = f"{verdict(fresh, usual)}, {fresh.failed} of {fresh.asked} failed (else {usual.failed} of {usual.asked})"
        line += f" · {far}; {needed(usual)} requests decide"
    return line


def doubled(world: World, service: str) -> bool:
    """Say whether both halves of a blue-green deploy run now, so that the rent is paid twice."""
    return any(rollout.service == service and rollout.how == BLUE_GREEN for rollout in world.delivery.rollouts)
