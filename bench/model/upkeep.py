"""What a game costs besides time, and what checking a recording costs: memory per service, replays verified."""

import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.model.clock import now
from bench.model.company import a_company
from bench.model.games import a_warm_world
from devops_tycoon.play.game import load
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import verify
from devops_tycoon.sim.step import step
from devops_tycoon.sim.timing.clock import last_tick

LESSON = "worse-than-dead"
_ORDERS = ("set web>recommendations timeout=300ms fallback=on", "begin")


def memory(services: int) -> dict[str, Any]:
    """Return bytes per service of one more World, and of a game's first with its network and plan."""
    rules = a_company(services)
    tracemalloc.start()
    try:
        world = a_warm_world(rules, 2)
        whole, _ = tracemalloc.get_traced_memory()
        kept = step(world, (), rules)
        more, _ = tracemalloc.get_traced_memory()
        del kept
    finally:
        tracemalloc.stop()
    return {
        "services": services,
        "world_bytes_per_service": (more - whole) / services,
        "game_bytes_per_service": whole / services,
    }


def verified(ticks: int, repeats: int) -> dict[str, Any]:
    """Record a lesson's first ticks, verify the recording several times and return how fast that went."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.replay"
        game = load(LESSON, 1)
        session = Session(game, Journal.begin(path, game))
        for order in _ORDERS:
            session.place(order)
        session.advance(ticks)
        session.close()
        best = float("inf")
        for _ in range(repeats):
            begin = now()
            verdict = verify(path)
            best = min(best, now() - begin)
            if not verdict.verified:
                raise ArithmeticError(f"a recording made in this run is not verified: {verdict.problem}")
    whole = last_tick(game.rules)
    return {
        "scenario": LESSON,
        "ticks": ticks,
        "ticks_per_s": ticks / best,
        "lesson_ticks": whole,
        "lessons_per_s": ticks / best / whole,
    }
