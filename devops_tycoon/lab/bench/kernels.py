"""The kernels that compete: each advances the same network from the same state by the same demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Protocol

from devops_tycoon.lab.bench.loop import Loop
from devops_tycoon.sim.flow import FlowState, Network, advance

Rates = Sequence[tuple[float, ...]]
"""Requests per second: per tick, then per demand."""


SEEDS = 64
"""Games of the batch."""
_JITTER = 0.1
"""The batch's demands differ from the given ones by up to this share; a design value, as noisy days are."""
_MOST_FOR_BATCH = 200
"""Services; in larger companies a level is wide enough for numpy without a batch."""


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
    most: int | None = None
    """Services of the largest company that it takes part with; None: any."""


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


class Batch:
    """The numpy kernel with many seeds side by side: each its own demand for every journey, as seeds have."""

    def __init__(self, network: Network, state: FlowState) -> None:
        from devops_tycoon.lab.vector import BatchState  # numpy is an extra

        self._network, self._states = network, BatchState.of([state] * SEEDS)
        self._factors = [tuple(_factor(seed, d) for d in range(len(network.demands))) for seed in range(SEEDS)]

    def run(self, rates: Rates) -> None:
        """Advance all seeds by one tick for each element."""
        from devops_tycoon.lab.vector import advance_batch

        for rate in rates:
            each = [[r * f for r, f in zip(rate, factors, strict=True)] for factors in self._factors]
            self._states, _ = advance_batch(self._network, self._states, each)

    def columns(self) -> list[FlowState]:
        """Return the seeds' states."""
        return [self._states.column(i) for i in range(SEEDS)]

    def close(self) -> None:
        """There is nothing to give back."""


def _factor(seed: int, demand: int) -> float:
    return 1.0 + _JITTER * Random(f"{seed} {demand}").uniform(-1.0, 1.0)  # noqa: S311  # fixed rates, not a secret


def with_numpy() -> bool:
    """Say whether the vector kernel can take part."""
    return find_spec("numpy") is not None


def contestants(library: Path | None) -> tuple[Kernel, ...]:
    """Return the kernels that this installation has; `library` is the compiled C loop, if it could be compiled.

    The vector kernel takes part if numpy is installed: with one seed and, in companies of few services, with many.
    """
    found = [Kernel("plain", Plain)]
    if with_numpy():
        found.append(Kernel("numpy", Vector))
        found.append(Kernel("batch", Batch, games=SEEDS, most=_MOST_FOR_BATCH))
    if library is not None:
        found.append(Kernel("c", lambda network, state: Loop(library, network, state)))
    return tuple(found)
