"""A short name for the values that can influence a game's course."""

from dataclasses import fields, is_dataclass
from hashlib import blake2b

from devops_tycoon.sim.rules.company import Company
from devops_tycoon.sim.rules.company_mode import LESSON, CompanyMode
from devops_tycoon.sim.rules.failure import FailureMode
from devops_tycoon.sim.rules.practice import Practice
from devops_tycoon.sim.rules.scenario import Scenario

TEXTS = {
    "about", "briefing", "costs", "day", "debrief", "family", "gives", "helps", "hints", "lesson", "lesson_orders",
    "levels", "minutes", "misleads", "museum", "next_move", "number", "prevents", "question", "source", "sources",
    "story", "subtitle", "symptom", "text", "title", "worse",
}  # fmt: skip
"""Fields read only by people, and `levels`, which only make other games with their own fingerprints."""
POLICIES = {"plans", "adopts", "observes", "primaries", "tests_fallbacks", "resale_percent", "zones"}
"""Fields of `CompanyMode` that no file has: they follow from whether the scenario is in company mode."""
RENAMED = {"company_mode": "leading"}
"""Fields that had another name when the first games were recorded."""
LATER = {"silent"}
"""Fields that older content lacks: they count only where they are set, so old replays stay valid."""


def fingerprint(
    scenario: Scenario, company: Company, failures: tuple[FailureMode, ...], practices: tuple[Practice, ...] = ()
) -> str:
    """Return eight hexadecimal digits that change with any number that can influence the game.

    It covers what exists in the scenario's act, the journeys with demand and the cards that can occur; in company mode,
    all cards and the practices of its act. New content elsewhere breaks no replay.
    """
    wanted = {demand.journey for demand in scenario.demands}
    company_mode = scenario.in_company_mode
    scheduled = {event.card for event in scenario.events}
    met = (
        scenario,
        tuple(c for c in company.capabilities if c.act <= scenario.act),
        tuple(j for j in company.journeys if j.id in wanted),
        tuple(f for f in failures if company_mode or f.id in scheduled or (scenario.hazards and f.per_hour > 0)),
        len(scenario.question.choices) if scenario.question else 0,
        tuple(p for p in practices if company_mode and p.act <= scenario.act),
    )
    return blake2b(repr(_bare(met)).encode(), digest_size=4).hexdigest()


def _bare(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_bare(part) for part in value)
    if value == LESSON:
        return None
    if is_dataclass(value):
        skipped = POLICIES if isinstance(value, CompanyMode) else ()
        kept = [(f.name, getattr(value, f.name)) for f in fields(value) if f.name not in skipped]
        return tuple(_field(name, part) for name, part in kept if _counts(name, part))
    return value


def _counts(name: str, value: object) -> bool:
    return name not in TEXTS and (name not in LATER or bool(value))


def _field(name: str, value: object) -> object:
    """Return a named value; a fallback counts only as present or absent, whatever its name."""
    return RENAMED.get(name, name), bool(value) if name == "fallback" else _bare(value)
