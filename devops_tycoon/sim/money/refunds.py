"""Refunds: a shift that was worse than promised is paid back in part."""

from devops_tycoon.sim.basis import Fact, News, Rules, World, replace
from devops_tycoon.sim.money.books import booked
from devops_tycoon.sim.score.score import uptime_of
from devops_tycoon.sim.text import dollars


def served(world: World) -> tuple[tuple[int, int, int], ...]:
    """Return (valid, good, degraded) micro-requests of each journey since the start."""
    return tuple((tally.valid, tally.good, tally.degraded) for tally in world.tally.journeys)


def shift_uptime(world: World, rules: Rules) -> float:
    """Return the weighted uptime of the shift that is played, degraded answers counted as in the score."""
    before = world.accounts.served or tuple((0, 0, 0) for _ in world.tally.journeys)
    return uptime_of(
        tuple((v - v0, g - g0, d - d0) for (v, g, d), (v0, g0, d0) in zip(served(world), before, strict=True)), rules
    )


def refund_cents(world: World, rules: Rules) -> int:
    """Return what the members get back where the promise is broken: a share of a month's fees."""
    company = rules.scenario.company_mode
    return round(world.business.members * company.fee_cents_per_month * company.refund)


def refunded(world: World, rules: Rules) -> News:
    """Return the world at the end of a shift: refunds are paid, and counting restarts."""
    promise, reached = rules.scenario.company_mode.promise, shift_uptime(world, rules)
    world = replace(world, accounts=replace(world.accounts, served=served(world)))
    if reached >= promise:
        return world, ()
    cents = refund_cents(world, rules)
    text = (
        f"{reached:.3%} of uptime were less than the promised {promise:.3%}: "
        f"{dollars(cents)} are refunded to the members."
    )
    return booked(world, "refunds", -cents), (Fact("refund", text, bad=True),)
