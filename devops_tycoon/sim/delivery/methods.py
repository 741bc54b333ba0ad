"""How a new version may reach a service: what the company decided, as far as its practices and replicas allow."""

from devops_tycoon.sim.basis import Rules, World
from devops_tycoon.sim.kinds import Method
from devops_tycoon.sim.operations.services import find
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.values.delivery import BIG_BANG, ROLLING

EVERYWHERE = "all"
"""In place of a service: all that have no method of their own."""


def decided(world: World, service: str) -> Method | None:
    """Return the standing method of a service, or of all, or None."""
    methods = dict(world.delivery.methods)
    return methods.get(service) or methods.get(EVERYWHERE)


def method_of(world: World, rules: Rules, service: str) -> Method:
    """Return how a service is deployed if nobody says otherwise: as decided, else rolling where that can be."""
    for how in (decided(world, service), ROLLING):
        if how and why_not(world, rules, service, how) is None:
            return how
    return BIG_BANG


def why_not(world: World, rules: Rules, name: str, how: Method) -> str | None:
    """Return the sentence that says why a service cannot be deployed this way, or None."""
    if how == BIG_BANG:
        return None
    why = unlocked(world, rules, f"deploy.{how}")
    if why is not None:
        return why
    service = find(world, name)
    if service is not None and service.replicas < 2:
        return f"{how} needs at least two replicas; {name} has {service.replicas}. Scale it first."
    return None
