"""Rent of replicas, tick by tick, in integer cents."""

from dataclasses import replace

from devops_tycoon.sim.facts import Fact
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import World

_PER_CENT = 3600
"""A rent of one cent per hour is a cent after this many seconds."""


def money(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """Take the rent of this tick; parts of a cent are kept until they are whole."""
    per_hour = sum(service.replicas * service.rent_cents_per_hour for service in world.services)
    cents, rest = divmod(world.rent_owed + per_hour * rules.scenario.tick_s, _PER_CENT)
    world = replace(world, cash_cents=world.cash_cents - cents, rent_owed=rest)
    if world.cash_cents < 0 and cents:
        return replace(world, phase="over"), (Fact("end", "The money is gone: the company closes.", bad=True),)
    return world, ()
