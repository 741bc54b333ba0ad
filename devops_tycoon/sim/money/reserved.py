"""Reserved replicas: cheaper than rented ones, and paid for whether they run or not."""

from devops_tycoon.sim.basis import Rules, World, dial, replace
from devops_tycoon.sim.operations.services import find
from devops_tycoon.sim.values.accounts import Reserved

PRICE = 0.6
"""Of the rent, for replicas that are reserved [research 4.3: 30 to 60% less]."""
YEAR = 52
"""Weeks that a contract lasts."""
HOURS_A_WEEK = 168


def contract(world: World, rules: Rules, service: str, replicas: int) -> Reserved | None:
    """Return a contract for a year that would begin now, or None where there is no such service."""
    found = find(world, service)
    if found is None:
        return None
    hourly = replicas * found.rent_cents_per_hour * dial(world, rules, "rent", service)
    return Reserved(service, replicas, world.week + YEAR, round(PRICE * hourly * HOURS_A_WEEK))


def signed(world: World, new: Reserved) -> World:
    """Return the world with one more contract."""
    return replace(world, accounts=replace(world.accounts, reserved=(*world.accounts.reserved, new)))


def expired(world: World) -> World:
    """Return the world without contracts that are over."""
    running = tuple(reserved for reserved in world.accounts.reserved if reserved.until > world.week)
    return replace(world, accounts=replace(world.accounts, reserved=running))


def reserved_replicas(world: World, service: str, week: int) -> int:
    """Return how many replicas of a service are reserved in a week."""
    return sum(r.replicas for r in world.accounts.reserved if r.service == service and r.until > week)


def commitment(world: World, weeks: int) -> int:
    """Return what the contracts cost in the coming weeks, in cents."""
    return sum(r.cents_per_week * max(0, min(weeks, r.until - world.week)) for r in world.accounts.reserved)
