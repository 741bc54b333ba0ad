"""Odds: the same decisions with other seeds, to tell luck from skill."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from devops_tycoon.play.autoplay import drive_bot, drive_orders
from devops_tycoon.play.bots import BOTS
from devops_tycoon.play.company_bots import LEADERS
from devops_tycoon.play.game import Game
from devops_tycoon.play.replay import game_of, read
from devops_tycoon.play.session import Recorded, Session
from devops_tycoon.sim.score.score import score


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of the decisions on one seed."""

    seed: int
    points: int
    uptime: float
    won: bool
    refused: int = 0
    """Orders refused on that seed."""


@dataclass(frozen=True, slots=True)
class Odds:
    """The run itself, and the results of its decisions on other seeds."""

    this: Outcome
    others: tuple[Outcome, ...]

    @property
    def median(self) -> float:
        """Median points on the other seeds."""
        found = sorted(outcome.points for outcome in self.others)
        middle = len(found) // 2
        return float(found[middle]) if len(found) % 2 else (found[middle - 1] + found[middle]) / 2

    @property
    def place(self) -> float:
        """Share of the other seeds with fewer points, ties counted half: 0.5 is no luck at all."""
        below = sum(2 * (o.points < self.this.points) + (o.points == self.this.points) for o in self.others)
        return below / 2 / len(self.others)

    @property
    def wins(self) -> int:
        """Number of other seeds on which these decisions reach the goals."""
        return sum(outcome.won for outcome in self.others)

    @property
    def says(self) -> str:
        """One sentence: luck or skill."""
        away = self.this.points - self.median
        wins = f"wins on {self.wins} of {len(self.others)} other seeds"
        if abs(away) < CLOSE:
            return f"Neither: as usual ({self.median:g} points); {wins}."
        side = "Lucky: {:g} points above" if away > 0 else "Unlucky: {:g} points below"
        return f"{side.format(abs(away))} the usual {self.median:g}; {wins}."

    def document(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        rows = [
            {"seed": o.seed, "score": o.points, "uptime": o.uptime, "won": o.won, "refused": o.refused}
            for o in (self.this, *self.others)
        ]
        found = sorted(outcome.points for outcome in self.others)
        return {
            "this": rows[0],
            "others": rows[1:],
            "lowest": found[0],
            "median": self.median,
            "highest": found[-1],
            "wins": self.wins,
            "place": self.place,
            "says": self.says,
        }


CLOSE = 25
"""Points of 1000 that are not worth calling luck."""

Task = tuple[Game, tuple[Recorded, ...], str, int | None]
"""A game, its orders or its bot, and the tick at which it ends."""


def seeds_beside(seed: int, number: int) -> tuple[int, ...]:
    """Return this many seeds, counted from 1, without the played one."""
    return tuple(other for other in range(1, number + 2) if other != seed)[:number]


def odds(
    game: Game,
    orders: Sequence[Recorded],
    seeds: Sequence[int],
    jobs: int = 1,
    *,
    bot: str = "",
    until: int | None = None,
) -> Odds:
    """Play the orders (or a bot) on the game's own seed and on others, in several processes if requested."""
    return all_odds([(game, tuple(orders), bot, until)], seeds, jobs)[0]


def all_odds(tasks: Sequence[Task], seeds: Sequence[int], jobs: int = 1) -> list[Odds]:
    """Return the odds of several runs at once; runs with the same decisions are played once."""
    if not seeds:
        raise ValueError("no seed to compare with")
    wanted: dict[tuple[str, int, tuple[Recorded, ...], str, int | None], Task] = {}
    keys = []
    for game, orders, bot, until in tasks:
        mine = []
        for seed in (game.seed, *seeds):
            key = (f"{game.rules.id} {game.rules.fingerprint} {game.rules.level.id}", seed, orders, bot, until)
            wanted.setdefault(key, (replace(game, seed=seed), orders, bot, until))
            mine.append(key)
        keys.append(mine)
    found = dict(zip(wanted, _played(list(wanted.values()), jobs), strict=True))
    return [Odds(found[mine[0]], tuple(found[key] for key in mine[1:])) for mine in keys]


def _played(tasks: Sequence[Task], jobs: int) -> list[Outcome]:
    if jobs == 1 or len(tasks) == 1:
        return [outcome(task) for task in tasks]
    from concurrent.futures import ProcessPoolExecutor  # WebAssembly has no processes: one job must do without

    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(outcome, tasks))


def outcome(task: Task) -> Outcome:
    """Play one game; orders refused there are skipped."""
    game, orders, bot, until = task
    session = Session(game)
    refused = 0
    if bot:
        drive_bot(session, (BOTS | LEADERS)[bot], until)
    else:
        refused = len(drive_orders(session, orders, until))
    reached = score(session.world, session.rules)
    return Outcome(game.seed, reached.points, reached.uptime, reached.won, refused)


def odds_of_replay(file: Path, number: int, jobs: int = 1) -> Odds:
    """Play a recording's orders on this many other seeds, up to its end; raise ContentError if it is unusable."""
    replay = read(file)
    game = game_of(replay, str(file))
    return odds(game, replay.orders, seeds_beside(game.seed, number), jobs, until=replay.left_tick)


def lines(found: Odds) -> list[str]:
    """Return the distribution as text: one line per hundred points, with this run marked."""
    rows = [f"{'score':>9}  seeds"]
    for low in range(0, 1000, 100):
        high = low + 99 if low < 900 else 1000
        count = sum(low <= outcome.points <= high for outcome in found.others)
        here = "  ◆ this run" if low <= found.this.points <= high else ""
        rows.append(f"{low:4}–{high:<4}  {count:5}  {'#' * -(-40 * count // len(found.others))}{here}")
    refused = sum(outcome.refused for outcome in found.others)
    note = [f"{refused} orders could not be given on other seeds and were left out."] if refused else []
    return [f"This run: {found.this.points} points on seed {found.this.seed}.", *rows, found.says, *note]
