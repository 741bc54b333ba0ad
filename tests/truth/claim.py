"""A claim: what the model predicts, what it is compared with, and how far apart the two may be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """How a difference is measured; the value is what stands behind it on the page."""

    PERCENT = "%"
    """Of the expected value."""
    POINTS = "points"
    """Both values are percentages; their difference."""
    VERDICT = "verdict"
    """0: recovers, 1: stays down; both must be the same."""
    COUNT = "count"
    """Absolute."""
    RELATIVE = "relative"
    """Both values are already relative errors."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a measurement gave."""

    predicted: float
    expected: float
    note: str = ""
    """Where the worst case was, or how sure the expected value is."""
    noise: float = 0.0
    """Standard error of the expected value over the referee's seeds, in the claim's unit."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of docs/truth.md and one test."""

    section: str
    name: str
    against: str
    """The formula, table or simulator that the model is compared with."""
    unit: Unit
    bound: float
    """What the test holds."""
    measure: Callable[[], Found]
    promised: float | None = None
    """MODEL's bound, where the measured level is worse and `bound` had to be wider."""
    long: bool = False
    """It takes seconds to measure: a proof, not part of the fast suite."""

    def difference(self, found: Found) -> float:
        """Return how far prediction and expectation are apart, in the claim's unit."""
        return difference(self.unit, found.predicted, found.expected)


def difference(unit: Unit, predicted: float, expected: float) -> float:
    """Return how far the two are apart; a percentage is of `expected`."""
    apart = abs(predicted - expected)
    if unit is Unit.PERCENT:
        return 100.0 * apart / abs(expected) if expected else (0.0 if apart == 0.0 else float("inf"))
    return apart


def median(unit: Unit, pairs: Iterable[tuple[str, Found]]) -> Found:
    """Return the pair in the middle, by its difference, and note which it is."""
    ordered = sorted(pairs, key=lambda pair: round(difference(unit, pair[1].predicted, pair[1].expected), 6))
    return _noted("median", *ordered[len(ordered) // 2])


def worst(unit: Unit, pairs: Iterable[tuple[str, Found]]) -> Found:
    """Return the pair that is furthest apart, and note which it is; the first of those that are equal but for dust."""
    where, found = max(pairs, key=lambda pair: round(difference(unit, pair[1].predicted, pair[1].expected), 6))
    return _noted("worst", where, found)


def _noted(what: str, where: str, found: Found) -> Found:
    note = f"{what}: {where}" + (f"; {found.note}" if found.note else "")
    return Found(found.predicted, found.expected, note, found.noise)
