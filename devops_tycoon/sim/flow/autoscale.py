"""How many replicas take work: an autoscaler by the rule of Kubernetes, with or without a forecast (MODEL I).

Source: Kubernetes' documentation "Horizontal Pod Autoscaling" and the API reference of `autoscaling/v2` (tolerance
0.1, sync period 15 s, scale-down stabilisation 300 s, scale-up by at most 4 pods or 100%, whichever is more). The
layer stands above `advance`: it reads a tick's load and says how many replicas the next tick's network has.
"""

from dataclasses import dataclass
from math import floor

from devops_tycoon.sim.flow.forecast import Forecast, expected
from devops_tycoon.sim.numerics.replace import replace

CPU, CONCURRENCY = "cpu", "concurrency"
METRICS = (CPU, CONCURRENCY)
GROW_AT_MOST, ADD_AT_MOST = 2, 4
"""One decision at most doubles the fleet, or adds four where that is more (default policies of `autoscaling/v2`)."""
_DUST = 1e-9
"""What rounding may add to a product before its ceiling is taken."""


@dataclass(frozen=True, slots=True)
class Autoscaler:
    """Settings of one service's autoscaler."""

    target: float
    """Share of the replicas' slots that should be busy, 0 to 1."""
    most: int
    least: int = 1
    start_s: float = 60.0
    """From the decision until a new replica takes work (design value; minutes are common)."""
    every_s: float = 15.0
    """Between two decisions; the metric is the mean over this window."""
    look_back_s: float = 300.0
    """It scales in only to the highest recommendation of this time."""
    metric: str = CPU
    """`cpu`: own work only. `concurrency`: slots in use, also those that only wait for others (as Knative counts)."""
    tolerance: float = 0.1
    """Dead band: a metric this near to the target changes nothing."""
    forecast: Forecast | None = None


@dataclass(frozen=True, slots=True)
class Fleet:
    """What an autoscaler remembers between ticks: flat tuples of numbers."""

    ready: int
    """Replicas that take work."""
    starting: tuple[int, ...] = ()
    """Replicas asked for that do not take work yet, one entry per decision, the oldest first."""
    due_s: tuple[float, ...] = ()
    """Seconds until each of them joins."""
    recent: tuple[int, ...] = ()
    """Recommendations of the look-back, the newest last."""
    window_s: float = 0.0
    """Time since the last decision, and what it saw: replicas' worth of use, and of work that arrived."""
    used_s: float = 0.0
    offered_s: float = 0.0
    past: tuple[float, ...] = ()
    """Replicas' worth of work that arrived in each past window, as far back as the forecast looks."""

    @property
    def asked(self) -> int:
        """Return the replicas that are there or on their way."""
        total = self.ready
        for count in self.starting:
            total += count
        return total


def a_fleet(settings: Autoscaler, replicas: int) -> Fleet:
    """Return the fleet at the beginning: all replicas ready, their number within the autoscaler's bounds.

    As after a restart of Kubernetes' controller, the look-back begins with the present number.
    """
    ready = _within(settings, replicas)
    return Fleet(ready, recent=(ready,))


def recommended(settings: Autoscaler, ready: int, starting: int, metric: float) -> int:
    """Return ceil(current × metric / target), or the current number inside the dead band.

    `metric` is the mean over the ready replicas. Before growing, replicas that only start count as idle; otherwise
    the same shortage would be ordered again every 15 s until they join.
    """
    ratio, counted = metric / settings.target, ready
    if starting and ratio > 1.0:
        counted = ready + starting
        ratio *= ready / counted
        if ratio < 1.0:
            return counted
    if -settings.tolerance - _DUST <= ratio - 1.0 <= settings.tolerance + _DUST:
        return ready + starting
    return _ceil(counted * ratio)


def observed(
    settings: Autoscaler, fleet: Fleet, busy: float, offered: float, dt: float, *, control_plane: bool = True
) -> Fleet:
    """Return the fleet after a tick of `dt` seconds in which a share `busy` of its slots was in use.

    `offered` is the work that arrived, in replicas that it would keep busy. Without a control plane nobody decides
    and nobody joins; what started meanwhile joins when it is back. Decisions fall on the tick nearest to their time.
    """
    fleet = replace(
        fleet,
        window_s=fleet.window_s + dt,
        used_s=fleet.used_s + busy * fleet.ready * dt,
        offered_s=fleet.offered_s + offered * dt,
        due_s=tuple([due - dt for due in fleet.due_s]),
    )
    if control_plane and fleet.due_s and fleet.due_s[0] <= 0.5 * dt:
        fleet = _joined(fleet, dt)
    if fleet.window_s < settings.every_s - 0.5 * dt:
        return fleet
    return _decided(settings, fleet, control_plane)


def _joined(fleet: Fleet, dt: float) -> Fleet:
    ready, first = fleet.ready, 0
    while first < len(fleet.due_s) and fleet.due_s[first] <= 0.5 * dt:
        ready += fleet.starting[first]
        first += 1
    return replace(fleet, ready=ready, starting=fleet.starting[first:], due_s=fleet.due_s[first:])


def _decided(settings: Autoscaler, fleet: Fleet, control_plane: bool) -> Fleet:
    """Return the fleet after the end of a window: measured, and changed if there is a control plane."""
    used, offered = fleet.used_s / fleet.window_s, fleet.offered_s / fleet.window_s
    past = fleet.past
    if settings.forecast is not None:
        past = (*past, offered)[-settings.forecast.windows(settings.every_s) :]
    now = fleet.asked
    ahead = 0
    advice = now
    if control_plane:
        metric = used / fleet.ready if fleet.ready else 0.0
        advice = recommended(settings, fleet.ready, now - fleet.ready, metric)
        if settings.forecast is not None:
            load = expected(settings.forecast, past, settings.every_s, settings.start_s)
            ahead = _ceil(load / settings.target)
    kept = max(1, _ceil(settings.look_back_s / settings.every_s))
    recent = (*fleet.recent, max(advice, ahead))[-kept:]
    wanted = advice if advice > now else min(now, max(recent))
    wanted = min(wanted, max(GROW_AT_MOST * now, now + ADD_AT_MOST))
    fleet = replace(fleet, recent=recent, window_s=0.0, used_s=0.0, offered_s=0.0, past=past)
    return _resized(settings, fleet, _within(settings, max(wanted, ahead))) if control_plane else fleet


def _resized(settings: Autoscaler, fleet: Fleet, wanted: int) -> Fleet:
    """Return the fleet with so many replicas asked for."""
    now = fleet.asked
    if wanted >= now:
        if wanted == now:
            return fleet
        if settings.start_s <= 0.0:
            return replace(fleet, ready=fleet.ready + wanted - now)
        return replace(fleet, starting=(*fleet.starting, wanted - now), due_s=(*fleet.due_s, settings.start_s))
    return shrunk(fleet, now - wanted)


def shrunk(fleet: Fleet, surplus: int) -> Fleet:
    """Return the fleet with so many replicas fewer; those that were asked for last go first."""
    starting, due = list(fleet.starting), list(fleet.due_s)
    while surplus and starting:
        gone = min(surplus, starting[-1])
        surplus -= gone
        starting[-1] -= gone
        if not starting[-1]:
            starting.pop()
            due.pop()
    return replace(fleet, ready=fleet.ready - surplus, starting=tuple(starting), due_s=tuple(due))


def _within(settings: Autoscaler, replicas: int) -> int:
    return max(settings.least, min(settings.most, replicas))


def _ceil(x: float) -> int:
    return -floor(-(x - _DUST))
