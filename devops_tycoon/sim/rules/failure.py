"""A failure card: what can break, what that does to which numbers, and what it teaches."""

from dataclasses import dataclass
from typing import Literal

from devops_tycoon.sim.kinds import DialName, Pick, TargetKind, Where


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of a failure card: what it does to which numbers."""

    where: Where
    """`target` (the service), `callers` (links into it), `callees` (links out of it), a place (`zone`, `region`,
    `account`), or what a company has built (`sim.architecture`): `caches`, `keys` of
    shards, a `door`; `telemetry`: what is seen of it all; `control`: what starts, stops and lists replicas."""
    capacity_pct: float
    """Percent of the workers that remain; 100 = no change."""
    replicas_minus: int
    add_latency_ms: float
    """On `target` it holds the target's worker; on links it holds the caller."""
    error_pct: float
    loss_pct: float
    """Percent of the attempts that never get an answer."""
    down: bool
    ramp_s: float
    """Time over which it grows from nothing to full."""


@dataclass(frozen=True, slots=True)
class FailureMode:
    """A failure card."""

    id: str
    title: str
    family: str
    story: str
    symptom: str
    misleads: str
    lesson: str
    helps: tuple[str, ...]
    worse: tuple[str, ...]
    prevents: tuple[str, ...]
    sources: tuple[str, ...]
    target_kind: TargetKind
    pick: Pick
    per_hour: float
    """Base hazard; 0 = never by itself."""
    factors: tuple[str, ...]
    """Named factors of the world that multiply the hazard: `fleet`, `load`."""
    lasts_s: float
    """0: until cured."""
    ends_when: str
    """An order's verb that cures it on its target (`rollback`, `restart`), or empty."""
    deploys: bool
    """It arrives as a new version of its target."""
    silent: bool
    """Its errors look like answers: who counts only errors does not see them."""
    effects: tuple[Effect, ...]
    needs: tuple[str, ...] = ()
    """It can happen only where one of these practices is active; empty: anywhere."""
    restored: bool = False
    """It lasts until the data is back: a shorter time where copies are better (dial `restore`)."""
    dial: DialName | Literal[""] = ""
    """A dial of practices (`sim.practices.dials`) that scales its odds, its length and what it costs in trust."""
    trust_pct: float = 0.0
    """Percent of the members' trust that is gone at once: stolen data."""
    subtitle: str = ""
    """A line of colour below the title; may be empty."""
