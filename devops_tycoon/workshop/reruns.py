"""Reruns: what was handed in is played again from its text alone, in a process of its own, one after the other.

The room's own loop never plays a stranger's recording. Whatever happens to the process happens to it alone.
"""

import asyncio
import multiprocessing
import os
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from devops_tycoon.workshop.classroom import Seat, run
from devops_tycoon.workshop.homework import decisions

LONGEST_S = 120.0
"""A recording that takes longer than this to play is not believed."""
_LOOK_S = 0.2

Task = tuple[str, int, str, Seat]
"""Scenario, seed, difficulty, and whose recording."""


class Reruns:
    """The process, started when there is something to play, and again when it has died."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False

    async def play(self, task: Task) -> dict[str, Any]:
        """Return what came of playing a recording again: score, uptime, decisions, and what is wrong with it."""
        return await asyncio.to_thread(self._play, task)

    def close(self) -> None:
        """Leave nothing running."""
        self._closed = True
        self._end()

    def _play(self, task: Task) -> dict[str, Any]:
        with suppress(EOFError, OSError, ValueError):
            pipe = self._ready()
            pipe.send(task)
            left = LONGEST_S
            while left > 0 and not self._closed:
                if pipe.poll(_LOOK_S):
                    found: dict[str, Any] = pipe.recv()
                    return found
                left -= _LOOK_S
        self._end()
        return {"problem": "could not be verified"}

    def _ready(self) -> Connection:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self._end()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=main, args=(theirs,), name="reruns", daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _end(self) -> None:
        process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.kill()
            process.join(2)


def main(pipe: Connection) -> None:
    """Play what comes through the pipe until the room at its other end is gone."""
    with suppress(AttributeError, OSError):
        os.nice(10)  # the room comes first
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            pipe.send(rerun(pipe.recv()))


def rerun(task: Task) -> dict[str, Any]:
    """Play one recording and return what the room tells of it; whatever is wrong with it is said, never raised."""
    try:
        found = run(task)
    except Exception as error:  # a stranger's text: it may find what nobody thought of
        return {"problem": f"cannot be played ({type(error).__name__})"}
    return {
        "problem": found.problem, "score": found.points, "uptime": found.uptime, "orders": len(found.own),
        "made": decisions(found),
    }  # fmt: skip
