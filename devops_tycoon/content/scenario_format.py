"""The tables of a scenario file: a lesson, an act, a sandbox or the daily game."""

from dataclasses import dataclass, replace
from typing import Any, get_args

from devops_tycoon.content.problem import suggestion
from devops_tycoon.content.schema import (
    Place,
    Read,
    clock,
    flag,
    from_name,
    list_of,
    maybe,
    name,
    need,
    number,
    one_of,
    or_off,
    table,
    text,
    whole,
)
from devops_tycoon.sim.kinds import GoalKind, ScenarioKind, Shape
from devops_tycoon.sim.rules.company_mode import LESSON, Cliff, CompanyMode
from devops_tycoon.sim.rules.difficulty import ENGINEER, LEVELS, Level
from devops_tycoon.sim.rules.links import LinkSettings, StartLink
from devops_tycoon.sim.rules.scenario import Goal, Museum, Question, Scenario, StartService
from devops_tycoon.sim.rules.shift import Demand, Event, Shift, Spike

LONGEST_S = 1_000_000.0
"""Longest shift, in seconds."""

MOST_WORKERS = 100_000
"""Most workers of a service."""

SETTINGS = {
    "timeout_ms": or_off(number(1, 3_600_000)),
    "retries": whole(0, 10),
    "backoff_ms": number(0, 600_000),
    "fallback": flag(),
    "breaker": flag(),
    "budget": or_off(number(0, 1)),
    "bulkhead": or_off(whole(1, 100_000)),
    "jitter": flag(),
}
NO_SETTINGS = LinkSettings(timeout_ms=None, retries=0, backoff_ms=0.0, fallback=False, breaker=False)


def _service(id: str, capabilities: tuple[str, ...], **rest: Any) -> StartService:  # noqa: A002
    return StartService(id, capabilities or (id,), **rest)


SERVICE = table(
    _service,
    id=need(name()),
    capabilities=maybe(list_of(name(), 1, unique="."), ()),
    replicas=need(whole(1, 100_000)),
    concurrency=maybe(whole(1, 10_000), 1),
    queue=maybe(whole(0, 1_000_000), None),
    boot_s=maybe(whole(0, 604_800), 0),
    price_cents=maybe(whole(0, 10**12), 0),
    rent_cents_per_hour=maybe(whole(0, 10**9), 0),
    most=need(whole(1, 100_000)),
    quota_per_s=maybe(number(0, 1e9), 0.0),
)

_GIVEN = object()
LINK = table(
    dict[str, Any],
    caller=need(name(), key="from"),
    callee=need(name(), key="to"),
    **{key: maybe(read, _GIVEN) for key, read in SETTINGS.items()},
)
DEFAULTS = table(LinkSettings, **{key: maybe(read, getattr(NO_SETTINGS, key)) for key, read in SETTINGS.items()})

SHIFT = table(
    Shift,
    id=need(name()),
    title=need(text(40)),
    day=need(text(20)),
    begins_s=need(clock(), key="begins"),
    ticks=need(whole(1, 100_000)),
    growth=maybe(number(0.001, 1000), 1.0),
    weeks=maybe(whole(0, 520), 0),
    members=maybe(whole(0, 10**9), 0),
)

SPIKE = table(Spike, at_s=need(number(0, LONGEST_S)), lasts_s=need(number(0.1, LONGEST_S)), times=need(number(0, 1000)))

DEMAND = table(
    Demand,
    journey=need(name()),
    rate=need(number(0, 1e9)),
    shape=maybe(one_of(*get_args(Shape)), "flat"),
    from_s=maybe(number(0, LONGEST_S), 0.0),
    until_s=maybe(number(0, LONGEST_S), 0.0),
    spikes=maybe(list_of(SPIKE, most=50), ()),
    grows_pct=maybe(number(-90, 1000), 0.0),
)

EVENT = table(
    Event,
    card=need(name()),
    shift=maybe(name(empty=True), ""),
    at_s=need(number(0, LONGEST_S)),
    jitter_s=maybe(number(0, LONGEST_S), 0.0),
    target=maybe(name(empty=True), ""),
    lasts_s=maybe(number(0, LONGEST_S), 0.0),
    chance=maybe(number(0, 1), 1.0),
)

CLIFF = table(
    Cliff,
    shift=need(name()),
    heading=need(one_of("loans", "leases")),
    cents=need(whole(1, 10**12)),
    text=need(text(160)),
    announced=maybe(whole(0, 400), 2),
)

