"""What the model says of a company at a steady demand: how busy everybody gets, and how long members wait.

Ticks of ten seconds are played from empty queues until nothing changes any more, or for a quarter of an hour: a pool
that cannot keep up is seen by then.
"""

from dataclasses import dataclass

from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import advance, empty, percentiles
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import World

_TICK_S = 10.0
_LEAST, _MOST = 12, 90
_STILL = 0.002
"""Steady: utilisation moved by no more than this in a tick, anywhere."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A steady state."""

    busy: tuple[tuple[str, float], ...]
    """(service, share of its workers that are busy or wait for others)."""
    p99_s: tuple[tuple[str, float], ...]
    """(journey, 99th percentile)."""
    mean_s: tuple[tuple[str, float], ...]
    good: tuple[tuple[str, float], ...]
    """(journey, share of good requests)."""


def forecast(world: World, rules: Rules, rates: dict[str, float]) -> Forecast:
    """Return the steady state at these requests per second by journey; faults that nobody sees are not in it."""
    network = replace(network_in_effect(world, rules), tick_s=_TICK_S)
    demand = tuple(rates[journey.id] for journey in rules.journeys)
    state = empty(network)
    state, reading = advance(network, state, demand)
    for number in range(_MOST):
        last = reading.utilisation
        state, reading = advance(network, state, demand)
        moved = max(abs(a - b) for a, b in zip(last, reading.utilisation, strict=True))
        if number >= _LEAST and moved < _STILL:
            break
    state = replace(state, clock=(0.0,))  # the same samples for both sides of a comparison
    names = [journey.id for journey in rules.journeys]
    p99 = [percentiles(network, state, reading, i, (0.99,))[0] for i in range(len(names))]
    good = [reading.good[i] / reading.valid[i] if reading.valid[i] > 0 else 1.0 for i in range(len(names))]
    return Forecast(
        busy=tuple((s.id, busy) for s, busy in zip(world.services, reading.utilisation, strict=False)),
        p99_s=tuple(zip(names, p99, strict=True)),
        mean_s=tuple(zip(names, reading.request_s, strict=True)),
        good=tuple(zip(names, good, strict=True)),
    )
