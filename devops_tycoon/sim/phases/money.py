"""Rent of replicas, tick by tick, in integer cents."""

from dataclasses import replace

from devops_tycoon.sim.delivery.pipeline import doubled
from devops_tycoon.sim.money.books import BROKE, booked
from devops_tycoon.sim.money.reserved import reserved_replicas
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.service import Service
from devops_tycoon.sim.values.world import World

_PER_CENT = 3600
"""A rent of one cent per hour is a cent after this many seconds."""


def money(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """Take the rent of this tick; parts of a cent are kept until they are whole."""
    per_hour = sum(_rent(world, rules, service) for service in world.services)
    cents, rest = divmod(world.rent_owed + per_hour * rules.scenario.tick_s, _PER_CENT)
    world = booked(replace(world, rent_owed=rest), "rent", -cents)
    if world.cash_cents < 0 and cents:
        world = replace(world, phase="over", ending=BROKE)
        return world, (Fact("end", BROKE, bad=True),)
    return world, ()


def _rent(world: World, rules: Rules, service: Service) -> int:
    """Return the rent of a service in cents per hour."""
    fleets = 2 if doubled(world, service.id) else 1
    rented = max(0, fleets * service.replicas - reserved_replicas(world, service.id, world.week))
    return round(rented * service.rent_cents_per_hour * dial(world, rules, "rent", service.id))
