"""A crowd: many clients in a process of its own, so that measuring them does not measure the room's host.

The process is told what to do in one line of JSON, says `ready`, waits for `go`, ends by itself or at `stop`, and says
what it saw in one line of JSON. Whoever started it waits for a bounded time.
"""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from bench.rooms.attacks import ATTACKS
from devops_tycoon.workshop.addresses import LOOPBACK
from devops_tycoon.workshop.connection import Connection
from devops_tycoon.workshop.tokens import person_token

Json = dict[str, Any]
FIRST_MS = 200
"""Every order of a crowd has a number of its own in it, by which it is found in the log."""


class Crowd:
    """A process full of clients, seen from outside."""

    def __init__(self, what: str, limit_s: float = 120, **told: Any) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.rooms.crowd"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._limit = threading.Timer(limit_s, self._process.kill)
        self._limit.daemon = True
        self._limit.start()
        self._say(json.dumps({"what": what, **told}))

    def _say(self, line: str) -> None:
        with suppress(OSError, ValueError):
            if self._process.stdin:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()

    def heard(self) -> Json:
        """Return its next line; raise RuntimeError if it ended without one."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("a crowd ended early")
        heard: Json = json.loads(line)
        return heard

    def go(self) -> None:
        """Let it begin, once it is ready."""
        self.heard()
        self._say("go")

    def stop(self) -> Json:
        """Ask for its end and return what it saw."""
        self._say("stop")
        return self.end()

    def end(self) -> Json:
        """Wait for its own end and return what it saw."""
        try:
            return self.heard()
        finally:
            self._limit.cancel()
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()


class Watched:
    """One client that remembers what it was shown and when."""

    def __init__(self, port: int, code: str) -> None:
        self.line = Connection(f"{LOOPBACK}:{port}", person_token(), code, "", self._changed)
        self.ticks: list[tuple[float, int]] = []
        self.welcomes: list[float] = []
        self.answers: list[tuple[float, float, bool, int, str]] = []
        """(when asked, when answered, whether stored, at which tick, the order or why not)."""
        self.back = 0
        """Times that the clock went back."""
        self._was = False

    def _changed(self) -> None:
        tick = int(self.line.now.get("tick", 0))
        if self.line.connected != self._was:
            self._was = self.line.connected
            if self._was:
                self.welcomes.append(time.monotonic())
        if not self.ticks or self.ticks[-1][1] != tick:
            if self.ticks and tick < self.ticks[-1][1]:
                self.back += 1
            self.ticks.append((time.monotonic(), tick))

    async def order(self, text: str, kind: str = "order") -> None:
        """Ask for something and note how long the answer took."""
        asked = time.monotonic()
        answer = await self.line.send(kind, text)
        said = text if answer.stored else answer.why
        self.answers.append((asked, time.monotonic(), answer.stored, answer.tick, said))

    def seen(self) -> Json:
        """Return everything as one value."""
        return {
            "me": self.line.welcome.get("me", ""), "bye": self.line.bye, "ticks": self.ticks,
            "welcomes": self.welcomes, "answers": self.answers, "back": self.back,
        }  # fmt: skip


Heard = Callable[[], Awaitable[str]]


async def _orders(told: Json, ready: Callable[[], None], hear: Heard) -> Json:
    """Join, then ask once every `every_s`, spread over that time, so many `times` or until told to stop."""
    mates = [Watched(told["port"], told["code"]) for _ in range(told["count"])]
    lines = []
    spread = float(told.get("spread_s", 0.01 * len(mates)))
    for mate in mates:
        lines.append(asyncio.create_task(mate.line.run()))
        await asyncio.sleep(spread / len(mates))
    while not all(mate.line.welcome or mate.line.bye for mate in mates):
        await asyncio.sleep(0.05)
    ready()
    await hear()
    start, every = time.monotonic(), float(told.get("every_s", 1.0))

    async def one(number: int, mate: Watched) -> None:
        for turn in range(int(told.get("times", 0))):
            due = start + every * (turn + number / len(mates))
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            ms = FIRST_MS + turn + (number * int(told["times"]) if told.get("unique") else 0)
            if told.get("answers"):
                await mate.order(f"{mate.line.now['poll']['id']} {1 + turn % 2}", "answer")
            else:
                await mate.order(f"set web>catalog timeout={ms}ms")

    work = asyncio.gather(*[one(number, mate) for number, mate in enumerate(mates)])
    stop = asyncio.ensure_future(hear())
    if told.get("times"):
        await asyncio.wait((work, stop), return_when=asyncio.FIRST_COMPLETED)
    else:
        await stop
    work.cancel()
    stop.cancel()
    await asyncio.gather(work, return_exceptions=True)
    seen = [mate.seen() for mate in mates]
    for task in lines:
        task.cancel()
    await asyncio.gather(*lines, return_exceptions=True)
    return {"clients": seen}


async def _attack(told: Json, ready: Callable[[], None], hear: Heard) -> Json:
    with suppress(AttributeError, OSError):
        os.nice(10)  # it would have processors of its own; here it must not take the room's
    ready()
    await hear()
    attack = ATTACKS[told["attack"]]
    return await attack(told["port"], told["code"], told["amount"])


_WHAT = {"orders": _orders, "attack": _attack}


async def _main() -> None:
    told = json.loads(sys.stdin.readline())
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        with suppress(RuntimeError, ValueError, OSError):
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line)
        os._exit(1)  # whoever started us has gone

    threading.Thread(target=listen, daemon=True).start()
    found = await _WHAT[told["what"]](told, lambda: _say({"ready": True}), lines.get)
    _say(found)


def _say(told: Json) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main())
