"""The golden games by the vector kernel: tick by tick the bits that the game had, and whole games verified with it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from devops_tycoon.lab.vector import BatchState, advance_batch, unsupported
from devops_tycoon.play.replay import game_of, read
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import playing, verify
from devops_tycoon.sim.demand.demand import rates
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import FlowState, Network, Reading
from devops_tycoon.sim.phases.flow import flow
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.step import PHASES, Phase
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.world import World
from tests.lab.vector.test_same_bits import differences
from tests.test_golden import REPLAYS, file_of

FILES = [file_of(scenario, player) for scenario, player in REPLAYS]
BEGINNING = 1_080
"""Ticks that the quick test plays: into the second shift, and far into the fault of the game that has one."""
NEARLY_ALL = 0.95
"""Share of the ticks that the vector kernel must know the network of."""
TOGETHER = 64
"""Ticks of one network that are computed side by side, as if they were runs."""

Watch = Callable[[Phase], None]
"""Puts a phase in the place of the flow's, in every game that is played from then on."""


@pytest.fixture
def instead_of_flow(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Return what changes the physics of the tick."""

    def put(phase: Phase) -> None:
        phases = tuple(phase if each is flow else each for each in PHASES)
        assert phases != PHASES
        monkeypatch.setattr("devops_tycoon.sim.step.PHASES", phases)

    return put


class Comparison:
    """The game's flow, and every so many ticks the same by the vector kernel; ticks of one network together."""

    def __init__(self, every: int) -> None:
        self.ticks, self.picked, self.compared = 0, 0, 0
        self._every = every
        self._network: Network | None = None
        self._waiting: list[tuple[int, FlowState, tuple[float, ...], FlowState, Reading]] = []

    def flow(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Advance as the game does, and remember what came of it."""
        after, facts = flow(world, rules)
        self.ticks += 1
        if (self.ticks - 1) % self._every == 0:
            self.picked += 1
            network = network_in_effect(world, rules)
            if unsupported(network) is None:
                self._remember(network, world, rules, after)
        return after, facts

    def _remember(self, network: Network, world: World, rules: Rules, after: World) -> None:
        if self._waiting:
            state = self._waiting[0][1]
            alike = state.shape == world.flow.shape and state.layout == world.flow.layout
            alike = alike and len(state.pot) == len(world.flow.pot)
            if network is not self._network or not alike or len(self._waiting) == TOGETHER:
                self.compare()
        self._network = network
        self._waiting.append((world.tick, world.flow, rates(world, rules), after.flow, after.reading))

    def compare(self) -> None:
        """Compute what waits; fail at the first bit that differs."""
        if self._network is None or not self._waiting:
            return
        batch = BatchState.of([before for _, before, *_ in self._waiting])
        states, readings = advance_batch(self._network, batch, [asked for _, _, asked, *_ in self._waiting])
        for i, (tick, _, _, state, reading) in enumerate(self._waiting):
            assert differences(state, states.column(i)) == [], f"state after tick {tick}"
            assert differences(reading, readings.column(i)) == [], f"reading of tick {tick}"
        self.compared += len(self._waiting)
        self._waiting = []


def compared(file: Path, every: int, ticks: int | None, instead_of_flow: Watch) -> Comparison:
    """Play a golden replay (its first `ticks`) and compare every so many of its ticks."""
    comparison = Comparison(every)
    instead_of_flow(comparison.flow)
    replay = read(file)
    session = Session(game_of(replay, str(file)))
    played = sum(1 for _ in islice(playing(session, replay), ticks))
    comparison.compare()
    assert session.marks == list(replay.marks[: len(session.marks)]), "this is not the golden game"
    assert comparison.ticks == played
    assert session.over or played == ticks
    return comparison


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_tenth_tick_of_a_golden_game_has_the_same_bits(file: Path, instead_of_flow: Watch) -> None:
    found = compared(file, 10, BEGINNING, instead_of_flow)
    assert found.picked == BEGINNING // 10
    share = found.compared / found.picked
    assert share >= NEARLY_ALL, f"the vector kernel knows the network of {share:.1%} of the ticks"


@pytest.mark.long
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_tick_of_a_golden_game_has_the_same_bits(file: Path, instead_of_flow: Watch) -> None:
    found = compared(file, 1, None, instead_of_flow)
    share = found.compared / found.ticks
    assert share >= NEARLY_ALL, f"the vector kernel knows the network of {share:.1%} of the ticks"


@pytest.mark.long
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_golden_replay_verifies_when_the_vector_kernel_plays_it(file: Path, instead_of_flow: Watch) -> None:
    """Its marks are digests of every bit of the world: the vector kernel's own states go on and on."""
    ticks = []

    def by_numpy(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        network = network_in_effect(world, rules)
        ticks.append(unsupported(network) is None)
        if not ticks[-1]:
            return flow(world, rules)
        states, readings = advance_batch(network, BatchState.of([world.flow]), [rates(world, rules)])
        return replace(world, flow=states.column(0), reading=readings.column(0)), ()

    instead_of_flow(by_numpy)
    verdict = verify(file)
    assert (verdict.problem, verdict.finished) == ("", True)
    assert ticks.count(True) >= NEARLY_ALL * len(ticks)
