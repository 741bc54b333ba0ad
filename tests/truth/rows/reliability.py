"""Errors and retries at rest, where the answer is a product or a power."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService
from devops_tycoon.lab.run import run
from devops_tycoon.sim.text import plural
from tests.truth.claim import Claim, Found, Unit, worst

SECTION = "Errors and retries"
ERRORS = (0.001, 0.05, 0.5, 1.0)


def calling(*errors: float, retries: int = 0, **more: Any) -> LabGraph:
    """A service that calls others, each with its share of errors."""
    return LabGraph(
        (LabService("web", 5, 50), *(LabService(f"s{i}", 5, 50) for i in range(len(errors)))),
        tuple(LabDependency("web", f"s{i}", retries=retries, **more) for i in range(len(errors))),
        (LabDemand("web", 50),),
        tuple(LabFault(0, 1e9, f"s{i}", error_rate=error) for i, error in enumerate(errors)),
        seconds=40,
        warmup_s=25,
    )


def layers(count: int, tries: int) -> LabGraph:
    """A chain whose last service always fails; every caller tries so often."""
    return LabGraph(
        tuple(LabService(f"s{i}", 1, 100) for i in range(count + 1)),
        tuple(LabDependency(f"s{i}", f"s{i + 1}", retries=tries - 1) for i in range(count)),
        (LabDemand("s0", 1),),
        (LabFault(0, 1e9, f"s{count}", error_rate=1.0),),
        seconds=40,
        warmup_s=35,
    )


def fan_out(timeout_ms: float | None, error: float) -> LabGraph:
    """A service that needs a hundred answers at once."""
    return LabGraph(
        (LabService("web", 1, 200), LabService("leaf", 10, 2000)),
        (LabDependency("web", "leaf", calls=100, timeout_ms=timeout_ms),),
        (LabDemand("web", 10),),
        (LabFault(0, 1e9, "leaf", error_rate=error),),
        seconds=40,
        warmup_s=25,
    )


def _available(graph: LabGraph) -> float:
    return 100.0 * float(run(graph)["entries"]["web"]["availability"])


def _series() -> Found:
    return Found(_available(calling(0.01, 0.02, 0.3)), 100.0 * 0.99 * 0.98 * 0.7)


def _optional() -> Found:
    return Found(_available(calling(0.01, 0.02, 0.3, required=False)), 100.0)


def _degraded() -> Found:
    found = run(calling(0.01, 0.02, 0.3, required=False))["entries"]["web"]
    return Found(100.0 * found["degraded"], 100.0 * (1.0 - 0.99 * 0.98 * 0.7))


def _one_of_two() -> Found:
    return Found(_available(calling(0.1, retries=1)), 100.0 * (1.0 - 0.1 * 0.1))


def _retried() -> Iterator[tuple[str, dict[str, Any], float, int]]:
    for retries in (1, 2, 3):
        for error in ERRORS:
            yield (
                f"{plural(retries, 'retry', 'retries')}, {error:.1%} errors",
                run(calling(error, retries=retries)),
                error,
                retries,
            )


def _retries() -> Found:
    return worst(
        Unit.POINTS,
        (
            (where, Found(100.0 * found["entries"]["web"]["availability"], 100.0 * (1.0 - error ** (retries + 1))))
            for where, found, error, retries in _retried()
        ),
    )


def _attempts() -> Found:
    return worst(
        Unit.PERCENT,
        (
            (where, Found(found["services"]["s0"]["attempts"] / 50.0, sum(error**q for q in range(retries + 1))))
            for where, found, error, retries in _retried()
        ),
    )


def _amplified(count: int, tries: int, expected: float) -> Found:
    return Found(run(layers(count, tries))["services"][f"s{count}"]["attempts"], expected)


def _slowest_of_hundred(timeout_ms: float | None, error: float) -> Found:
    return Found(100.0 - _available(fan_out(timeout_ms, error)), 100.0 * (1.0 - 0.99**100))


ROWS = (
    Claim(SECTION, "series of .99, .98 and .7: available (%)", "product", Unit.POINTS, 0.1, _series),
    Claim(SECTION, "the same, but optional: available (%)", "nothing fails", Unit.POINTS, 0.1, _optional),
    Claim(SECTION, "the same, but optional: degraded (%)", "product", Unit.POINTS, 0.1, _degraded),
    Claim(SECTION, "one of two tries of .9 is enough: available (%)", "1 − .1²", Unit.POINTS, 0.1, _one_of_two),
    Claim(SECTION, "1 to 3 retries of .1 to 100 % errors: available (%)", "1 − pⁿ⁺¹", Unit.POINTS, 0.1, _retries),
    Claim(SECTION, "the same: attempts per call", "1 + p + … + pⁿ", Unit.PERCENT, 0.1, _attempts),
    *(
        Claim(
            SECTION,
            f"{tries} tries of a dead service: attempts",
            "1 + n",
            Unit.PERCENT,
            0.1,
            partial(_amplified, 1, tries, tries),
        )
        for tries in (2, 4)
    ),
    Claim(SECTION, "5 layers with 3 tries each: attempts", "3⁵", Unit.PERCENT, 1.0, partial(_amplified, 5, 3, 243.0)),
    Claim(SECTION, "3 layers with 4 tries each: attempts", "4³", Unit.PERCENT, 1.0, partial(_amplified, 3, 4, 64.0)),
    Claim(
        SECTION,
        "100 calls that fail once in 100: failed (%)",
        "1 − .99¹⁰⁰",
        Unit.POINTS,
        0.1,
        partial(_slowest_of_hundred, None, 0.01),
    ),
    Claim(
        SECTION,
        "100 calls with the limit at their p99: failed (%)",
        "1 − .99¹⁰⁰",
        Unit.POINTS,
        0.1,
        partial(_slowest_of_hundred, 46.05170186, 0.0),
    ),
)
