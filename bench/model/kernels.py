"""The kernels that compete: each advances the same network from the same state by the same demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.model.loop import Loop
from devops_tycoon.sim.flow import FlowState, Network, advance

Rates = Sequence[tuple[float, ...]]
"""Requests per second: per tick, then per demand."""


class Runner(Protocol):
    """One network under way."""

    def run(self, rates: Rates) -> None:
        """Advance by one tick for each element."""

    def close(self) -> None:
        """Give back what it holds."""


@dataclass(frozen=True)
class Kernel:
    """A way to compute a tick."""

    name: str
    begin: Callable[[Network, FlowState], Runner]


class Flow:
    """The kernel that games are played with, pure or compiled."""

    def __init__(self, network: Network, state: FlowState) -> None:
        self._network, self._state = network, state

    def run(self, rates: Rates) -> None:
        """Advance by one tick for each element."""
        for rate in rates:
            self._state, _ = advance(self._network, self._state, rate)

    def close(self) -> None:
        """There is nothing to give back."""


def contestants(library: Path | None) -> tuple[Kernel, ...]:
    """Return the kernels to compare; `library` is the compiled C loop, if it could be compiled."""
    found = [Kernel("flow", Flow)]
    if library is not None:
        found.append(Kernel("c", lambda network, state: Loop(library, network, state)))
    return tuple(found)
