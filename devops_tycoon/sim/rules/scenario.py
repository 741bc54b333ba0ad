"""A scenario: what a game begins with, what comes, and what must be reached."""

from dataclasses import dataclass

from devops_tycoon.sim.kinds import GoalKind, ScenarioKind
from devops_tycoon.sim.rules.company_mode import LESSON, CompanyMode
from devops_tycoon.sim.rules.difficulty import Level
from devops_tycoon.sim.rules.links import LinkSettings, StartLink
from devops_tycoon.sim.rules.shift import Demand, Event, Shift


@dataclass(frozen=True, slots=True)
class StartService:
    """A service, store or provider as the scenario begins."""

    id: str
    capabilities: tuple[str, ...]
    replicas: int
    concurrency: int
    queue: int | None
    boot_s: int
    price_cents: int
    """One more replica, once."""
    rent_cents_per_hour: int
    most: int
    """The largest number of replicas that can be had."""
    quota_per_s: float = 0.0
    """Of a provider: requests a second that it takes; what is above is refused. 0 = no end."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that must hold at the end."""

    kind: GoalKind
    of: str
    """A journey (`sli`) or a service (`utilisation`; empty = the busiest)."""
    at_least: float | None
    at_most: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A forecast question, asked before play."""

    text: str
    choices: tuple[str, ...]
    answer: int
    """Index of the right choice."""
    why: str


@dataclass(frozen=True, slots=True)
class Museum:
    """What really happened, with its source."""

    title: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A lesson, an act or a sandbox."""

    id: str
    title: str
    kind: ScenarioKind
    number: int
    minutes: int
    act: int
    briefing: str
    lesson: str
    hints: tuple[str, ...]
    debrief: tuple[str, ...]
    museum: Museum
    question: Question | None
    next_move: str
    """After a defeat: the one thing to try."""
    lesson_orders: tuple[str, ...]
    """Beginnings of the orders that are the lesson; without them the solution must lose."""
    tick_s: int
    zones: int
    responders: int
    hazards: bool
    """Failure cards may also come by themselves."""
    cash_cents: int
    uptime_floor: float
    uptime_target: float
    defaults: LinkSettings
    services: tuple[StartService, ...]
    links: tuple[StartLink, ...]
    shifts: tuple[Shift, ...]
    demands: tuple[Demand, ...]
    events: tuple[Event, ...]
    goals: tuple[Goal, ...]
    company_mode: CompanyMode = LESSON
    levels: tuple[Level, ...] = ()
    """Its numbers as an apprentice or a principal plays it, where the file says so."""

    @property
    def in_company_mode(self) -> bool:
        """Whether there is a company to plan for: its phases, orders and screens exist only then."""
        return self.company_mode.plans
