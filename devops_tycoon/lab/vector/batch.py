"""Many runs of one network side by side: states and readings as arrays of (items, runs)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from devops_tycoon.lab.vector.exact import Array
from devops_tycoon.lab.vector.tails import Tails
from devops_tycoon.sim.flow.state import FlowState, Reading

_SHARED = ("shape", "layout")
_STATE = tuple([part.name for part in fields(FlowState) if part.name not in _SHARED])
_READING = tuple([part.name for part in fields(Reading) if part.name != "clock"])


@dataclass(frozen=True, slots=True)
class Ended:
    """How timed requests ended at the end of a tick: the start of the next, if it has the same layout."""

    layout: object
    tails: Tails


@dataclass(frozen=True, slots=True)
class BatchState:
    """States of one network, one per column; `values` is named and ordered as `FlowState` is."""

    values: Mapping[str, Array]
    shape: tuple[float, ...]
    layout: tuple[float, ...]
    ended: Ended | None = field(default=None, repr=False, compare=False)
    """Remembered, not state: without it the same is computed anew."""

    @classmethod
    def of(cls, states: Sequence[FlowState]) -> "BatchState":
        """Put states of the same network side by side; raise ValueError if they are of different shapes."""
        if not states:
            raise ValueError("a batch needs at least one state")
        first = states[0]
        for state in states:
            if state.shape != first.shape or state.layout != first.layout or len(state.pot) != len(first.pot):
                raise ValueError("the states of a batch must belong to one network with one set of timeouts")
        return cls(
            {name: np.array([getattr(s, name) for s in states], dtype=np.float64).T.copy() for name in _STATE},
            first.shape,
            first.layout,
        )

    @property
    def columns(self) -> int:
        """How many runs there are."""
        return int(self.values["clock"].shape[1])

    def column(self, i: int) -> FlowState:
        """Return one run's state, as the plain kernel has it."""
        parts = {name: tuple(values[:, i].tolist()) for name, values in self.values.items()}
        return FlowState(**parts, shape=self.shape, layout=self.layout)


@dataclass(frozen=True, slots=True)
class BatchReading:
    """Readings of one tick, one per column; `values` is named and ordered as `Reading` is."""

    values: Mapping[str, Array]
    clock: Array

    def __getitem__(self, name: str) -> Array:
        return self.values[name]

    def column(self, i: int) -> Reading:
        """Return one run's reading, as the plain kernel has it."""
        parts = {name: tuple(self.values[name][:, i].tolist()) for name in _READING}
        return Reading(**parts, clock=float(self.clock[i]))
