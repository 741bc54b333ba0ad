"""Quotas: a provider takes so many requests per second and refuses what is above (HTTP 429, RFC 6585).

A token bucket (J. Turner, *New Directions in Communications*, IEEE Communications Magazine 24(10), 1986): `rate` tokens
flow in per second, at most `burst` are kept, each request takes one, and one without is rejected at once.
The bucket is fluid here: it knows the mean number of requests of a tick, not that they come unevenly within it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quota:
    """What a provider has agreed to."""

    rate: float
    """Requests per second."""
    burst: float
    """Tokens that can be saved up."""


def refused(quota: Quota, tokens: float, arrived: float, dt: float) -> float:
    """Return how many of `arrived` requests of a tick find no token."""
    return max(0.0, arrived - tokens - quota.rate * dt)


def tokens_after(quota: Quota, tokens: float, taken: float, dt: float) -> float:
    """Return the tokens left after a tick in which `taken` requests were let in."""
    return min(quota.burst, max(0.0, tokens + quota.rate * dt - taken))
