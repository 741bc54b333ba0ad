"""The books: every cent that comes or goes has a heading, and cash is what they sum to."""

from typing import get_args

from devops_tycoon.sim.basis import Rules, World, replace
from devops_tycoon.sim.kinds import Heading
from devops_tycoon.sim.values.accounts import Entry

HEADINGS: tuple[Heading, ...] = get_args(Heading)


def booked(world: World, heading: Heading, cents: int) -> World:
    """Return the world after money came in (or, negative, went out) under a heading."""
    if cents == 0:
        return world
    known = {entry.heading: entry.cents for entry in world.books}
    known[heading] = known.get(heading, 0) + cents
    books = tuple(Entry(name, known[name]) for name in HEADINGS if name in known)
    return replace(world, cash_cents=world.cash_cents + cents, books=books)


def balance(world: World, rules: Rules) -> int:
    """Return what the cash should be by the books, in cents: the start and every entry since."""
    return rules.scenario.cash_cents + sum(entry.cents for entry in world.books)


BROKE = "The money is gone: the company closes."
