"""Watching: what the company has noticed so far, and how much of the truth it can see."""

from dataclasses import dataclass

BLIND, AVERAGES, PERCENTILES, TRACES, OBJECTIVES = range(5)
"""Levels of observability: complaints only, averages, percentiles and logs, traces, SLOs with burn-rate alerts."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of a seen world is known."""

    level: int = OBJECTIVES
    frozen: bool = False
    """The numbers stand still because the monitoring is broken."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What alerts, probes and complaints remember from tick to tick."""

    complaints: int = 0
    """Micro-requests that were bad and that somebody will complain about."""


ALL_KNOWN = Sight()
NOTHING_NOTICED = Watch()
