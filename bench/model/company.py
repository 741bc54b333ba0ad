"""A company of any size, made in memory: the same shape at every size, so that sizes can be compared.

Six journeys enter at six services. Every other service has one main caller (three services share one) and, half of
them, a second caller. Calls are made with such probabilities that a request touches some two to six services however
large the company is; demand grows with the company. Workers come in a few sizes, and so many that services are some
30 to 60 % busy.
"""

from random import Random

from devops_tycoon.sim.rules.company import Capability, CapabilityCall, Company, Journey
from devops_tycoon.sim.rules.links import LinkSettings
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.scenario import Museum, Scenario, StartService
from devops_tycoon.sim.rules.shift import Demand, Shift

JOURNEYS = 6
BRANCHES = 3
RATE = 8.0
"""Requests per second of each journey, for every service of the company."""
_BUSY = 0.6
_MAIN, _OTHER = 0.28, 0.05
"""Calls per request to each of its services, and to a service that another one owns."""
_LATENCY_S = 0.001
_SHIFT_TICKS = 10**9
_BEGINS_S = 19 * 3600
"""Demand rises towards its peak in the evening: no tick is like the one before, as in a game."""


def a_company(services: int) -> Rules:
    """Return the rules of a game with so many services, each with one capability."""
    dice = Random(f"company of {services}")  # noqa: S311  # a fixed graph, not a secret
    entries = min(JOURNEYS, services)
    work_s = [dice.choice((0.005, 0.010, 0.020)) for _ in range(services)]
    calls: list[list[tuple[int, float]]] = [[] for _ in range(services)]
    for callee in range(entries, services):
        owner = (callee - entries) // BRANCHES
        calls[owner].append((callee, _MAIN))
        other = dice.randrange(callee)
        if dice.random() < 0.5 and other != owner:
            calls[other].append((callee, _OTHER))
    visits = [RATE * services] * entries + [0.0] * (services - entries)
    for caller in range(services):  # a caller's number is always below its callees'
        for callee, often in calls[caller]:
            visits[callee] += visits[caller] * often
    held_s = list(work_s)
    for caller in reversed(range(services)):
        for callee, often in calls[caller]:
            held_s[caller] += often * (1.2 * held_s[callee] + _LATENCY_S)
    workers = [_at_least(often * held / _BUSY) for often, held in zip(visits, held_s, strict=True)]
    return _rules(calls, work_s, workers, entries)


def _at_least(wanted: float) -> int:
    """Return the next of 1, 2, 3, 4, 6, 8, 12, 16, 24 and so on."""
    size = 1
    while True:
        for count in (size, size + size // 2):
            if count >= wanted:
                return count
        size *= 2


def _rules(calls: list[list[tuple[int, float]]], work_s: list[float], workers: list[int], entries: int) -> Rules:
    names = [f"s{number}" for number in range(len(work_s))]
    capabilities = tuple(
        Capability(
            id=name,
            title=name,
            kind="capability",
            act=1,
            work_ms=1000.0 * work,
            cv2=1.0,
            calls=tuple(CapabilityCall(names[callee], often, True, "") for callee, often in outgoing),
            owner="",
            about="",
        )
        for name, work, outgoing in zip(names, work_s, calls, strict=True)
    )
    journeys = tuple(
        Journey(
            id=f"journey-{number}",
            title="",
            entry=names[number],
            act=1,
            weight=1.0,
            slo=0.99,
            threshold_ms=1000.0,
            patience_ms=8000.0,
            retries=1,
            about="",
        )
        for number in range(entries)
    )
    return Rules(_scenario(names, workers, journeys), Company("bench", "", "", capabilities, journeys), (), "bench")


def _scenario(names: list[str], workers: list[int], journeys: tuple[Journey, ...]) -> Scenario:
    return Scenario(
        id="bench",
        title="",
        kind="sandbox",
        number=0,
        minutes=1,
        act=1,
        briefing="",
        lesson="",
        hints=(),
        debrief=(),
        museum=Museum("", "", ""),
        question=None,
        next_move="",
        lesson_orders=(),
        tick_s=1,
        zones=3,
        responders=4,
        hazards=False,
        cash_cents=10**12,
        uptime_floor=0.6,
        uptime_target=0.999,
        defaults=LinkSettings(timeout_ms=2000.0, retries=1, backoff_ms=100.0, fallback=False, breaker=False),
        services=tuple(
            StartService(
                id=name,
                capabilities=(name,),
                replicas=count,
                concurrency=1,
                queue=200,
                boot_s=60,
                price_cents=100,
                rent_cents_per_hour=1,
                most=10**6,
            )
            for name, count in zip(names, workers, strict=True)
        ),
        links=(),
        shifts=(Shift("evening", "", "today", _BEGINS_S, _SHIFT_TICKS, 1.0),),
        demands=tuple(Demand(journey.id, RATE * len(names), "day", 0.0, 0.0, ()) for journey in journeys),
        events=(),
        goals=(),
    )
