"""One service: M/M/c, M/M/c/K and Erlang's losses, by the textbook."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any

from devops_tycoon.lab.graph import LabGraph
from devops_tycoon.lab.run import run
from tests.lab.graphs import a_station
from tests.truth.claim import Claim, Found, Unit, worst

SECTION = "One service"
MU = 10.0
"""Per second; `a_station` works 100 ms a request."""
SLOTS = (1, 4, 16, 64)
LOADS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)


def erlang_c(c: int, rho: float) -> float:
    """Return the probability of waiting in M/M/c, summed term by term."""
    a = c * rho
    below = math.fsum(a**n / math.factorial(n) for n in range(c))
    top = a**c / math.factorial(c) / (1.0 - rho)
    return top / (below + top)


def loss(c: int, places: int, rho: float) -> float:
    """Return the share that M/M/c/K turns away, by brute force."""
    weights = [1.0]
    for n in range(1, c + places + 1):
        weights.append(weights[-1] * c * rho / min(n, c))
    return weights[-1] / math.fsum(weights)


def mean_ms(c: int, rho: float) -> float:
    """Return the mean time in M/M/c."""
    return 1000.0 * (erlang_c(c, rho) / (c * MU * (1.0 - rho)) + 1.0 / MU)


def percentile_ms(c: int, rho: float, q: float) -> float:
    """Return a percentile of the time in M/M/c, by bisection of the tail."""
    waiting, drain = erlang_c(c, rho), c * MU * (1.0 - rho)

    def tail(t: float) -> float:
        if abs(drain - MU) < 1e-9:
            both = (1.0 + MU * t) * math.exp(-MU * t)
        else:
            both = (drain * math.exp(-MU * t) - MU * math.exp(-drain * t)) / (drain - MU)
        return (1.0 - waiting) * math.exp(-MU * t) + waiting * both

    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if tail(middle) > 1.0 - q else (low, middle)
    return 1000.0 * low


QUANTITIES: dict[str, Callable[[int, float], float]] = {
    "mean_ms": mean_ms,
    "p50_ms": partial(percentile_ms, q=0.50),
    "p95_ms": partial(percentile_ms, q=0.95),
    "p99_ms": partial(percentile_ms, q=0.99),
}


@cache
def simulated(c: int, rho: float) -> dict[str, Any]:
    """Return the lab's statistics of M/M/c at rest."""
    return run(_short(a_station(c, rho), 1000 if c * (1.0 - rho) < 0.3 else 300, 60))


def _mmc(part: str, name: str, quantity: str) -> Found:
    return worst(
        Unit.PERCENT,
        (
            (f"c = {c}, load {rho:g}", Found(simulated(c, rho)[part][name][quantity], QUANTITIES[quantity](c, rho)))
            for c in SLOTS
            for rho in LOADS
        ),
    )


def _sampled() -> Found:
    return worst(
        Unit.PERCENT,
        ((quantity.removesuffix("_ms"), _mmc("entries", "a", quantity)) for quantity in QUANTITIES),
    )


def _waits() -> Found:
    return worst(
        Unit.POINTS,
        (
            (
                f"c = {c}, load {rho:g}",
                Found(100.0 * simulated(c, rho)["services"]["a"]["waiting_probability"], 100.0 * erlang_c(c, rho)),
            )
            for c in SLOTS
            for rho in LOADS
        ),
    )


def _waiting(c: int, rho: float, expected: float) -> Found:
    return Found(simulated(c, rho)["services"]["a"]["waiting_probability"], expected)


def _wait(c: int, rho: float, expected: float) -> Found:
    return Found(simulated(c, rho)["services"]["a"]["wait_ms"] / 1000.0 * MU, expected)


def _p99(c: int, rho: float, expected: float) -> Found:
    return Found(simulated(c, rho)["services"]["a"]["p99_ms"] / 1000.0 * MU, expected)


def _short(graph: LabGraph, seconds: float, counted_s: float) -> LabGraph:
    return replace(graph, seconds=seconds, warmup_s=seconds - counted_s)


def _loses(c: int, places: int, rho: float, expected: float | None = None) -> Found:
    found = run(_short(a_station(c, rho, queue=places), 200 if places > 8 else 40, 10))
    return Found(
        100.0 * found["services"]["a"]["rejected"], 100.0 * (loss(c, places, rho) if expected is None else expected)
    )


def _users() -> Found:
    found = run(_short(a_station(4, 1.2, queue=16), 200, 10))
    return Found(100.0 * found["entries"]["a"]["availability"], 100.0 * (1.0 - 0.171910))


def _small_queues() -> Found:
    return worst(
        Unit.POINTS,
        (
            (f"c = {c}, {k} places, load {rho:g}", _loses(c, k, rho))
            for c in (1, 2, 4, 10)
            for k in (0, 1, 2, 5)
            for rho in (0.5, 0.8, 1.0, 1.2, 2.0)
        ),
    )


ANCHORS = ((1, 0.8, 0.8, 4.0, 23.0259), (4, 0.8, 0.596432, 0.745541, 6.8932), (16, 0.9, 0.591343, 0.369590, 5.2698))
ERLANG_B = ((5, 1.361), (10, 4.461), (20, 12.03), (50, 37.90), (100, 84.06))
LOSSES = ((1, 5, 1.0, 1.0 / 6.0), (4, 8, 0.9, 0.096636), (4, 20, 1.2, 0.171910))

ROWS = (
    *(
        Claim(
            SECTION,
            f"M/M/c {q.removesuffix('_ms')}, 1 to 64 slots, load .3 to .95 (ms)",
            "formula",
            Unit.PERCENT,
            0.5,
            partial(_mmc, "services", "a", q),
        )
        for q in QUANTITIES
    ),
    Claim(SECTION, "the same: requests that wait (%)", "formula", Unit.POINTS, 0.2, _waits),
    Claim(SECTION, "the same, from sampled requests of 60 ticks (ms)", "formula", Unit.PERCENT, 5.0, _sampled),
    *(
        Claim(SECTION, f"M/M/{c} at load {rho:g}: {what}", "textbook", Unit.PERCENT, 0.5, partial(ask, c, rho, value))
        for c, rho, *values in ANCHORS
        for what, ask, value in zip(
            ("probability of waiting", "mean wait / work", "p99 / work"), (_waiting, _wait, _p99), values, strict=True
        )
    ),
    *(
        Claim(
            SECTION,
            f"Erlang B: {n} slots, no places, {a:g} offered: lost (%)",
            "textbook",
            Unit.POINTS,
            0.2,
            partial(_loses, n, 0, a / n, 0.01),
        )
        for n, a in ERLANG_B
    ),
    *(
        Claim(
            SECTION,
            f"M/M/{c}/{total} at load {rho:g}: lost (%)",
            "textbook",
            Unit.POINTS,
            0.2,
            partial(_loses, c, total - c, rho, share),
        )
        for c, total, rho, share in LOSSES
    ),
    Claim(SECTION, "M/M/4/20 at load 1.2, what users see: available (%)", "textbook", Unit.POINTS, 0.2, _users),
    Claim(SECTION, "M/M/c/K, 1 to 10 slots, 0 to 5 places: lost (%)", "formula", Unit.POINTS, 0.2, _small_queues),
)
