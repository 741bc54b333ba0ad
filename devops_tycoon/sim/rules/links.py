"""Settings of calls from one service to another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How one service calls another."""

    timeout_ms: float | None
    retries: int
    backoff_ms: float
    fallback: bool
    """Answer with the prepared fallback instead of failing."""
    breaker: bool
    """A standard circuit breaker; see `modifiers.BREAKER`."""
    budget: float | None = None
    """Retries that each first attempt pays for: 0.1 = a tenth of the calls; None = as many as there are."""
    bulkhead: int | None = None
    """Most attempts of each kind of call that are under way at once; None = no end."""
    jitter: bool = False
    """The backoff is anything between nothing and twice its length."""
    untried: bool = False
    """The fallback was turned on in a shift: nobody has ever seen it work (`sim.effects.protections`)."""


@dataclass(frozen=True, slots=True)
class StartLink:
    """Settings of one link at the start, where they differ from the defaults."""

    caller: str
    callee: str
    settings: LinkSettings
