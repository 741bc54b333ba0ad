"""Caches against formulas, and against a referee with a real dictionary and keys drawn one by one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.lab.graph import LabCache, LabDemand, LabDependency, LabFault, LabGraph, LabService
from devops_tycoon.lab.network import network_of
from devops_tycoon.lab.read import read_lab
from devops_tycoon.sim.flow import FlowState, advance, carry, empty
from tests.lab.graphs import availability, rows_of, run
from tests.referee import Referee


def behind_a_cache(
    cache: LabCache | None, rate: float = 100.0, work_ms: float = 20.0, slots: int = 8, **more: Any
) -> LabGraph:
    link = {key: more.pop(key) for key in ("timeout_ms", "required", "calls", "retries") if key in more}
    return LabGraph(
        (LabService("web", 2, 1, 200), LabService("db", work_ms, slots)),
        (LabDependency("web", "db", cache=cache, **link),),
        (LabDemand("web", rate),),
        seconds=more.pop("seconds", 120.0),
        warmup_s=more.pop("warmup_s", 0.0),
        **more,
    )


def asked(graph: LabGraph, begin: float, end: float) -> float:
    """Return the origin's requests per second."""
    counts = [row["services"]["db"]["attempts"] for row in rows_of(graph) if begin <= row["t"] < end]
    return float(sum(counts) / len(counts))


def fetched(graph: LabGraph, times: list[tuple[float, float]], seeds: tuple[int, ...] = (1, 2, 3)) -> list[float]:
    """Return the same from the referee, per stretch of time."""
    counts = [0.0] * len(times)
    for seed in seeds:
        judge = Referee(graph, seed).run()
        for when in judge.stores[id(graph.dependencies[0])].fetches:
            for i, (begin, end) in enumerate(times):
                counts[i] += begin <= when < end
    return [n / (end - begin) / len(seeds) for n, (begin, end) in zip(counts, times, strict=True)]


