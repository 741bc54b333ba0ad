"""Whole games and bare kernels on the same companies, from ten services to ten thousand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.model import targets
from bench.model.clock import Work, ratio, rounds
from bench.model.company import a_company
from bench.model.kernels import Kernel, Rates, Runner
from devops_tycoon.play.session import MARK_EVERY
from devops_tycoon.sim.demand.demand import rates
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.numerics.digest import digest
from devops_tycoon.sim.planning.start import start
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.step import step
from devops_tycoon.sim.values.world import World

_AHEAD = 60
_REMEMBERED = 20_000
"""The kernels are given ticks of demand over and over, so that all of them meet the same ones: few, but so many that no
memory of earlier results spans a round, since a game has no second round either. So many services × ticks do."""
_ANOTHER_SEED = 2
"""Of the kernels' demand: of the game's own the flow would find in memory what the game has just worked out."""
GROWTH = (50, 10_000)
"""Sizes between which cost per service is compared."""


@dataclass(frozen=True)
class Effort:
    """How long to measure."""

    repeats: int
    block_s: float
    warm_ticks: int


class _Game:
    """A game under way, advanced as a session does: orders, phases, ledger, and a digest at every mark."""

    def __init__(self, world: World, rules: Rules) -> None:
        self.world, self._rules = world, rules

    def step(self, ticks: int) -> None:
        for _ in range(ticks):
            self.world, _ = step(self.world, (), self._rules)

    def digest(self, times: int) -> None:
        for _ in range(times):
            digest(self.world)


def a_warm_world(rules: Rules, ticks: int) -> World:
    """Return a world in its first shift, after some ticks."""
    world = replace(start(rules, 1), phase="shift")
    for _ in range(ticks):
        world, _ = step(world, (), rules)
    return world


def measure(services: int, kernels: Sequence[Kernel], effort: Effort) -> dict[str, Any]:
    """Return microseconds per tick of the whole game and of each kernel alone, for a company of so many services.

    Targets stand beside what they are targets of.
    """
    rules = a_company(services)
    world = a_warm_world(rules, effort.warm_ticks)
    network = network_in_effect(world, rules)
    other = replace(world, seed=_ANOTHER_SEED)
    ticks = range(world.tick, world.tick + max(_AHEAD, _REMEMBERED // services))
    ahead = [rates(replace(other, tick=tick), rules) for tick in ticks]
    game = _Game(world, rules)
    running = [(kernel, kernel.begin(network, world.flow)) for kernel in kernels]
    work: dict[str, Work] = {"step": game.step, "digest": game.digest}
    work.update({kernel.name: _ticks(runner, ahead) for kernel, runner in running})
    try:
        spent = rounds(work, effort.repeats, effort.block_s)
    finally:
        for _, runner in running:
            runner.close()
    whole = [a + b / MARK_EVERY for a, b in zip(spent["step"], spent["digest"], strict=True)]
    return {
        "services": services,
        "dependencies": len(network.calls),
        "game_us": 1e6 * min(whole),
        "game_ticks_per_s": 1.0 / min(whole),
        "kernels_us": {kernel.name: 1e6 * min(spent[kernel.name]) for kernel in kernels},
        "game_per_flow": ratio(whole, spent["flow"]),
        "per_c": {
            kernel.name: ratio(spent[kernel.name], spent["c"])
            for kernel in kernels
            if kernel.name != "c" and "c" in spent
        },
        "targets": {
            "game_per_flow": targets.GAME_PER_FLOW,
            "per_c": targets.per_c(services, tuple([kernel.name for kernel in kernels])),
        },
    }


def _ticks(runner: Runner, ahead: Rates) -> Work:
    """Return the work of a kernel: so many ticks of the demand ahead, going on where it stopped, round and round."""
    at = 0

    def work(ticks: int) -> None:
        nonlocal at
        while ticks > 0:
            part = ahead[at : at + ticks]
            runner.run(part)
            ticks -= len(part)
            at = (at + len(part)) % len(ahead)

    return work


def growth(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return how much dearer a service or call is in a company of 10,000 than in one of 50; 1 is linear.

    `per_c` is the flow's growth relative to the C loop's own: memory that does not fit caches slows both.
    """
    by_size = {row["services"]: row for row in rows}
    if not all(size in by_size for size in GROWTH):
        return None
    small, large = (by_size[size] for size in GROWTH)
    more = (large["services"] + large["dependencies"]) / (small["services"] + small["dependencies"])
    alone = small["kernels_us"]
    kernels = {name: us / alone[name] / more for name, us in large["kernels_us"].items() if name in alone}
    return {
        "from": GROWTH[0],
        "to": GROWTH[1],
        "game": large["game_us"] / small["game_us"] / more,
        "kernels": kernels,
        "per_c": kernels["flow"] / kernels["c"] if "c" in kernels else None,
        "target": targets.GROWTH_PER_C,
    }
