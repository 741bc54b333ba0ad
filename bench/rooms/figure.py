"""Figure: one row of docs/workshop.md, as it was measured."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured beside the bar that it should keep."""

    name: str
    bar: str
    value: str
    held: bool | None
    """None: it cannot be measured here; `value` says why."""
    lawful: bool = True
    """Whether the counts in it are right, whatever the times are: what tests ask, on machines that are busy."""
    below: tuple[str, ...] = ()
    """Lines of Markdown that the page shows below its table."""


def not_here(name: str, bar: str, why: str) -> Figure:
    """Return a figure that this machine cannot give."""
    return Figure(name, bar, f"not measured here: {why}", None)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed; 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def times_ms(values: Sequence[float]) -> str:
    """Return median, 99th percentile and maximum of times in seconds, in words."""
    return (
        f"p50 {1000 * percentile(values, 0.5):.1f} ms, p99 {1000 * percentile(values, 0.99):.1f} ms, "
        f"max {1000 * max(values, default=0.0):.0f} ms"
    )
