"""Rent of replicas, tick by tick, in integer cents."""

from devops_tycoon.sim.basis import Fact, News, Rules, Service, World, dial, replace
from devops_tycoon.sim.delivery.pipeline import doubled
from devops_tycoon.sim.money.books import BROKE, booked
from devops_tycoon.sim.money.reserved import reserved_replicas

_PER_CENT = 3600
"""A rent of one cent per hour is a cent after this many seconds."""


def money(world: World, rules: Rules) -> News:
    """Take the rent of this tick; parts of a cent are kept until they are whole."""
    cents, rest = divmod(world.rent_owed + _rent_per_hour(world, rules) * rules.scenario.tick_s, _PER_CENT)
    world = booked(replace(world, rent_owed=rest), "rent", -cents)
    if world.cash_cents < 0 and cents:
        world = replace(world, phase="over", ending=BROKE)
        return world, (Fact("end", BROKE, bad=True),)
    return world, ()


_last: list[tuple[tuple[object, ...], int, int]] = []
"""What the rent was computed from last, by identity, with the week; and the rent."""


def _rent_per_hour(world: World, rules: Rules) -> int:
    """Return the rent of all services in cents per hour; it is computed again when something changes."""
    known = (world.services, world.practices, world.accounts, world.delivery.rollouts, rules)
    if _last and _last[0][1] == world.week and all(a is b for a, b in zip(_last[0][0], known, strict=True)):
        return _last[0][2]
    rent = sum(_rent(world, rules, service) for service in world.services)
    _last[:] = [(known, world.week, rent)]
    return rent


def _rent(world: World, rules: Rules, service: Service) -> int:
    """Return the rent of a service in cents per hour."""
    fleets = 2 if doubled(world, service.id) else 1
    rented = max(0, fleets * service.replicas - reserved_replicas(world, service.id, world.week))
    return round(rented * service.rent_cents_per_hour * dial(world, rules, "rent", service.id))