COMPANY_MODE = table(
    CompanyMode,
    engineers=need(whole(1, 10_000)),
    salary_cents_per_week=need(whole(0, 10**8)),
    members=need(whole(0, 10**9)),
    fee_cents_per_month=need(whole(0, 10**6)),
    practices=maybe(list_of(name(), most=100, unique="."), ()),
    offers=maybe(list_of(name(), most=100, unique="."), ()),
    seeing=maybe(whole(0, 4), 0),
    changes_per_week=maybe(number(0, 1000), 0.0),
    debt=maybe(whole(0, 100), 0),
    grant_cents=maybe(whole(0, 10**12), 0),
    slo_window_s=maybe(whole(0, 2_592_000), 0),
    promise=maybe(number(0, 0.9999999), 0.0),
    refund=maybe(number(0, 1), 0.05),
    cliffs=maybe(list_of(CLIFF, most=20), ()),
)

COMPANY_GOALS = ("changes", "members")
"""Goals of company mode."""

GOAL = table(
    Goal,
    kind=need(one_of(*get_args(GoalKind))),
    of=maybe(name(empty=True), ""),
    at_least=maybe(number(-1e12, 1e12), None),
    at_most=maybe(number(-1e12, 1e12), None),
    text=need(text(100)),
)


def _question(value: Any, place: Place) -> Question | None:
    asked = QUESTION(value, place)
    choices, answer = asked["choices"], asked["answer"]
    if answer not in choices:
        place.inside("answer").wrong(f"is not one of the choices{suggestion(answer, choices)}")
    return Question(asked["text"], choices, choices.index(answer), asked["why"])


QUESTION = table(
    dict[str, Any],
    text=need(text(300)),
    choices=need(list_of(text(120), 2, 6, unique=".")),
    answer=need(text(120)),
    why=need(text(500)),
)

MUSEUM = table(Museum, title=need(text(80)), text=need(text(1200)), source=need(text(300)))


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario with the name of the company it is about."""

    company: str
    scenario: Scenario


LEVEL = {
    "trouble_later_s": maybe(number(-LONGEST_S, LONGEST_S), _GIVEN),
    "cash": maybe(number(0.01, 100), _GIVEN),
    "effort": maybe(number(0.01, 100), _GIVEN),
    "demand": maybe(number(0.01, 100), _GIVEN),
    "responders": maybe(whole(1, 1000), _GIVEN),
    "uptime_floor": maybe(number(0, 0.9999999), _GIVEN),
    "uptime_target": maybe(number(0, 0.9999999), _GIVEN),
}


def _level(word: str) -> Read[Level]:
    """Read what differs at one difficulty; omitted keys keep their usual values."""

    def build(**given: Any) -> Level:
        return replace(LEVELS[word], **{key: value for key, value in given.items() if value is not _GIVEN})

    return table(build, **LEVEL)


DIFFICULTY = table(
    lambda **levels: tuple(level for level in levels.values() if level is not None),
    **{word: maybe(_level(word), None) for word in LEVELS if word != ENGINEER.id},
)


def _scenario(company: str, defaults: LinkSettings, links: tuple[dict[str, Any], ...], **rest: Any) -> ScenarioFile:
    def settings(link: dict[str, Any]) -> LinkSettings:
        return LinkSettings(**{key: getattr(defaults, key) if link[key] is _GIVEN else link[key] for key in SETTINGS})

    own = tuple(StartLink(link["caller"], link["callee"], settings(link)) for link in links)
    return ScenarioFile(company, Scenario(defaults=defaults, links=own, **rest))


SCENARIO = table(
    _scenario,
    id=from_name(),
    title=need(text(40)),
    company=need(name()),
    kind=need(one_of(*get_args(ScenarioKind))),
    number=maybe(whole(0, 1000), 0),
    minutes=need(whole(1, 10_000)),
    act=need(whole(1, 6)),
    briefing=need(text(1000)),
    lesson=need(text(400)),
    hints=maybe(list_of(text(240), most=10), ()),
    debrief=maybe(list_of(text(240), most=10), ()),
    museum=need(MUSEUM),
    question=maybe(_question, None),
    next_move=need(text(300)),
    lesson_orders=maybe(list_of(text(60), most=10, unique="."), ()),
    tick_s=need(whole(1, 10)),
    zones=maybe(whole(1, 26), 1),
    responders=maybe(whole(1, 1000), 2),
    hazards=maybe(flag(), False),
    cash_cents=need(whole(0, 10**15)),
    uptime_floor=need(number(0, 0.9999999)),
    uptime_target=need(number(0, 0.9999999)),
    defaults=maybe(DEFAULTS, NO_SETTINGS),
    services=need(list_of(SERVICE, 1, unique="id")),
    links=maybe(list_of(LINK, most=1000), ()),
    shifts=need(list_of(SHIFT, 1, 400, unique="id")),
    demands=need(list_of(DEMAND, 1, 20, unique="journey")),
    events=maybe(list_of(EVENT, most=1000), ()),
    goals=maybe(list_of(GOAL, most=10), ()),
    company_mode=maybe(COMPANY_MODE, LESSON, key="leading"),
    levels=maybe(DIFFICULTY, (), key="difficulty"),
)
