"""Times of whole requests through trees and random graphs at rest, beside the referee."""

from dataclasses import replace
from functools import partial

from devops_tycoon.lab.graph import LabGraph
from devops_tycoon.lab.run import run
from tests.truth.claim import Claim, Found, Unit, median, worst
from tests.truth.graphs import RANDOM_GRAPHS, a_tree
from tests.truth.judge import at_rest, available, beside
from tests.truth.referee_results import PATIENCE_MS, within_name

SECTION = "Trees and random graphs at rest"
TIMES = ("mean_ms", "p50_ms", "p99_ms")
SECONDS = 100.0
"""Enough for the model to come to rest, and 60 ticks to count."""


def _random(quantity: str, unit: Unit) -> Found:
    return worst(unit, _graphs(quantity, unit))


def _middle(quantity: str, unit: Unit) -> Found:
    return median(unit, _graphs(quantity, unit))


def _graphs(quantity: str, unit: Unit) -> list[tuple[str, Found]]:
    return [(f"graph {seed}", at_rest(f"random graph {seed}", quantity, unit, SECONDS)) for seed in RANDOM_GRAPHS]


def _one_tick(rate: float) -> Found:
    """Compare the p99 of the samples of a single tick, for ten ticks."""
    return worst(
        Unit.PERCENT,
        (
            (f"tick {tick}", beside(f"tree {rate:g}/s", "p99_ms", Unit.PERCENT, _p99(a_tree(rate, float(tick)))))
            for tick in range(101, 111)
        ),
    )


def _p99(graph: LabGraph) -> float:
    return float(run(replace(graph, warmup_s=graph.seconds - 1.0))["entries"]["web"]["p99_ms"])


def _patient(rate: float) -> Found:
    graph = a_tree(rate, SECONDS)
    (users,) = graph.demand
    return worst(
        Unit.POINTS,
        (
            (
                f"{limit:g} ms",
                beside(
                    f"patience {rate:g}/s",
                    within_name(limit),
                    Unit.POINTS,
                    available(replace(graph, demand=(replace(users, timeout_ms=limit),))),
                ),
            )
            for limit in PATIENCE_MS
        ),
    )


ROWS = (
    *(
        Claim(
            SECTION,
            f"shop of five services, {rate}/s ({busy} % busy): {quantity.removesuffix('_ms')} (ms)",
            "referee",
            Unit.PERCENT,
            5.0,
            partial(at_rest, f"tree {rate}/s", quantity, Unit.PERCENT, SECONDS),
        )
        for rate, busy in ((80, 60), (110, 82))
        for quantity in TIMES
    ),
    *(
        Claim(
            SECTION,
            f"shop of five services, {rate}/s, from the samples of a single tick: p99 (ms)",
            "referee",
            Unit.PERCENT,
            10.0,
            partial(_one_tick, rate),
            long=True,
        )
        for rate in (80, 110)
    ),
    *(
        Claim(
            SECTION,
            f"shop of five services, {rate}/s, answered within 25 to 150 ms (%)",
            "referee",
            Unit.POINTS,
            4.0,
            partial(_patient, rate),
            promised=1.0,
        )
        for rate in (80, 110)
    ),
    *(
        Claim(
            SECTION,
            f"ten random graphs of ten services, the median: {quantity.removesuffix('_ms')} (ms)",
            "referee",
            Unit.PERCENT,
            5.0,
            partial(_middle, quantity, Unit.PERCENT),
            long=True,
        )
        for quantity in TIMES
    ),
    *(
        Claim(
            SECTION,
            f"ten random graphs of ten services, the worst: {quantity.removesuffix('_ms')} (ms)",
            "referee",
            Unit.PERCENT,
            bound,
            partial(_random, quantity, Unit.PERCENT),
            promised=promised,
            long=True,
        )
        for quantity, bound, promised in (("mean_ms", 8.5, 5.0), ("p50_ms", 8.0, 5.0), ("p99_ms", 5.0, None))
    ),
    Claim(
        SECTION,
        "the same: available (%)",
        "referee",
        Unit.POINTS,
        0.1,
        partial(_random, "availability", Unit.POINTS),
        long=True,
    ),
)
