"""World: everything that can influence the future of a game, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devops_tycoon.sim.flow.autoscale import Autoscaler, Fleet
from devops_tycoon.sim.flow.state import FlowState, Reading
from devops_tycoon.sim.rules.rules import LinkSettings
from devops_tycoon.sim.values.accounts import NO_ACCOUNTS, Accounts
from devops_tycoon.sim.values.delivery import NOTHING_DELIVERED, Delivery, Deployment
from devops_tycoon.sim.values.watching import ALL_KNOWN, NOTHING_NOTICED, Sight, Watch

if TYPE_CHECKING:
    from devops_tycoon.sim.values.order import Order

FOREVER = 2**53
"""A tick that never comes."""
WHOLE = 1_000_000
"""All of something, in parts per million."""


@dataclass(frozen=True, slots=True)
class Service:
    """A block of the partition: the capabilities that share one pool of workers and one fate."""

    id: str
    kind: str
    """`service`, `store` or `provider`."""
    capabilities: tuple[str, ...]
    replicas: int
    concurrency: int
    queue: int | None
    boot_s: int
    price_cents: int
    rent_cents_per_hour: int
    most: int
    version: int
    restart_until: int
    """Replicas are being restarted before this tick."""
    restart_all: bool
    """All at once (refusing everything) or one after the other."""
    arriving: tuple[str, ...] = ()
    """What is on its way into it from another block; until it is here, both run."""
    arrived: int = 0
    """Parts per million of that way that are behind it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Settings of calls from one service to another, where they differ from the defaults."""

    caller: str
    callee: str
    settings: LinkSettings


@dataclass(frozen=True, slots=True)
class Scaler:
    """The autoscaler of a service and what it remembers."""

    service: str
    settings: Autoscaler
    fleet: Fleet


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure card that acts now. It edits nothing; numbers in effect are computed from it."""

    id: int
    card: str
    target: str
    """A service's id, or a zone's letter."""
    began: int
    ends: int
    """Tick, or FOREVER: until cured."""
    share: int = WHOLE
    """Parts per million of its target that it acts on: a new version that a few replicas have."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An order that was placed and takes effect later."""

    due: int
    order: Order
    by: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """A practice in force."""

    practice: str
    target: str
    """The service, store or link (`caller>callee`) that it is adopted for; empty: the company."""
    week: int
    """Since when."""


@dataclass(frozen=True, slots=True)
class Project:
    """An order that takes weeks: decided while planning, in effect when its lead time is over."""

    order: Order
    week: int
    """When it takes effect."""
    began: int = 0
    """When it was decided."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is done about trouble until it is undone or the shift ends."""

    verb: str
    """The order that began it: `drain`, `shed`, `disable` or `failover`."""
    target: str
    """A zone's letter, a journey, a capability or a store."""
    share: int
    """Parts per million of it."""
    since: int


@dataclass(frozen=True, slots=True)
class Team:
    """The people."""

    engineers: int
    newcomers: int
    """Of these: still learning. They give half, and their mentors give time."""
    fatigue: int
    """Parts per million: 0 is rested; tired hands are slower, and tired people leave."""
    joined: tuple[tuple[int, int], ...] = ()
    """(week, how many) of the newcomers."""
    paged: int = 0
    """Pages of this shift that were counted already."""


@dataclass(frozen=True, slots=True)
class Business:
    """The members, and how much they trust the company."""

    members: int
    trust: int
    """Parts per million: 1,000,000 is unharmed."""
    owed: int = 0
    """Trust that is lost but not yet a whole part, in millionths of one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the books: all money that came in (or, negative, went out) under one heading."""

    heading: str
    cents: int


@dataclass(frozen=True, slots=True)
class JourneyTally:
    """Micro-requests of one journey since the start."""

    journey: str
    valid: int
    good: int
    degraded: int
    late: int
    latencies: tuple[int, ...]
    """Micro-requests by latency bucket (`sim.score.latencies`)."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A line of the loss ledger: micro-requests that were bad for one cause."""

    cause: str
    where: str
    fault: str
    bad: int


@dataclass(frozen=True, slots=True)
class Incident:
    """A time of trouble as the company saw it."""

    id: int
    fault: str
    began: int
    detected: int
    mitigated: int
    """FOREVER while it is open."""
    bad: int
    """Micro-requests lost in it."""
    how: str = ""
    """What told the company: `alert`, `probe` or `complaints`."""
    acknowledged: int = FOREVER
    """The tick at which somebody took it in hand."""
    updated: int = -1
    """The tick of the last word to the members; −1: none yet."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The busiest window of one service, in parts per million of its workers."""

    service: str
    running: int
    """Sum over the ticks of the window that is under way."""
    highest: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The part of the world that keeps score. Integers only."""

    journeys: tuple[JourneyTally, ...]
    ledger: tuple[Loss, ...]
    incidents: tuple[Incident, ...]
    peaks: tuple[Peak, ...]
    recent: tuple[tuple[int, int], ...]
    """(valid, bad) micro-requests of each tick of the last minute."""
    suspects: tuple[str, ...]
    """Cards of the faults that acted since all was last well: trouble that outlives them is theirs."""
    orders: int
    deploys: int
    deployments: tuple[Deployment, ...] = ()
    """Every deploy of a company that is led, oldest first; for DORA's measures."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """An act of a campaign that was played to its end, with all that was counted in it."""

    scenario: str
    tick: int
    """When it ended."""
    tally: Tally


@dataclass(frozen=True, slots=True)
class World:
    """The whole state of a game between two ticks."""

    seed: int
    tick: int
    phase: str
    """`planning` (the clock stands), `shift` or `over`."""
    shift: int
    """Index of the shift that is played or planned."""
    shift_began: int
    """Tick at which the shift began or will begin."""
    services: tuple[Service, ...]
    links: tuple[Link, ...]
    faults: tuple[Fault, ...]
    next_fault: int
    pending: tuple[Pending, ...]
    busy: tuple[int, ...]
    """Per responder: the tick at which the hands are free again."""
    cash_cents: int
    rent_owed: int
    """Rent that is not yet a whole cent, in 3600ths of one."""
    alarms: tuple[str, ...]
    """Services whose health was bad at the last look."""
    flow: FlowState
    reading: Reading
    tally: Tally
    answer: int
    """The answer to the forecast question, or −1."""
    scalers: tuple[Scaler, ...] = ()
    week: int = 0
    """Calendar weeks since the game began."""
    effort: int = 0
    """Tenths of engineer-weeks that are left in this quarter's plan."""
    practices: tuple[Adopted, ...] = ()
    projects: tuple[Project, ...] = ()
    team: Team = Team(0, 0, 0)
    business: Business = Business(0, 1_000_000)
    books: tuple[Entry, ...] = ()
    accounts: Accounts = NO_ACCOUNTS
    planned: tuple[World, ...] = ()
    """The worlds before each order of this planning, for `undo`; empty in a shift."""
    delivery: Delivery = NOTHING_DELIVERED
    watch: Watch = NOTHING_NOTICED
    sight: Sight = ALL_KNOWN
    """In what is seen: how much of it is known. The truth itself is wholly known."""
    chapters: tuple[Chapter, ...] = ()
    """The acts of a campaign that are over."""
    measures: tuple[Measure, ...] = ()
    studied: tuple[str, ...] = ()
    """Failure cards whose postmortem was held: what prevents them costs half."""
    rent_at_first: int = 0
    """Of a company that is led: cents an hour that its replicas cost when the shift began (`sim.money.spending`)."""
    ending: str = ""
    """Why the company ended before its time; empty: it did not."""
