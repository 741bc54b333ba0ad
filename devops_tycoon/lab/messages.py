"""Results of a detached dependency in a lab run: dead letters, and the age of the oldest message."""

from dataclasses import dataclass, field
from typing import Any

from devops_tycoon.sim.flow import Network, Reading


@dataclass(slots=True)
class Messages:
    """Sums over the ticks of a run, for the calls of one dependency."""

    calls: tuple[int, ...]
    consumer: str
    """The service that takes them."""
    now: float = 0.0
    """Dead letters of this tick."""
    dead: float = 0.0
    """Dead letters after the warm-up."""
    waiting: float = 0.0
    """Messages waiting for a consumer."""
    came: list[float] = field(default_factory=list)
    """Arrivals at the consumers per tick, without rejected ones."""

    def add(self, network: Network, reading: Reading, counts: bool) -> None:
        """Add a tick; dead letters only if it `counts`."""
        self.now = 0.0
        for e in self.calls:
            self.now += reading.dead_letters[e]
        if counts:
            self.dead += self.now
        p = network.nodes[network.calls[self.calls[0]].callee].pool
        self.waiting = max(0.0, reading.in_system[p] - reading.slots[p] * reading.utilisation[p])
        self.came.append(reading.arrivals[p] - reading.rejected[p] - reading.refused[p] - reading.shed[p])

    def document(self, tick_s: float) -> dict[str, Any]:
        """Return the dependency's part of the result."""
        return {"consumer": self.consumer, "dead_letters": self.dead, "oldest_end_s": self.oldest_s(tick_s)}

    def oldest_s(self, tick_s: float) -> float:
        """Return the age of the oldest message in a FIFO queue: the time in which the waiting ones arrived."""
        left, age = self.waiting, 0.0
        for count in reversed(self.came):
            if count >= left:
                return age + (tick_s * left / count if count > 0.0 else 0.0)
            left -= count
            age += tick_s
        return age
