"""What a scenario says about leading a company: people, members and money."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leading:
    """The numbers of a company that is led quarter by quarter. A lesson that is only a shift has none."""

    engineers: int
    salary_cents_per_week: int
    """Of one engineer."""
    members: int
    """At the start."""
    fee_cents_per_month: int
    """Of one member."""
    practices: tuple[str, ...]
    """In force at the start."""
    offers: tuple[str, ...]
    """Practices that can be had; empty: all of the act."""
