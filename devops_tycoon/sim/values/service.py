"""Services of a world: the blocks of the partition, the links between them, their autoscalers."""

from dataclasses import dataclass

from devops_tycoon.sim.flow.autoscale import Autoscaler, Fleet
from devops_tycoon.sim.kinds import ServiceKind
from devops_tycoon.sim.rules.links import LinkSettings


@dataclass(frozen=True, slots=True)
class Service:
    """A block of the partition: the capabilities that share one pool of workers and one fate."""

    id: str
    kind: ServiceKind
    capabilities: tuple[str, ...]
    replicas: int
    concurrency: int
    queue: int | None
    boot_s: int
    price_cents: int
    rent_cents_per_hour: int
    most: int
    version: int
    restart_until: int
    """Replicas are being restarted before this tick."""
    restart_all: bool
    """All at once (refusing everything) or one after the other."""
    arriving: tuple[str, ...] = ()
    """What is on its way into it from another block; until it is here, both run."""
    arrived: int = 0
    """Parts per million of that way that are behind it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Settings of calls from one service to another, where they differ from the defaults."""

    caller: str
    callee: str
    settings: LinkSettings


@dataclass(frozen=True, slots=True)
class Scaler:
    """The autoscaler of a service and what it remembers."""

    service: str
    settings: Autoscaler
    fleet: Fleet
