"""Autoscalers, caches, queues, shards, zones and regions: by their formulas, and beside the referee."""

from collections.abc import Iterator
from functools import cache, partial
from statistics import fmean
from typing import Any

from devops_tycoon.lab.graph import LabCache, LabGraph
from devops_tycoon.lab.run import run
from devops_tycoon.sim.flow.autoscale import Autoscaler, recommended
from tests.lab.graphs import availability
from tests.lab.test_caches import hits_at_rest
from tests.lab.test_queues import ORDERED, a_post, replicas
from tests.truth.claim import Claim, Found, Unit, worst
from tests.truth.judge import available, beside, over_all, rows_of
from tests.truth.mechanisms import (
    CACHES,
    GONE,
    LISTED,
    QUEUES,
    REGIONS,
    SCALED,
    SHARES,
    STRETCHES,
    ZONES,
    middles,
    stretch_name,
)
from tests.truth.referee_results import CASES, window_name

SECTION = "Scaling, caches, queues, zones"
HITS = ((100, 26.12), (1000, 55.65), (3000, 74.60))
POISON = ((2, 1.0), (5, 0.5), (0, 0.0))
"""Retries and their pauses (s)."""
LAGS = ((0.1, 0.2), (0.2, 1.0), (0.36, 1.0), (0.38, 5.0))
"""Writes of a replica that does 40 a second, in hundreds a second; and mean gaps to the read (s)."""


def _kubernetes() -> Found:
    return Found(recommended(Autoscaler(target=0.75, most=100), 50, 0, 0.90), 60.0)


def _hits(capacity: int, expected: float) -> Found:
    return Found(100.0 * hits_at_rest(LabCache(10_000, 0.9, capacity), 100.0, 1.0, 4), expected)


def _expiring() -> Found:
    return worst(
        Unit.POINTS,
        (
            (
                f"λT = {rate * ttl:g}",
                Found(100.0 * hits_at_rest(LabCache(1, ttl_s=ttl), rate), 100.0 * rate * ttl / (1.0 + rate * ttl)),
            )
            for rate in (0.1, 1.0, 10.0)
            for ttl in (1.0, 7.0, 30.0)
        ),
    )


def _drain() -> Found:
    sizes = _sizes(QUEUES["a spike"])
    full = sizes.index(max(sizes))
    emptied = next(i for i in range(full, len(sizes)) if sizes[i] < 0.05 * sizes[full])
    return Found(emptied - full, 0.95 * sizes[full] / (100.0 - 80.0))


def _ordered(retries: int, pause_s: float) -> tuple[str, Found]:
    link = {"poison": 0.002, "retries": retries, "backoff_ms": 1000 * pause_s, "ordered": True}
    shop = a_post(link, 30, mail=ORDERED)
    graph = LabGraph(shop.services, shop.dependencies, shop.demand, seconds=1500)
    tries, extra, t = retries + 1, retries * pause_s, 0.02
    mean = t + 0.002 * (tries * t + extra - t)
    square = 0.998 * 2 * t * t + 0.002 * (tries * t * t + (tries * t + extra) ** 2)
    rho = 30 * mean
    inside = rho + 900 * square / (2 * (1 - rho))
    return f"{retries} retries, {pause_s:g} s apart", Found(run(graph)["services"]["mail"]["backlog_end"], inside)


def _stale(writes: float, gap_s: float) -> tuple[str, Found]:
    found = run(replicas(writes, 0.5, gap_s, seconds=1500))["entries"]["web"]["availability"]
    expected = 50.0 / (1.0 + (40.0 - 100.0 * writes) * gap_s)
    return f"{100 * writes:g} writes/s, {gap_s:g} s", Found(100.0 - 100.0 * found, expected)


def _replicas(name: str) -> Found:
    rows = rows_of(SCALED[name])
    here = [next(r for r in rows if r["t"] >= t)["services"]["web"]["replicas"] for t in middles(SCALED[name])]
    return beside(f"mechanism {name}", "replicas", Unit.PERCENT, fmean(here))


def _misses(name: str) -> Found:
    graph = CACHES[name]

    def stretches() -> Iterator[tuple[str, Found]]:
        for begin, end in STRETCHES:
            asked = fmean(r["services"]["db"]["attempts"] for r in rows_of(graph) if begin <= r["t"] < end)
            share = 100.0 * asked / graph.demand[0].rate
            there = beside(f"mechanism {name}", stretch_name(begin, end), Unit.POINTS, share)
            yield f"from {begin:g} to {end:g} s", there

    return worst(Unit.POINTS, stretches())


