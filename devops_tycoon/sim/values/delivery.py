"""Delivery: changes that wait, roll-outs under way, and what became of them: values; `phases/delivery` moves them."""

from dataclasses import dataclass
from typing import Final

from devops_tycoon.sim.kinds import Method, Stage, Verdict

METHODS: tuple[Method, ...] = ("big-bang", "rolling", "blue-green", "canary")
BIG_BANG: Final = "big-bang"
ROLLING: Final = "rolling"
BLUE_GREEN: Final = "blue-green"
CANARY: Final = "canary"


@dataclass(frozen=True, slots=True)
class Change:
    """One finished change. Its number is its fate: the same die decides about it, however it is deployed."""

    number: int
    ready: int
    """The tick at which it was finished."""
    free: int
    """The tick from which it may be deployed: builds, boards and repairs take time."""
    mended: int = 0
    """How often it was repaired; a repaired change has a new die."""
    again: bool = False
    """It was rolled back before, so that deploying it is rework."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What some replicas served, in whole requests."""

    asked: int = 0
    failed: int = 0
    slow: int = 0
    """Answers that took more than twice the usual time."""


NOBODY = Sample()


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deploy, as DORA's measures see it (ticks of the game)."""

    id: int
    service: str
    changes: int
    how: Method
    ready: int
    """When its oldest change was ready."""
    live: int
    """When all members had it, or when it was rolled back."""
    failed: bool
    """It needed a responder at once: a rollback or a hot fix."""
    recovered: int
    """When members were served well again, of a failed one."""
    unplanned: bool
    """It repaired another."""
    began: int = 0
    """When the first members had it."""
    readies: tuple[int, ...] = ()
    """When each of its changes was ready; empty if it never reached all members."""


@dataclass(frozen=True, slots=True)
class Rollout:
    """A new version on its way to all replicas of a service."""

    id: int
    service: str
    changes: int
    how: Method
    ready: int
    began: int
    share: int
    """Parts per million of the replicas that have it."""
    fault: int
    """The first fault that came with it, or 0."""
    items: tuple[Change, ...] = ()
    cards: tuple[str, ...] = ()
    """Of each change the failure card that it turns out to be, or nothing; nobody knows them."""
    faults: tuple[int, ...] = ()
    """The faults that came with it, once the first replica has it."""
    stage: Stage = ""
    due: int = 0
    """When the stage ends."""
    fresh: Sample = NOBODY
    """Of the canary; while it is watched: of the service since."""
    usual: Sample = NOBODY
    """Of as many old replicas; while it is watched: of the service before."""
    before: Sample = NOBODY
    """What the service would have served in the time of a watch, as it was when all began."""
    before_us: int = 0
    """The mean time of an answer then, in microseconds."""
    verdict: Verdict = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """Changes of one service that wait to be deployed."""

    service: str
    changes: int
    since: int
    """When the oldest of them was ready."""
    items: tuple[Change, ...] = ()
    """The changes themselves, oldest first."""


@dataclass(frozen=True, slots=True)
class Live:
    """A version that all members have and that can still be rolled back."""

    id: int
    """Its deployment."""
    service: str
    items: tuple[Change, ...]
    cards: tuple[str, ...]
    faults: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivery in company mode: pending changes and how they ship."""

    due: int = 0
    """Changes that will be ready in this shift: built with the quarter's free effort."""
    ready: tuple[Ready, ...] = ()
    rollouts: tuple[Rollout, ...] = ()
    methods: tuple[tuple[str, Method], ...] = ()
    """(service, or `all`, how) where the company decided; else as its practices allow."""
    frozen: bool = False
    debt: int = 0
    """0–100: old short cuts that make every change riskier."""
    shipped: int = 0
    """Changes that members have and that work."""
    owed: int = 0
    """Millionths of a point of debt that are not yet a whole one."""
    next_change: int = 1
    next_id: int = 1
    live: tuple[Live, ...] = ()
    """Per service the newest version, and every one since the oldest that is broken; oldest first."""


NOTHING_DELIVERED = Delivery()
