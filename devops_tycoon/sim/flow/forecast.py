"""What load an autoscaler expects some time ahead: predictive scaling, kept as simple as it can be.

Netflix' Scryer predicts from history with two algorithms, an augmented linear regression and a Fourier transform
(Netflix technology blog, "Scryer", part 2, December 2013); EC2's predictive scaling works from the same idea and
never scales in (its user guide). Here they are `trend`, a straight line through the last minutes, and `period`, what
the last period showed at the same time. Both are design choices: the smallest that show what a forecast can and cannot
do.
"""

from dataclasses import dataclass
from math import floor

TREND, PERIOD = "trend", "period"
KINDS = (TREND, PERIOD)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Settings of a forecast."""

    by: str = TREND
    lead_s: float | None = None
    """How far it looks ahead; None = the start time and one window, so that new replicas come in time."""
    history_s: float = 120.0
    """Of `trend`: how long a past the line goes through (design value)."""
    period_s: float = 86_400.0
    """Of `period`: after how long the load repeats itself."""

    def windows(self, every_s: float) -> int:
        """Return how many past windows of `every_s` seconds have to be remembered."""
        return max(2, floor((self.history_s if self.by == TREND else self.period_s) / every_s + 0.5))


def expected(settings: Forecast, past: tuple[float, ...], every_s: float, start_s: float) -> float:
    """Return the load expected ahead, in the unit of `past` (means of windows, the newest last); 0 if it knows none."""
    lead_s = start_s + every_s if settings.lead_s is None else settings.lead_s
    if settings.by == TREND:
        return max(0.0, _line(past, 0.5 + lead_s / every_s))
    back = settings.windows(every_s) - floor(lead_s / every_s + 0.5)  # windows between then and now, a period earlier
    return past[-back] if 1 <= back <= len(past) else 0.0


def _line(past: tuple[float, ...], ahead: float) -> float:
    """Return the least-squares line through `past`, continued by `ahead` windows after the middle of the last."""
    n = len(past)
    if n < 2:
        return past[0] if past else 0.0
    middle, mean = 0.5 * (n - 1), 0.0
    for value in past:
        mean += value
    mean /= n
    spread = together = 0.0
    for i, value in enumerate(past):
        spread += (i - middle) * (i - middle)
        together += (i - middle) * (value - mean)
    return mean + together / spread * (n - 1 + ahead - middle)
