"""What the charts remember. Closing the window may forget it, so it is no part of the world."""

from collections import deque

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.latencies import request_percentile_s
from devops_tycoon.sim.values.watching import numbers
from devops_tycoon.sim.values.world import World

TICKS = 300
EVERY = 4
"""The slow numbers (p99) are worked out every so many ticks."""


class History:
    """The last 300 ticks of a few numbers."""

    def __init__(self) -> None:
        self.rate: deque[float] = deque(maxlen=TICKS)
        self.p99_ms: deque[float] = deque(maxlen=TICKS)
        self.bad_pct: deque[float] = deque(maxlen=TICKS)
        self.busiest_pct: deque[float] = deque(maxlen=TICKS)
        self.busy: dict[str, deque[float]] = {}

    def add(self, world: World, rules: Rules) -> None:
        """Remember the tick that was just played, if it was measured."""
        if not numbers(world.sight):
            return
        reading = world.reading
        valid = bad = attempts = 0.0
        for number in range(len(reading.valid)):
            valid, bad = valid + reading.valid[number], bad + reading.bad[number]
            attempts += reading.demand_attempts[number]
        self.rate.append(attempts / rules.scenario.tick_s)
        self.bad_pct.append(100.0 * bad / valid if valid > 0 else 0.0)
        if world.tick % EVERY == 0 or not self.p99_ms:
            slowest = [
                request_percentile_s(reading.request_s[n], reading.request_var_s2[n], 0.99)
                for n in range(len(reading.valid))
                if reading.demand_attempts[n] > 0
            ]
            self.p99_ms.append(1000.0 * max(slowest, default=0.0))
        else:
            self.p99_ms.append(self.p99_ms[-1])
        self.busiest_pct.append(100.0 * max(reading.utilisation, default=0.0))
        for number, service in enumerate(world.services):
            self.busy.setdefault(service.id, deque(maxlen=TICKS)).append(100.0 * reading.utilisation[number])
