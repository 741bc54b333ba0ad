"""Proofs of scenarios: on five seeds the solution wins, and doing nothing and the plausible detour lose."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.play.autoplay import drive_orders
from devops_tycoon.play.game import load
from devops_tycoon.play.replay import read
from devops_tycoon.play.session import Recorded, Session
from devops_tycoon.sim.score.score import score

SEEDS = (1, 2, 3, 4, 5)
WITHOUT = "solution without its lesson"
PLAYS = {"solution": True, "idle": False, "detour": False, WITHOUT: False}
"""Each play, and whether it must win."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One play of one lesson on one seed."""

    scenario: str
    play: str
    seed: int
    must_win: bool
    won: bool
    uptime: float
    points: int
    refused: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the result is as required and no order of the file was refused."""
        return self.won == self.must_win and not self.refused

    def document(self) -> dict[str, Any]:
        """Return the proof as plain values."""
        return {
            "scenario": self.scenario,
            "play": self.play,
            "seed": self.seed,
            "must_win": self.must_win,
            "won": self.won,
            "holds": self.holds,
            "uptime": self.uptime,
            "score": self.points,
            "refused": list(self.refused),
        }

    def __str__(self) -> str:
        """Return one line."""
        verdict = "ok" if self.holds else "FAILS"
        ending = "wins" if self.won else "loses"
        line = f"{verdict:5} {self.scenario}: {self.play} {ending} (seed {self.seed}, uptime {self.uptime:.3%})"
        return line + "".join(f"\n      refused: {text}" for text in self.refused)


def prove_all(paths: Sequence[Path], say: Callable[[str], object] = lambda _: None) -> list[Proof]:
    """Prove every lesson in files and folders, on all processors."""
    tasks = [(str(file), play, seed) for file in lessons(paths) for play in plays(file) for seed in SEEDS]
    proofs = []
    with ProcessPoolExecutor(min(len(tasks) or 1, os.cpu_count() or 1)) as pool:
        for done, proof in enumerate(pool.map(_prove, tasks), 1):
            proofs.append(proof)
            if done % len(SEEDS) == 0:
                say(f"{done} of {len(tasks)} plays")
    return proofs


def lessons(paths: Sequence[Path]) -> list[Path]:
    """Return the scenario files that have a solution file next to them."""
    files = [file for path in paths for file in (sorted(path.rglob("*.toml")) if path.is_dir() else [path])]
    return [file for file in files if order_file(file, "solution").is_file()]


def plays(scenario: Path) -> tuple[str, ...]:
    """Return the plays that prove a scenario: all of them for a lesson.

    An act needs no detour, because company mode may have no single plausible one; and only a scenario that
    names the orders of its lesson can be played without them.
    """
    known = load(str(scenario.resolve())).rules.scenario
    return tuple(
        play
        for play in PLAYS
        if known.kind == "lesson"
        or (known.lesson_orders if play == WITHOUT else order_file(scenario, play).is_file() or play != "detour")
    )


def order_file(scenario: Path, play: str) -> Path:
    """Return the order file of a play."""
    return scenario.with_name(f"{scenario.stem}.{play}.orders")


def _prove(task: tuple[str, str, int]) -> Proof:
    return prove(Path(task[0]), task[1], task[2])


def prove(scenario: Path, play: str, seed: int) -> Proof:
    """Play one order file of a lesson on one seed; raise ContentError where it is missing or wrong."""
    session = Session(load(str(scenario.resolve()), seed))
    lesson = session.rules.scenario.lesson_orders
    file = order_file(scenario, play.split()[0])
    if not file.is_file():
        raise ContentError(
            [
                Problem(
                    str(file), 0, "", "is missing; a lesson brings solution, idle and detour, an act solution and idle"
                )
            ]
        )
    orders: Sequence[Recorded] = plan(file)
    if play == WITHOUT:
        orders = [order for order in orders if not order.order.startswith(lesson)]
    refused = drive_orders(session, orders)
    reached = score(session.world, session.rules)
    return Proof(
        session.rules.scenario.id, play, seed, PLAYS[play], reached.won, reached.uptime, reached.points, tuple(refused)
    )


def plan(file: Path) -> tuple[Recorded, ...]:
    """Read an order file; one that holds only comments does nothing."""
    return read(file, tags=False).orders