def hits_at_rest(cache: LabCache, rate: float, dt: float = 1.0, ticks: int = 400) -> float:
    network = network_of(behind_a_cache(cache, rate, 0.001, tick_s=dt), 0.0)
    state: FlowState = empty(network)
    total = 0.0
    for tick in range(ticks):
        state, reading = advance(network, state, (rate,))
        total += reading.hit[0] if tick >= ticks // 2 else 0.0
    return total / (ticks - ticks // 2)


@pytest.mark.parametrize("dt", [0.1, 1.0, 10.0])
@pytest.mark.parametrize(("capacity", "hit"), [(100, 0.2612), (1000, 0.5565), (3000, 0.7460)])
def test_a_full_cache_has_the_hits_of_the_reference_at_any_tick(capacity: int, hit: float, dt: float) -> None:
    found = hits_at_rest(LabCache(10_000, 0.9, capacity), 100.0, dt, 4)
    assert found == pytest.approx(hit, abs=0.001)


@pytest.mark.parametrize("ttl", [1.0, 7.0, 30.0])
@pytest.mark.parametrize("rate", [0.1, 1.0, 10.0])
def test_a_time_to_live_leaves_the_hits_of_its_formula(rate: float, ttl: float) -> None:
    found = hits_at_rest(LabCache(1, ttl_s=ttl), rate)
    assert found == pytest.approx(rate * ttl / (1.0 + rate * ttl), abs=0.01)


CASES = {
    "cold, all fit": behind_a_cache(LabCache(2000, warm=False)),
    "cold, a tenth fits": behind_a_cache(LabCache(2000, capacity=200, warm=False)),
    "tiny": behind_a_cache(LabCache(2000, capacity=10)),
    "all filled together expire together": behind_a_cache(LabCache(200, ttl_s=30.0, warm=False)),
    "the same with jitter": behind_a_cache(LabCache(200, ttl_s=30.0, ttl_jitter=0.5, warm=False)),
    "expiring and too small": behind_a_cache(LabCache(200, ttl_s=10.0, capacity=50)),
    "many misses per expiry": behind_a_cache(LabCache(20, ttl_s=10.0, warm=False), 200.0, 200.0, 1000),
    "one per expiry": behind_a_cache(LabCache(20, ttl_s=10.0, warm=False, single_flight=True), 200.0, 200.0, 1000),
    "failures fill nothing": behind_a_cache(
        LabCache(20, ttl_s=10.0, warm=False), 200.0, 100.0, 500, faults=(LabFault(0, 500, "db", error_rate=0.7),)
    ),
    "failed flights begin again": behind_a_cache(
        LabCache(20, ttl_s=10.0, warm=False, single_flight=True),
        200.0,
        100.0,
        500,
        faults=(LabFault(0, 500, "db", error_rate=0.7),),
    ),
    "flushed": behind_a_cache(LabCache(2000, capacity=1000), faults=(LabFault(10, 10, "web", flush=True),)),
}


@pytest.mark.parametrize("name", [pytest.param(c, marks=[pytest.mark.long] * (n % 3 > 0)) for n, c in enumerate(CASES)])
def test_the_origin_gets_the_misses_of_the_referee_from_the_first_second_to_rest(name: str) -> None:
    graph = CASES[name]
    times = [(0.0, 5.0), (5.0, 20.0), (20.0, 50.0), (50.0, 120.0)]
    rate = graph.demand[0].rate
    for (begin, end), judged in zip(times, fetched(graph, times), strict=True):
        assert asked(graph, begin, end) == pytest.approx(judged, abs=0.03 * rate), (begin, end)


def test_hits_are_quick_and_the_mean_and_the_tail_are_the_referees() -> None:
    graph = behind_a_cache(LabCache(2000, capacity=200, hit_ms=10.0))
    found = run(graph)["entries"]["web"]
    judge = Referee(graph, 1).run()
    assert found["mean_ms"] == pytest.approx(1000 * judge.mean("web"), rel=0.05)
    assert found["p50_ms"] == pytest.approx(1000 * judge.percentile("web", 0.5), rel=0.05)
    assert found["p99_ms"] == pytest.approx(1000 * judge.percentile("web", 0.99), rel=0.10)


def test_who_waits_for_the_fetch_of_another_shares_its_fate() -> None:
    graph = CASES["failed flights begin again"]
    judged = sum(Referee(graph, seed).run().availability("web") for seed in (1, 2, 3)) / 3
    assert run(graph)["entries"]["web"]["availability"] == pytest.approx(judged, abs=0.015)


def test_a_hit_does_not_fail_when_the_origin_is_down() -> None:
    down = (LabFault(60, 30, "db", down=True),)
    warm = rows_of(behind_a_cache(LabCache(50), faults=down))
    assert availability(warm, "web", 0, 120) == pytest.approx(1.0, abs=1e-9)
    expiring = rows_of(behind_a_cache(LabCache(50, ttl_s=20.0), faults=down))
    assert availability(expiring, "web", 62, 64) > 0.7
    assert availability(expiring, "web", 86, 90) < 0.01
    assert availability(expiring, "web", 100, 120) > 0.999


def test_what_fails_drops_nothing_and_only_misses_are_degraded() -> None:
    graph = behind_a_cache(
        LabCache(2000, capacity=200), required=False, faults=(LabFault(0, 500, "db", error_rate=1.0),)
    )
    found = run(replace(graph, warmup_s=60.0))["entries"]["web"]
    plain = run(behind_a_cache(LabCache(2000, capacity=200)))["services"]["db"]["attempts"] / 100.0
    assert found["availability"] == pytest.approx(1.0, abs=1e-9)
    assert found["degraded"] == pytest.approx(plain, abs=0.005)


def test_a_cache_of_everything_that_never_expires_asks_each_thing_once() -> None:
    rows = rows_of(behind_a_cache(LabCache(300, skew=0.0, warm=False), seconds=200.0))
    assert sum(row["services"]["db"]["attempts"] for row in rows) == pytest.approx(300, rel=0.01)


def test_a_flush_empties_once_however_long_the_fault_lasts() -> None:
    short, long = (
        behind_a_cache(LabCache(500), faults=(LabFault(40, lasts, "web", flush=True),)) for lasts in (1.0, 60.0)
    )
    assert [row["services"]["db"]["attempts"] for row in rows_of(short)] == pytest.approx(
        [row["services"]["db"]["attempts"] for row in rows_of(long)]
    )
    assert asked(short, 0, 40) < 1.0
    assert asked(short, 40, 41) > 60.0


def test_what_a_cache_keeps_survives_a_change_of_other_settings() -> None:
    graph = behind_a_cache(LabCache(500))
    other = replace(graph, services=(graph.services[0], replace(graph.services[1], replicas=9)))
    before, after = network_of(graph, 0.0), network_of(other, 0.0)
    state = empty(before)
    for _ in range(5):
        state, _ = advance(before, state, (100.0,))
    _, reading = advance(after, carry(before, state, after), (100.0,))
    assert reading.hit[0] > 0.999


def test_calls_of_which_most_are_hits_hardly_come_in_bunches() -> None:
    with_cache = behind_a_cache(LabCache(2000, capacity=1600), 40.0, 20.0, 1, calls=4.0)
    found = run(replace(with_cache, warmup_s=20.0))["services"]["db"]
    judge = Referee(replace(with_cache, seconds=400.0), 1).run()
    times = [t for when, t in judge.pools["db"].times if when > 20.0]
    assert found["mean_ms"] == pytest.approx(1000 * sum(times) / len(times), rel=0.10)


TEXT = """\
[[services]]
id = "web"
service_time_ms = 1
[[services]]
id = "db"
service_time_ms = 20
[[dependencies]]
from = "web"
to = "db"
backoff_ms = 100
jitter = 0.5
cache = { keys = 100, skew = 0.8, capacity = 50, ttl_s = 60, ttl_jitter = 0.1, single_flight = true, hit_ms = 1 }
[[demand]]
entry = "web"
rate = 10
jitter = 1
[[faults]]
at = 1
lasts = 1
service = "web"
flush = true
"""


def test_caches_jitter_and_flushes_are_read(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(TEXT)
    graph = read_lab(tmp_path / "x.toml")
    assert graph.dependencies == (
        LabDependency(
            "web",
            "db",
            backoff_ms=100.0,
            jitter=0.5,
            cache=LabCache(100, 0.8, 50, ttl_s=60.0, ttl_jitter=0.1, single_flight=True, hit_ms=1.0),
        ),
    )
    assert graph.demand[0].jitter == 1.0
    assert graph.faults[0].flush


@pytest.mark.parametrize(
    ("good", "bad", "where", "what"),
    [
        ("jitter = 0.5", "jitter = 1.5", ":11: ", "1.5"),
        ("ttl_s = 60", "ttl_s = 0.5", ":12: ", "less than one tick"),
        ("capacity", "capacitiy", ":12: ", "did you mean capacity"),
        ('service = "web"', 'service = "db"', "faults", '"db" has no cache'),
        ("keys = 100, ", "", ":12: ", "keys"),
    ],
)
def test_a_bad_cache_is_answered_with_the_line_and_what_is_wrong(
    tmp_path: Path, good: str, bad: str, where: str, what: str
) -> None:
    (tmp_path / "x.toml").write_text(TEXT.replace(good, bad))
    with pytest.raises(ContentError) as error:
        read_lab(tmp_path / "x.toml")
    text = str(error.value)
    assert where in text
    assert what in text
