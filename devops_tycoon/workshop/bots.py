"""Bots that join like anybody else, for rehearsals and tests."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress

from devops_tycoon.content.problem import ContentError
from devops_tycoon.play.autoplay import Bot
from devops_tycoon.play.session import Recorded
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import World
from devops_tycoon.workshop.addresses import LOOPBACK
from devops_tycoon.workshop.bot_strategies import forecasting, habits
from devops_tycoon.workshop.connection import Connection
from devops_tycoon.workshop.follower import Follower
from devops_tycoon.workshop.remote import game_of
from devops_tycoon.workshop.room import BEGINS
from devops_tycoon.workshop.tokens import person_token

LOOK_S = 0.25
MOST_ORDERS = 20
"""Of one bot at once."""


class Classmates:
    """A process full of bots."""

    def __init__(self, port: int, code: str, count: int) -> None:
        self._process: subprocess.Popen[str] | None = None
        if count > 0:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "devops_tycoon.workshop.bots"],
                stdin=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
            with suppress(OSError):
                if self._process.stdin:
                    self._process.stdin.write(json.dumps({"port": port, "code": code, "count": count}) + "\n")
                    self._process.stdin.flush()

    def close(self) -> None:
        """Send them home."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            with suppress(OSError):
                if self._process.stdin:
                    self._process.stdin.close()


class Classmate:
    """One bot at its own line: it looks four times a second and never waits for an answer to go on."""

    def __init__(self, port: int, code: str, number: int, token: str = "") -> None:
        self.line = Connection(f"{LOOPBACK}:{port}", token or person_token(), code, "", self._changed)
        self._number = number
        self._news = asyncio.Event()
        self.follower: Follower | None = None
        self._asked_at = -1
        self._bot: Bot = lambda _, __: ()
        self.habit = ""
        self.sent: list[Recorded] = []
        """Orders that were acknowledged, with their ticks."""
        self._tasks: set[asyncio.Task[None]] = set()

    def _changed(self) -> None:
        self._news.set()

    async def run(self) -> None:
        """Play until the room says goodbye."""
        line = asyncio.create_task(self.line.run())
        try:
            while not self.line.bye:
                self._news.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), LOOK_S)
                if self.line.welcome:
                    await self._look()
        finally:
            self.line.hang_up()
            await line

    async def _look(self) -> None:
        inbox = self.line.take()
        if self.follower is None or inbox.again:
            game = game_of(self.line.welcome)
            self.follower, self._asked_at = Follower(game), -1
            ways = habits(str(self.line.welcome["scenario"]), game.rules)
            self.habit, make = ways[self._number % len(ways)]
            self._bot = forecasting(self._number, make())
            self.line.renew()
            inbox = self.line.take() if inbox.again else inbox
        follower = self.follower
        follower.take(Recorded(int(tick), str(order), str(by)) for tick, order, by, _ in inbox.log)
        follower.to = int(self.line.now.get("tick", 0))
        marks = len(follower.session.marks)
        while follower.follow(16):
            await asyncio.sleep(0)  # others play too
        for mark in follower.session.marks[marks:]:
            await self.line.mark(mark.tick, mark.digest)
        self._decide(follower.session.seen, follower.session.rules)

    def _decide(self, world: World, rules: Rules) -> None:
        """Do what its habit says, once a tick; bots are asked at round times, so the last such time counts."""
        if self.line.now.get("state") not in ("planning", "running") or world.phase == "over":
            return
        every = max(1, 60 // rules.scenario.tick_s)
        at = world.tick // every
        if at == self._asked_at:
            return
        self._asked_at = at
        for order in list(self._bot(world, rules))[:MOST_ORDERS]:
            if order.verb not in BEGINS:
                self._begin(self._order(str(order)))

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _order(self, order: str) -> None:
        answer = await self.line.send("order", order)
        if answer.stored:
            self.sent.append(Recorded(answer.tick, order))


async def play(port: int, code: str, count: int, ready: Callable[[list[Classmate]], None] = lambda _: None) -> None:
    """Let so many bots play in a room."""
    mates = [Classmate(port, code, number) for number in range(count)]
    ready(mates)
    await asyncio.gather(*[mate.run() for mate in mates])


def main() -> None:
    """Play with what standard input says."""
    with suppress(KeyboardInterrupt, ContentError, ValueError):
        told = json.loads(sys.stdin.readline())
        threading.Thread(target=_leave_when_alone, daemon=True).start()
        asyncio.run(play(**told))


def _leave_when_alone() -> None:
    """End when the parent process does: its end of our standard input closes."""
    with suppress(OSError, ValueError):
        sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
