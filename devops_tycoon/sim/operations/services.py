"""Questions about the services of a world that several rules ask."""

from collections.abc import Iterable
from difflib import get_close_matches

from devops_tycoon.sim.basis import Rules, Service, World, replace
from devops_tycoon.sim.values.world import Pending


def find(world: World, name: str) -> Service | None:
    """Return the service of that name, or None."""
    for service in world.services:
        if service.id == name:
            return service
    return None


def no_such(world: World, name: str) -> str:
    """Return the sentence that a service does not exist, with the nearest that does."""
    return unknown("service", name, [service.id for service in world.services])


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return the sentence that something does not exist, with the nearest that does."""
    names = list(known)
    close = get_close_matches(name, names, n=1)
    hint = f"; did you mean {close[0]}?" if close else f"; there is {', '.join(names[:8])}." if names else "."
    return f"There is no {what} {name}{hint}"


def with_service(world: World, changed: Service) -> World:
    """Return the world with one service replaced by a new value of the same name."""
    return replace(world, services=tuple(changed if s.id == changed.id else s for s in world.services))


def owner_of(world: World, capability: str) -> Service | None:
    """Return the service that contains a capability."""
    for service in world.services:
        if capability in service.capabilities:
            return service
    return None


def neighbours(world: World, rules: Rules) -> tuple[tuple[str, str], ...]:
    """Return every (caller, callee) pair of services that call each other, in a fixed order; also while one moves."""
    blocks: dict[str, list[str]] = {}
    for service in world.services:
        for capability in (*service.capabilities, *service.arriving):
            blocks.setdefault(capability, []).append(service.id)
    pairs: dict[tuple[str, str], None] = {}
    for node in rules.capability.values():
        for call in node.calls:
            for caller in blocks.get(node.id, ()):
                for callee in blocks.get(call.to, ()):
                    if caller != callee:
                        pairs[caller, callee] = None
    return tuple(pairs)


def may_wait(world: World, rules: Rules, caller: str, callee: str) -> bool:
    """Say whether there are calls on a link whose answers nobody needs at once."""
    block = {capability: service.id for service in world.services for capability in service.capabilities}
    return any(
        call.message and block.get(capability.id) == caller and block.get(call.to) == callee
        for capability in rules.capability.values()
        for call in capability.calls
    )


def coming(world: World, verb: str, service: str) -> tuple[Pending, ...]:
    """Return the orders under way that begin with this verb and object."""
    return tuple(p for p in world.pending if str(p.order).startswith(f"{verb} {service} "))
