"""Practices: what a company can learn, buy or build. Each is data and acts as numbers that are computed."""

from dataclasses import dataclass

from devops_tycoon.sim.kinds import DialName, Scope, ServiceKind

GROUPS = ("architecture", "resilience", "capacity", "delivery", "seeing", "people")
"""The families of `assets/practices`, in the order in which they are listed."""
KINDS: dict[Scope, tuple[ServiceKind, ...]] = {
    "service": ("service",),
    "store": ("store",),
    "machines": ("service", "store"),
}
"""What a practice of this scope can be adopted for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One dial that a practice turns; which dials there are stands in `sim.practices.dials`."""

    dial: DialName
    value: float
    weeks: int = 0
    """It has worn off so many weeks after the practice came into force; 0: it lasts."""


@dataclass(frozen=True, slots=True)
class Practice:
    """A way of working or a piece of architecture, with its price and its trade-offs."""

    id: str
    title: str
    group: str
    scope: Scope
    act: int
    """The first act in which it can be had."""
    effort: int
    """Tenths of engineer-weeks."""
    lead_weeks: int
    """Calendar weeks from the decision until it works."""
    price_cents: int
    """Paid once, when it is decided."""
    cents_per_week: int
    """Paid as long as it is kept."""
    needs: tuple[str, ...]
    """Practices that must be active first."""
    unlocks: tuple[str, ...]
    """Orders, or keys of orders (`set.breaker`), that cannot be given without it."""
    settings: tuple[Setting, ...]
    answers: tuple[str, ...]
    """Failure cards whose postmortem halves its price."""
    about: str
    """What it is."""
    gives: str
    """What it does for the company, with the number."""
    costs: str
    """Its trade-offs: no practice is free."""
    source: str
    subtitle: str = ""
    """A line of colour below the title; may be empty."""
