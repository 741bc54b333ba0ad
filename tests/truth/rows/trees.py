"""Times of whole requests through trees and random graphs at rest, beside the referee."""

from functools import partial

from tests.truth.claim import Claim, Found, Unit, median, worst
from tests.truth.graphs import RANDOM_GRAPHS
from tests.truth.judge import at_rest

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
            f"ten random graphs of ten services, the median: {quantity.removesuffix('_ms')} (ms)",
            "referee",
            Unit.PERCENT,
            5.0,
            partial(_middle, quantity, Unit.PERCENT),
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
        )
        for quantity, bound, promised in (("mean_ms", 9.0, 5.0), ("p50_ms", 10.5, 5.0), ("p99_ms", 12.0, 5.0))
    ),
    Claim(
        SECTION, "the same: available (%)", "referee", Unit.POINTS, 0.1, partial(_random, "availability", Unit.POINTS)
    ),
)
