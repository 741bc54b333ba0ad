"""The tables a game is played with: parsed content, never changed while a game runs."""

from dataclasses import dataclass
from functools import cached_property

from devops_tycoon.sim.rules.difficulty import ENGINEER, Level
from devops_tycoon.sim.rules.leading import Leading
from devops_tycoon.sim.rules.practice import Practice

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
    kind: str
    """`capability`, `store` or `provider`."""
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


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of a failure card: what it does to which numbers."""

    where: str
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
    target_kind: str
    """`service`, `store`, `provider`, `any`, `zone`, `region`, `account` (with the provider of everything), `balancer`,
    `cdn`, `telemetry` or `control` (the provider's control plane)."""
    pick: str
    """`busiest`, `random` or `oldest`, where an event does not name its target."""
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
    """It can happen only where one of these practices is in force; empty: anywhere."""
    restored: bool = False
    """It lasts until the data is back: a shorter time where copies are better (dial `restore`)."""
    dial: str = ""
    """A dial of practices (`sim.practices.dials`) that scales its odds, its length and what it costs in trust."""
    trust_pct: float = 0.0
    """Percent of the members' trust that is gone at once: stolen data."""


@dataclass(frozen=True, slots=True)
class StartService:
    """A service, store or provider as the scenario begins."""

    id: str
    capabilities: tuple[str, ...]
    replicas: int
    concurrency: int
    queue: int | None
    boot_s: int
    price_cents: int
    """One more replica, once."""
    rent_cents_per_hour: int
    most: int
    """The largest number of replicas that can be had."""
    quota_per_s: float = 0.0
    """Of a provider: requests a second that it takes; what is above is refused. 0 = no end."""


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


@dataclass(frozen=True, slots=True)
class Spike:
    """Demand multiplied for a while (times in seconds of the shift)."""

    at_s: float
    lasts_s: float
    times: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A window of a day that is played tick by tick."""

    id: str
    title: str
    day: str
    begins_s: int
    """Time of day in seconds."""
    ticks: int
    growth: float
    """Demand relative to the scenario's base."""
    weeks: int = 0
    """Calendar weeks that are planned before it."""
    members: int = 0
    """Members that there would be by then if nobody had a reason to leave; 0 = as many as before."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How many come for one journey: `rate` is requests per second at the peak of the shape."""

    journey: str
    rate: float
    shape: str
    """A name in `sim.demand.demand.SHAPES`: `flat`, `day`, `batch`."""
    from_s: float
    """A batch runs from here … (seconds of the shift)."""
    until_s: float
    spikes: tuple[Spike, ...]
    grows_pct: float = 0.0
    """How much more of it there is in each shift than in the one before, beside what members and shifts bring."""


@dataclass(frozen=True, slots=True)
class Event:
    """A fault that the scenario schedules."""

    card: str
    shift: str
    """Empty: the first shift."""
    at_s: float
    jitter_s: float
    """It comes up to this much later; how much is rolled from the seed."""
    target: str
    lasts_s: float
    """0: as the card says."""
    chance: float = 1.0
    """Whether it comes at all is rolled from the seed."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that must hold at the end."""

    kind: str
    """`sli`, `uptime`, `utilisation`, `cash`, `changes` or `members`."""
    of: str
    """A journey (`sli`) or a service (`utilisation`; empty = the busiest)."""
    at_least: float | None
    at_most: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A forecast question, asked before play."""

    text: str
    choices: tuple[str, ...]
    answer: int
    """Index of the right choice."""
    why: str


@dataclass(frozen=True, slots=True)
class Museum:
    """What really happened, with its source."""

    title: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A lesson, an act or a sandbox."""

    id: str
    title: str
    kind: str
    number: int
    minutes: int
    act: int
    briefing: str
    lesson: str
    hints: tuple[str, ...]
    debrief: tuple[str, ...]
    museum: Museum
    question: Question | None
    next_move: str
    """After a defeat: the one thing to try."""
    lesson_orders: tuple[str, ...]
    """Beginnings of the orders that are the lesson; without them the solution must lose."""
    tick_s: int
    zones: int
    responders: int
    hazards: bool
    """Failure cards may also come by themselves."""
    cash_cents: int
    uptime_floor: float
    uptime_target: float
    defaults: LinkSettings
    services: tuple[StartService, ...]
    links: tuple[StartLink, ...]
    shifts: tuple[Shift, ...]
    demands: tuple[Demand, ...]
    events: tuple[Event, ...]
    goals: tuple[Goal, ...]
    leading: Leading | None = None
    """None: there is nothing to lead, only a shift to survive; every order's keys are unlocked."""
    levels: tuple[Level, ...] = ()
    """Its numbers as an apprentice or a principal plays it, where the file says so."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Design values of the game that are not a scenario's."""

    network_ms: float = 1.0
    """A call between two services, there and back, within one data centre."""
    split_s: int = 600
    """A split or merge during a shift: the time until traffic moves."""
    hand_s: int = 120
    """A responder is busy this long with an order unless the order says otherwise."""
    alarm_on: float = 0.02
    """Share of bad requests in a minute that opens an incident."""
    alarm_off: float = 0.005
    registry_s: float = 30.0
    """How long dead replicas stay listed, and calls to them hang; a design value between the few seconds of a health
    check and a lease (Kubernetes calls a silent node dead after 40 s, Eureka ends a lease after 90 s)."""
    pipeline_cents_per_week: int = 20_000
    """What each service of one's own costs in builds, dashboards and upkeep, whether or not it ever changes."""
    window_s: int = 300
    """The window of peak utilisation."""


@dataclass(frozen=True)
class Rules:
    """Everything a game is played with."""

    scenario: Scenario
    company: Company
    failures: tuple[FailureMode, ...]
    fingerprint: str
    """Of all values above that can influence a game's course (not of texts)."""
    balance: Balance = Balance()
    trace: tuple[float, ...] = ()
    """Demand per tick relative to its mean; replaces the shapes where given."""
    practices: tuple[Practice, ...] = ()
    """All that there are, in the order of their files."""
    campaign: str = ""
    """The campaign that this is an act of."""
    next: "Rules | None" = None
    """The act that follows, if this one is won."""

    @property
    def id(self) -> str:
        """What the game is called in a recording: the campaign, or the scenario."""
        return self.campaign or self.scenario.id

    level: Level = ENGINEER
    """How hard it is; the scenario above has its numbers already."""

    @cached_property
    def capability(self) -> dict[str, Capability]:
        """Capabilities, stores and providers of this act by id."""
        return {c.id: c for c in self.company.capabilities if c.act <= self.scenario.act}

    @cached_property
    def place(self) -> dict[str, int]:
        """The number of each capability's node in the flow."""
        return {name: number for number, name in enumerate(self.capability)}

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """The journeys that this scenario has demand for, in the company's order."""
        wanted = {d.journey for d in self.scenario.demands}
        return tuple(j for j in self.company.journeys if j.id in wanted)

    @cached_property
    def failure(self) -> dict[str, FailureMode]:
        """Failure cards by id."""
        return {f.id: f for f in self.failures}

    @cached_property
    def offers(self) -> tuple[Practice, ...]:
        """The practices that can be had in this scenario."""
        leading = self.scenario.leading
        if leading is None:
            return ()
        able = tuple(p for p in self.practices if p.act <= self.scenario.act)
        return tuple(p for p in able if p.id in leading.offers) if leading.offers else able

    @cached_property
    def practice(self) -> dict[str, Practice]:
        """Practices by id."""
        return {p.id: p for p in self.practices}

    @cached_property
    def demand(self) -> dict[str, Demand]:
        """Demand by journey."""
        return {d.journey: d for d in self.scenario.demands}

    @cached_property
    def start_service(self) -> dict[str, StartService]:
        """Start services by id."""
        return {s.id: s for s in self.scenario.services}
