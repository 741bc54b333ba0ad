"""Replicas follow the load where there is an autoscaler (MODEL I)."""

from devops_tycoon.sim.basis import Fact, News, Rules, Service, World, replace
from devops_tycoon.sim.flow.autoscale import Fleet, observed, shrunk
from devops_tycoon.sim.money.books import booked
from devops_tycoon.sim.money.spending import affordable, anomaly
from devops_tycoon.sim.operations.control import control_plane
from devops_tycoon.sim.operations.services import find, with_service
from devops_tycoon.sim.values.service import Scaler


def autoscale(world: World, rules: Rules) -> News:
    """Let each autoscaler see this tick; replicas that it adds cost their price at once and join when they booted.

    It orders only what there is money for, as a player could. An autoscaler ends with its service. Its metric is what
    the screens show, workers in use: a company's services have many workers for each core, and no cores in the model.
    """
    if not world.scalers:
        return world, ()
    facts: list[Fact] = []
    kept: list[Scaler] = []
    for scaler in world.scalers:
        service = find(world, scaler.service)
        if service is None:
            continue
        busy = world.reading.utilisation[[s.id for s in world.services].index(service.id)]
        before = replace(scaler.fleet, ready=service.replicas)
        tick_s = float(rules.scenario.tick_s)
        fleet = observed(
            scaler.settings, before, busy, busy * service.replicas, tick_s, control_plane=control_plane(world, rules)
        )
        fleet = shrunk(fleet, max(0, fleet.asked - max(before.asked, affordable(world, rules, service, fleet.asked))))
        world, fleet = _paid(world, service, before, fleet)
        if fleet.ready != service.replicas:
            after = with_service(world, replace(service, replicas=fleet.ready))
            facts += anomaly(world, after, rules)
            world = after
        facts += _told(service, before, fleet)
        kept.append(replace(scaler, fleet=fleet))
    return replace(world, scalers=tuple(kept)), tuple(facts)


def _paid(world: World, service: Service, before: Fleet, after: Fleet) -> tuple[World, Fleet]:
    """Return the world after the price of what was ordered; what there is no money for is not ordered."""
    added = after.asked - before.asked
    if added <= 0 or not service.price_cents:
        return world, after
    affordable = min(added, max(0, world.cash_cents) // service.price_cents)
    world = booked(world, "purchases", -affordable * service.price_cents)
    return world, shrunk(after, added - affordable)


def _told(service: Service, before: Fleet, after: Fleet) -> list[Fact]:
    more = after.asked - before.asked
    if more > 0:
        return [Fact("order", f"{service.id}: its autoscaler starts {more} more replicas.", service.id)]
    if more < 0:
        return [Fact("order", f"{service.id}: its autoscaler gives {-more} replicas back.", service.id)]
    return []
