"""A small company to lead: the services of a lesson, with people, members, money and two quarters."""

from dataclasses import replace
from typing import Any

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.rules.company_mode import CompanyMode
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.scenario import Goal
from tests.builders import POSTING, STREAMING, some_rules

LEADING = CompanyMode(
    engineers=4,
    salary_cents_per_week=200_000,
    members=100_000,
    fee_cents_per_month=900,
    practices=(),
    offers=(),
)


def to_lead(
    scenario: str = STREAMING, ticks: int = 120, leading: dict[str, Any] | None = None, **changes: Any
) -> Rules:
    """Return the rules of a company with two quarters of 13 weeks, each before a short shift; nothing is scheduled."""
    first = some_rules(scenario).scenario.shifts[0]
    quarters = tuple(replace(first, id=f"q{n}", ticks=ticks, weeks=13) for n in (1, 2))
    changes = {"shifts": quarters, "events": (), "goals": (), **changes}
    return some_rules(scenario, company_mode=replace(LEADING, **(leading or {})), **changes)


def all_offered(rules: Rules) -> Rules:
    """Return the rules with the practices of later acts on offer as well; services and members stay as they are."""
    return replace(rules, practices=tuple(replace(practice, act=1) for practice in rules.practices))


def leading_session(**changes: Any) -> Session:
    """Return a session of such a company, in its first planning."""
    return Session(Game(to_lead(**changes), 1))


def two_acts(*, lost: bool = False) -> Rules:
    """Return a short campaign: posting discs (act 1), then streaming (act 2)."""
    impossible = (Goal("uptime", "", 1.1, None, "more than there is"),)
    second = to_lead(STREAMING, 90)
    first = to_lead(POSTING, 90, goals=impossible if lost else ())
    second = replace(second, campaign="story")
    return replace(first, campaign="story", next=second)
