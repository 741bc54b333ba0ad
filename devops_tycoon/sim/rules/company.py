"""A company: its capabilities, what they ask of each other, and what its users come to do."""

from dataclasses import dataclass

from devops_tycoon.sim.kinds import NodeKind

USERS = "users"
"""Where requests come from, in notation and on the map."""


@dataclass(frozen=True, slots=True)
class CapabilityCall:
    """A capability or store that is asked while a request is answered."""

    to: str
    per_request: float
    required: bool
    fallback: str
    """What users get instead if the answer does not come ("popular titles"); empty: nothing is prepared."""
    message: bool = False
    """Nobody needs the answer: it may as well be done later."""


@dataclass(frozen=True, slots=True)
class Capability:
    """A node of the capability graph. Stores and providers are nodes too, each in a pool of its own."""

    id: str
    title: str
    kind: NodeKind
    act: int
    """The first act in which it exists."""
    work_ms: float
    """Mean work for one request, own CPU or disk only."""
    cv2: float
    calls: tuple[CapabilityCall, ...]
    owner: str
    """For a store: the capability that owns its data; else empty."""
    about: str


@dataclass(frozen=True, slots=True)
class Journey:
    """What a user comes to do, and when it counts as done well."""

    id: str
    title: str
    entry: str
    """The capability at which it enters."""
    act: int
    weight: float
    slo: float
    """Share of valid requests that must be good, e.g. 0.999."""
    threshold_ms: float
    """A later answer is bad."""
    patience_ms: float
    """After this long the user gives up (the work goes on)."""
    retries: int
    """How often an impatient user tries again."""
    about: str
    shared: float = 0.0
    """Share of its requests whose answer is the same for everybody."""
    priority: int | None = None
    """0 is shed last, 2 first; None: by weight (`sim.effects.protections`)."""


@dataclass(frozen=True, slots=True)
class Company:
    """A capability graph with the journeys that enter it."""

    id: str
    title: str
    about: str
    capabilities: tuple[Capability, ...]
    journeys: tuple[Journey, ...]
