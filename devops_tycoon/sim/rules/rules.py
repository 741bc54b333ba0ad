"""The tables a game is played with: parsed content, never changed while a game runs."""

from dataclasses import dataclass
from functools import cached_property

from devops_tycoon.sim.rules.balance import BALANCE, Balance
from devops_tycoon.sim.rules.company import Capability, Company, Journey
from devops_tycoon.sim.rules.difficulty import ENGINEER, Level
from devops_tycoon.sim.rules.failure import FailureMode
from devops_tycoon.sim.rules.practice import Practice
from devops_tycoon.sim.rules.scenario import Scenario, StartService
from devops_tycoon.sim.rules.shift import Demand


@dataclass(frozen=True)
class Rules:
    """Everything a game is played with."""

    scenario: Scenario
    company: Company
    failures: tuple[FailureMode, ...]
    fingerprint: str
    """Of all values above that can influence a game's course (not of texts)."""
    balance: Balance = BALANCE
    trace: tuple[float, ...] = ()
    """Demand per tick relative to its mean; replaces the shapes where given."""
    practices: tuple[Practice, ...] = ()
    """All that there are, in the order of their files."""
    campaign: str = ""
    """The campaign that this is an act of."""
    next: "Rules | None" = None
    """The act that follows, if this one is won."""

    @property
    def id(self) -> str:
        """What the game is called in a recording: the campaign, or the scenario."""
        return self.campaign or self.scenario.id

    level: Level = ENGINEER
    """How hard it is; the scenario above has its numbers already."""

    @cached_property
    def capability(self) -> dict[str, Capability]:
        """Capabilities, stores and providers of this act by id."""
        return {c.id: c for c in self.company.capabilities if c.act <= self.scenario.act}

    @cached_property
    def place(self) -> dict[str, int]:
        """The number of each capability's node in the flow."""
        return {name: number for number, name in enumerate(self.capability)}

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """The journeys that this scenario has demand for, in the company's order."""
        wanted = {d.journey for d in self.scenario.demands}
        return tuple(j for j in self.company.journeys if j.id in wanted)

    @cached_property
    def failure(self) -> dict[str, FailureMode]:
        """Failure cards by id."""
        return {f.id: f for f in self.failures}

    @cached_property
    def offers(self) -> tuple[Practice, ...]:
        """The practices on offer in this scenario."""
        company = self.scenario.company_mode
        if not company.adopts:
            return ()
        able = tuple(p for p in self.practices if p.act <= self.scenario.act)
        return tuple(p for p in able if p.id in company.offers) if company.offers else able

    @cached_property
    def practice(self) -> dict[str, Practice]:
        """Practices by id."""
        return {p.id: p for p in self.practices}

    @cached_property
    def demand(self) -> dict[str, Demand]:
        """Demand by journey."""
        return {d.journey: d for d in self.scenario.demands}

    @cached_property
    def start_service(self) -> dict[str, StartService]:
        """Start services by id."""
        return {s.id: s for s in self.scenario.services}
