"""Delivery: changes that wait, roll-outs under way, and what became of them: values; `phases/delivery` moves them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deploy, as DORA's measures see it (ticks of the game)."""

    id: int
    service: str
    changes: int
    how: str
    """`big-bang`, `rolling`, `blue-green` or `canary`."""
    ready: int
    """When its oldest change was ready."""
    live: int
    """When all members had it."""
    failed: bool
    """It needed somebody at once: a roll-back or a hot fix."""
    recovered: int
    """When members were served well again, of a failed one."""
    unplanned: bool
    """It repaired another."""


@dataclass(frozen=True, slots=True)
class Rollout:
    """A new version on its way to all replicas of a service."""

    id: int
    service: str
    changes: int
    how: str
    ready: int
    began: int
    share: int
    """Parts per million of the replicas that have it."""
    fault: int
    """The fault that came with it, or 0."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Changes of one service that wait to be deployed."""

    service: str
    changes: int
    since: int
    """When the oldest of them was ready."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a company that is led has to deliver, and how it does."""

    due: int = 0
    """Changes that will be ready in this shift: what the quarter's free hands have made."""
    ready: tuple[Ready, ...] = ()
    rollouts: tuple[Rollout, ...] = ()
    methods: tuple[tuple[str, str], ...] = ()
    """(service, how) where the company decided; else as its practices allow."""
    frozen: bool = False
    debt: int = 0
    """0–100: old short cuts that make every change riskier."""
    shipped: int = 0
    """Changes that members have and that work."""


NOTHING_DELIVERED = Delivery()
