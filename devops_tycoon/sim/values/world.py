"""World: everything that can influence the future of a game, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from devops_tycoon.sim.flow.state import FlowState, Reading
from devops_tycoon.sim.kinds import GamePhase
from devops_tycoon.sim.values.accounts import NO_ACCOUNTS, Accounts, Entry
from devops_tycoon.sim.values.delivery import NOTHING_DELIVERED, Delivery
from devops_tycoon.sim.values.faults import Fault, Measure
from devops_tycoon.sim.values.intent import Intent
from devops_tycoon.sim.values.people import NO_BUSINESS, NO_TEAM, Business, Team
from devops_tycoon.sim.values.service import Link, Scaler, Service
from devops_tycoon.sim.values.tally import Chapter, Tally
from devops_tycoon.sim.values.watching import ALL_KNOWN, NOTHING_NOTICED, Sight, Watch


@dataclass(frozen=True, slots=True)
class Pending:
    """An order that was placed and takes effect later."""

    due: int
    order: Intent
    by: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """An active practice."""

    practice: str
    target: str
    """The service, store or link (`caller>callee`) that it is adopted for; empty: the company."""
    week: int
    """Since when."""


@dataclass(frozen=True, slots=True)
class Project:
    """An order that takes weeks: decided while planning, in effect when its lead time is over."""

    order: Intent
    week: int
    """When it takes effect."""
    began: int = 0
    """When it was decided."""


@dataclass(frozen=True, slots=True)
class World:
    """The whole state of a game between two ticks."""

    seed: int
    tick: int
    phase: GamePhase
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
    """Per responder: the tick at which they are free again."""
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
    team: Team = NO_TEAM
    business: Business = NO_BUSINESS
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
    """In company mode: hourly cost of the replicas at the start of the shift, in cents (`sim.money.spending`)."""
    ending: str = ""
    """Why the company ended before its time; empty: it did not."""
