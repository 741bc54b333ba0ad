"""The kernels that compete: each advances the same network from the same state by the same demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from devops_tycoon.lab.bench.loop import Loop
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
    games: int = 1
    """Games that one tick of it advances; times are divided by it."""


class Plain:
    """The kernel that games are played with."""

    def __init__(self, network: Network, state: FlowState) -> None:
        self._network, self._state = network, state

    def run(self, rates: Rates) -> None:
        """Advance by one tick for each element."""
        for rate in rates:
            self._state, _ = advance(self._network, self._state, rate)

    def close(self) -> None:
        """There is nothing to give back."""


class Vector:
    """The numpy kernel with a single run: what it gains, it gains by the width of a level."""

    def __init__(self, network: Network, state: FlowState) -> None:
        from devops_tycoon.lab.vector import BatchState  # numpy is an extra

        self._network, self._states = network, BatchState.of([state])

    def run(self, rates: Rates) -> None:
        """Advance by one tick for each element."""
        from devops_tycoon.lab.vector import advance_batch

        for rate in rates:
            self._states, _ = advance_batch(self._network, self._states, [rate])

    def close(self) -> None:
        """There is nothing to give back."""


def contestants(library: Path | None) -> tuple[Kernel, ...]:
    """Return the kernels that this installation has; `library` is the compiled C loop, if it could be compiled.

    The vector kernel takes part if numpy is installed.
    """
    found = [Kernel("plain", Plain)]
    if find_spec("numpy") is not None:
        found.append(Kernel("numpy", Vector))
    if library is not None:
        found.append(Kernel("c", lambda network, state: Loop(library, network, state)))
    return tuple(found)
