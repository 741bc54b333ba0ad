"""Watching: what the company has noticed so far, and how much of the truth it can see."""

from __future__ import annotations

from dataclasses import dataclass

from devops_tycoon.sim.flow.state import Reading
from devops_tycoon.sim.kinds import Signal
from devops_tycoon.sim.values.tally import JourneyTally, Tally

BLIND, AVERAGES, PERCENTILES, TRACES, OBJECTIVES = range(5)
"""Levels of observability: complaints only, averages, percentiles and logs, traces, SLOs with burn-rate alerts."""

NEEDS = {AVERAGES: "metrics", PERCENTILES: "percentiles and logs", TRACES: "tracing", OBJECTIVES: "SLOs"}
"""What a level is called where a screen says what a number would need."""

Counts = tuple[int, ...]
"""Micro-requests since the shift began: valid, bad and late of each journey, one after another."""
Trail = tuple[Counts, ...]
"""Counts as they stood at the last few looks, oldest first."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of a seen world is known."""

    level: int = OBJECTIVES
    frozen: bool = False
    """The numbers stand still because the monitoring is broken, and the company has reason to know."""
    measured: bool = True
    """False: the first average is not complete yet."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the screens go on showing while the monitoring is broken."""

    reading: Reading
    tally: Tally


@dataclass(frozen=True, slots=True)
class Watch:
    """What alerts, probes and complaints remember from tick to tick. Integers but for what is held."""

    pages: int = 0
    """Pages in this shift."""
    signal: Signal = ""
    """What reports an incident now."""
    counts: Counts = ()
    looks: Trail = ()
    """At each look of the threshold alert."""
    minutes: Trail = ()
    """At each full minute: members complain minutes late."""
    burns: tuple[Trail, ...] = ()
    """At each look of each burn-rate alert."""
    alerts: tuple[str, ...] = ()
    """Burn-rate alerts that fire, as `journey rate`."""
    sums: tuple[Counts, ...] = ()
    """Of the averages that are being taken: each column's sums, in millionths."""
    averages: tuple[Counts, ...] = ()
    """The last complete ones: sums of one window."""
    known: tuple[JourneyTally, ...] = ()
    """The journeys' counts at the end of that window."""
    firing: tuple[str, ...] = ()
    """Services over a threshold at the last look."""
    probes: Counts = ()
    """Failed checks in a row of each journey."""
    bad_since: int = -1
    """When members began to be failed; −1: they are served."""
    bad_until: int = -1
    """The last tick at which they were."""
    held: tuple[Held, ...] = ()
    """One while the monitoring is broken."""


ALL_KNOWN = Sight()
NOTHING_NOTICED = Watch()


def needs(sight: Sight, level: int) -> str:
    """Return why a number of that level is not there, for screens; empty: it is."""
    if sight.level < level:
        return f"needs {NEEDS[level]}"
    if sight.measured:
        return ""
    return "first average in five minutes" if sight.level == AVERAGES else "no numbers arrive"


def numbers(sight: Sight) -> bool:
    """Say whether anything is measured at all."""
    return sight.level >= AVERAGES and sight.measured


def percentiles(sight: Sight) -> bool:
    """Say whether current numbers and percentiles are known."""
    return sight.level >= PERCENTILES


def links(sight: Sight) -> bool:
    """Say whether single links are known."""
    return sight.level >= TRACES
