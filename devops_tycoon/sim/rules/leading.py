"""What a scenario says about leading a company: people, members and money."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cliff:
    """Money that is due once, in the weeks before a shift, and is announced before."""

    shift: str
    heading: str
    """`loans` or `leases`."""
    cents: int
    text: str
    announced: int
    """How many shifts before it stands in the forecast."""


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
    seeing: int = 0
    """Observability at the start, 0 to 4 (`sim.values.watching`)."""
    changes_per_week: float = 0.0
    """What an engineer finishes in a week that no project takes; 0: nothing is delivered."""
    slo_window_s: int = 0
    """Seconds of a shift that stand for the 30 days of an SLO, for burn-rate alerts; 0: the whole shift."""
    debt: int = 0
    """0–100 at the start (`Delivery.debt`)."""
    grant_cents: int = 0
    """What the owners add when a campaign comes to this act."""
    promise: float = 0.0
    """The uptime of a shift that members were promised; below it they are refunded. 0: nothing was promised."""
    refund: float = 0.05
    """Of a month's fees; after eleven hours without service in March 2008 it was 5 %."""
    cliffs: tuple[Cliff, ...] = ()
