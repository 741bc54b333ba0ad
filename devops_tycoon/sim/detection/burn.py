"""Burn-rate alerts on the objectives of journeys, with a long and a short window that must both agree.

The rates and windows are the starting set of Google's SRE workbook, chapter 5: at 14.4 times the allowed rate 2% of
the budget of 30 days is gone after an hour, at 6 times 5% after six hours, at 1 time 10% after three days. The short
window is a twelfth of the long one. The 30 days are as long as the shift, or as the scenario says.
"""

from dataclasses import dataclass

from devops_tycoon.sim.detection.counts import MICRO, ago, between
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import shift_of
from devops_tycoon.sim.values.watching import Trail
from devops_tycoon.sim.values.world import World

LEAST = 5 * MICRO
"""Failed requests in the long window: with fewer, one unlucky member would be an outage."""
OVER = 0.5
"""Below this rate an alert is over [design value]."""
_TWELFTH = 12
_FINEST = 6
"""Looks in a short window at most."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One rate with its long window."""

    rate: float
    hours: int
    """Of the 720 in 30 days."""
    pages: bool
    """It pages; otherwise it is a ticket that waits."""


ALERTS = (Alert(14.4, 1, True), Alert(6.0, 6, True), Alert(1.0, 72, False))


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of an alert in ticks of the game."""

    step: int
    """Ticks between two looks."""
    short: int
    """In looks."""
    long: int


def windows(world: World, rules: Rules, alert: Alert) -> Windows:
    """Return an alert's windows; a window has a tick at least."""
    days = rules.scenario.company_mode.slo_window_s // rules.scenario.tick_s
    whole = days or shift_of(world, rules).ticks
    short = max(1, int(whole * alert.hours / (720 * _TWELFTH) + 0.5))
    step = max(1, short // _FINEST)
    return Windows(step, short // step, _TWELFTH * (short // step))


def burns(alert: Alert, size: Windows, slo: float, trail: Trail, journey: int) -> bool:
    """Say whether a journey spends its budget too fast; the trail's last counts are of now.

    Before the shift all was well: a window that reaches back beyond its beginning is filled with good requests.
    """
    valid, bad, _ = _window(trail, size.long, journey)
    return bad >= LEAST and bad >= alert.rate * (1.0 - slo) * valid and lasts(alert.rate, size, slo, trail, journey)


def lasts(rate: float, size: Windows, slo: float, trail: Trail, journey: int) -> bool:
    """Say whether the short window is at that rate too: an incident that is over need not page.

    An alert that fires is over when the short window is below OVER, so that one that flutters is one page.
    """
    valid, bad, _ = _window(trail, size.short, journey)
    return bad > 0 and bad >= rate * (1.0 - slo) * valid


def rate_of(size: Windows, slo: float, trail: Trail, journey: int) -> float:
    """Return how many times as fast as it may the long window spends the budget."""
    valid, bad, _ = _window(trail, size.long, journey)
    return bad / (valid * (1.0 - slo)) if valid > 0 and slo < 1.0 else 0.0


def _window(trail: Trail, looks: int, journey: int) -> tuple[float, int, int]:
    known = min(looks, len(trail) - 1)
    valid, bad, late = between(ago(trail, looks + 1), trail[-1], journey)
    return valid * looks / max(1, known), bad, late