@cache
def _posted(graph: LabGraph) -> dict[str, Any]:
    return run(graph, series=True)


def _sizes(graph: LabGraph) -> list[float]:
    return [row["services"]["mail"]["in_system"] for row in _posted(graph)["series"]]


def _most(name: str) -> Found:
    return beside(f"mechanism {name}", "most messages", Unit.PERCENT, max(_sizes(QUEUES[name])))


def _dead(name: str) -> Found:
    letters = _posted(QUEUES[name])["dependencies"]["web→mail"]["dead_letters"]
    return beside(f"mechanism {name}", "dead letters", Unit.PERCENT, letters)


def _zone(name: str) -> Found:
    def windows() -> Iterator[tuple[str, Found]]:
        for told, window in (("while the dead are listed", LISTED), ("afterwards", GONE)):
            there = available(ZONES[name], window)
            yield told, beside(f"zone {name}", window_name(window), Unit.POINTS, there)
        yield "over all", over_all(f"zone {name}")

    return worst(Unit.POINTS, windows())


def _survivor(name: str) -> Found:
    graph = CASES[f"mechanism {name}"].graph
    found = 100.0 * availability(rows_of(graph), "web@west", 0, graph.seconds)
    return beside(f"mechanism {name}", "availability of web@west", Unit.POINTS, found)


WIDER: dict[str, tuple[float, float | None]] = {
    "queue, errors of the consumers: most messages in it": (12.0, None),  # the referee's seeds differ by 20 %
}
"""Bounds of rows that the usual ones do not fit, and what is promised of them."""


def _beside(name: str, unit: Unit, bound: float, measure: partial[Found]) -> Claim:
    bound, promised = WIDER.get(name, (bound, None))
    return Claim(SECTION, name, "referee", unit, bound, measure, promised=promised)


ROWS = (
    Claim(SECTION, "50 replicas 90 % busy, target 75 %: wanted", "Kubernetes' rule", Unit.COUNT, 0.0, _kubernetes),
    *(_beside(f"{name}: replicas on average", Unit.PERCENT, 6.0, partial(_replicas, name)) for name in SCALED),
    *(
        _beside(f"{name}, with an autoscaler: available (%)", Unit.POINTS, 2.5, partial(over_all, f"mechanism {name}"))
        for name in SCALED
    ),
    *(
        Claim(
            SECTION, f"LRU, {n} of 10,000 keys, Zipf .9: hits (%)", "MODEL, Che", Unit.POINTS, 0.1, partial(_hits, n, h)
        )
        for n, h in HITS
    ),
    Claim(SECTION, "one key with a time to live T: hits (%)", "λT / (1 + λT)", Unit.POINTS, 1.0, _expiring),
    *(_beside(f"cache, {name}: asked of the origin (%)", Unit.POINTS, 1.5, partial(_misses, name)) for name in CACHES),
    Claim(SECTION, "a backlog of messages drains: after (s)", "backlog / (capacity − rate)", Unit.PERCENT, 5.0, _drain),
    Claim(
        SECTION,
        "messages in order, one in 500 poisoned: in the queue",
        "Pollaczek–Khinchine",
        Unit.PERCENT,
        0.5,
        lambda: worst(Unit.PERCENT, (_ordered(*case) for case in POISON)),
    ),
    *(_beside(f"queue, {name}: most messages in it", Unit.PERCENT, 8.0, partial(_most, name)) for name in QUEUES),
    *(
        _beside(f"queue, {name}: dead letters", Unit.PERCENT, 8.0, partial(_dead, name))
        for name in QUEUES
        if name not in ("a spike", "consumers that stop", "duplicates of slow consumers")
    ),
    Claim(
        SECTION,
        "reads of a replica that lags: stale (%)",
        "share / (1 + (µ − λ)·gap)",
        Unit.POINTS,
        0.1,
        lambda: worst(Unit.POINTS, (_stale(*case) for case in LAGS)),
    ),
    *(_beside(f"{name}: available (%)", Unit.POINTS, 2.5, partial(over_all, f"mechanism {name}")) for name in SHARES),
    *(_beside(f"a lost zone, {name}: available (%)", Unit.POINTS, 2.5, partial(_zone, name)) for name in ZONES),
    *(
        _beside(f"{name}: available there (%)", Unit.POINTS, 2.5, partial(over_all, f"mechanism {name}"))
        for name in REGIONS
    ),
    *(_beside(f"{name}: available in the other (%)", Unit.POINTS, 2.5, partial(_survivor, name)) for name in REGIONS),
)
