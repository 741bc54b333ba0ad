"""The people of a company: its team and its members."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Team:
    """The people."""

    engineers: int
    newcomers: int
    """Of these: still learning. They give half, and their mentors give time."""
    fatigue: int
    """Parts per million: 0 is rested; tired people are slower and leave."""
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


NO_TEAM = Team(0, 0, 0)
NO_BUSINESS = Business(0, 1_000_000)
