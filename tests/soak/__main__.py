"""Plays random ticks and says whether all that must hold did: `python -m tests.soak --ticks 1000000 --seed 1`."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import chain
from time import monotonic

from tests.soak.episode import Done, length, plan, play

BATCH = 16
"""Episodes that a process is given at a time."""


@dataclass(frozen=True)
class Outcome:
    """All episodes together."""

    ticks: int
    graphs: int
    games: int
    orders: int
    digest: str
    """Of everything that was computed; it does not hang on how many processes did."""
    failure: str = ""

    def __str__(self) -> str:
        """Return the counts."""
        return f"{self.ticks} ticks, {self.graphs} graphs, {self.games} games, {self.orders} orders"


def soak(
    ticks: int, seed: int = 1, jobs: int = 1, first: int = 0, say: Callable[[str], object] = lambda _: None
) -> Outcome:
    """Play so many ticks from an episode on; stop at the first episode, in their order, that goes wrong."""
    total = graphs = games = orders = 0
    mark = blake2b(digest_size=8)
    told = 0
    for done in _played(seed, [(number + first, much) for number, much in plan(ticks)], jobs):
        total += done.ticks
        games += done.game
        graphs += not done.game
        orders += done.orders
        mark.update(done.digest.encode())
        if done.failure:
            return Outcome(total, graphs, games, orders, mark.hexdigest(), done.failure)
        if total // 10_000 > told:
            told = total // 10_000
            say(str(Outcome(total, graphs, games, orders, "")))
    return Outcome(total, graphs, games, orders, mark.hexdigest())


def _played(seed: int, episodes: list[tuple[int, int]], jobs: int) -> Iterator[Done]:
    """Yield how the episodes went, in their order."""
    if jobs <= 1:
        yield from (play(seed, number, ticks) for number, ticks in episodes)
        return
    batches = [episodes[i : i + BATCH] for i in range(0, len(episodes), BATCH)]
    pool = ProcessPoolExecutor(jobs)
    try:
        yield from chain.from_iterable(pool.map(partial(_batch, seed), batches))
    finally:
        pool.shutdown(cancel_futures=True)


def _batch(seed: int, episodes: list[tuple[int, int]]) -> list[Done]:
    return [play(seed, number, ticks) for number, ticks in episodes]


def main() -> int:
    """Read the command line, play, and return 1 if something went wrong."""
    parser = ArgumentParser("python -m tests.soak", description="Play random ticks; every law is checked after each.")
    parser.add_argument("--ticks", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--episode", type=int, help="play only this one")
    asked = parser.parse_args()
    began = monotonic()
    say = partial(print, flush=True)
    if asked.episode is not None:
        done = play(asked.seed, asked.episode, length(asked.episode))
        say(done.failure or f"episode {asked.episode}: {done.ticks} ticks, {done.orders} orders: clean")
        return 1 if done.failure else 0
    outcome = soak(asked.ticks, asked.seed, asked.jobs, say=say)
    if outcome.failure:
        say(outcome.failure)
        say(f"{outcome}: BROKEN (seed {asked.seed}, {monotonic() - began:.0f} s)")
        return 1
    say(f"{outcome}: clean (seed {asked.seed}, {monotonic() - began:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
