"""Limits on the cost of replicas in a shift under FinOps: an alarm and a hard cap."""

from devops_tycoon.sim.basis import Fact, Rules, Service, World, dial
from devops_tycoon.sim.text import dollars

UNUSUAL = 1.25
"""Times the rent at the start of the shift from which on spending is called unusual [design value]."""


def hourly(world: World) -> int:
    """Return what all replicas cost by the list, in cents an hour."""
    return sum(service.replicas * service.rent_cents_per_hour for service in world.services)


def too_dear(world: World, rules: Rules, service: Service, more: int) -> str | None:
    """Return the sentence that refuses more replicas beyond the cap of a shift, or None."""
    if more <= 0 or affordable(world, rules, service, service.replicas + more) == service.replicas + more:
        return None
    cap = dial(world, rules, "spending_cap") * world.rent_at_first
    return f"The spending cap of this shift is {dollars(round(cap))} an hour; the practice finops keeps it."


def affordable(world: World, rules: Rules, service: Service, wanted: int) -> int:
    """Return how many replicas of a service, at most those wanted, the cap allows; it takes none away."""
    times = dial(world, rules, "spending_cap")
    if world.phase != "shift" or times <= 0 or not service.rent_cents_per_hour or wanted <= service.replicas:
        return wanted
    left = times * world.rent_at_first - hourly(world)
    return service.replicas + max(0, min(wanted - service.replicas, int(left // service.rent_cents_per_hour)))


def anomaly(before: World, after: World, rules: Rules) -> tuple[Fact, ...]:
    """Say once, where spending is watched, that the rent has grown more than is usual."""
    if before.phase != "shift" or dial(after, rules, "spending_cap") <= 0:
        return ()
    usual = UNUSUAL * after.rent_at_first
    if hourly(before) > usual or hourly(after) <= usual:
        return ()
    return (
        Fact("alarm", f"Spending: replicas now cost {dollars(hourly(after))} an hour, a quarter more than at first."),
    )
