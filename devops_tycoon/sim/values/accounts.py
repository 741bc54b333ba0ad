"""Contracts and the last quarter: what bills and refunds are computed from. `sim.planning.quarter` changes them."""

from dataclasses import dataclass

from devops_tycoon.sim.kinds import Heading


@dataclass(frozen=True, slots=True)
class Reserved:
    """Replicas of a service that are paid for until a week, whether they run or not."""

    service: str
    replicas: int
    until: int
    """The week in which the contract ends."""
    cents_per_week: int


@dataclass(frozen=True, slots=True)
class Accounts:
    """What bills and refunds are computed from, in addition to the current state."""

    shipped: int = 0
    """Changes that had been shipped when the weeks passed last."""
    reserved: tuple[Reserved, ...] = ()
    served: tuple[tuple[int, int, int], ...] = ()
    """(valid, good, degraded) micro-requests of each journey when this shift began; empty: none yet."""


NO_ACCOUNTS = Accounts()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the books: all money that came in (or, negative, went out) under one heading."""

    heading: Heading
    cents: int
