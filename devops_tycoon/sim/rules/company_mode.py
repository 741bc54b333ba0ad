"""Company mode: the people, members and money that a scenario begins with, and the rules that lessons do without."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cliff:
    """Money that is due once, in the weeks before a shift, and is announced before."""

    shift: str
    heading: Literal["loans", "leases"]
    cents: int
    text: str
    announced: int
    """How many shifts before it stands in the forecast."""


@dataclass(frozen=True, slots=True)
class CompanyMode:
    """The numbers of a company that is planned quarter by quarter; `LESSON` holds those of a scenario without one."""

    engineers: int
    salary_cents_per_week: int
    """Of one engineer."""
    members: int
    """At the start."""
    fee_cents_per_month: int
    """Of one member."""
    practices: tuple[str, ...]
    """Active at the start."""
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
    """Of a month's fees; after eleven hours without service in March 2008 it was 5%."""
    cliffs: tuple[Cliff, ...] = ()
    plans: bool = True
    """Orders of a planning take engineer-weeks and lead time. False: they take effect at once and cost no effort."""
    adopts: bool = True
    """Practices can be adopted, and unlock orders and settings. False: every order and setting is unlocked."""
    observes: bool = True
    """The company sees what its observability shows, and must notice incidents. False: everything is seen."""
    primaries: bool = True
    """A store has a primary in zone a, and needs a new one when that zone is lost. False: any zone answers."""
    tests_fallbacks: bool = True
    """A call with a fallback is required until the fallback is on and works. False: a fallback works when it is on."""
    resale_percent: int = 50
    """Of the price of a replica that is given back while planning [design value]."""
    zones: int = 1
    """Zones that replicas run in before any practice adds to them; at most those of the scenario."""


LESSON = CompanyMode(
    engineers=0,
    salary_cents_per_week=0,
    members=0,
    fee_cents_per_month=0,
    practices=(),
    offers=(),
    seeing=4,
    refund=0.0,
    plans=False,
    adopts=False,
    observes=False,
    primaries=False,
    tests_fallbacks=False,
    resale_percent=0,
    zones=26,
)
"""A scenario that is only shifts: nobody is employed, nothing is promised, every order is unlocked."""
