"""The clock of a room: it announces ticks at the host's pace, each when the disk has it."""

import asyncio
import time

from devops_tycoon.workshop import sleep_detection as clocks
from devops_tycoon.workshop.commands import Command
from devops_tycoon.workshop.hub import Hub
from devops_tycoon.workshop.room import HISTORY, HISTORY_PACE, PAUSED, PLANNING, TICKING

BEAT_S = 0.25
"""It announces four times a second at most."""
MANY = 100
"""More people than this are told half as often."""


class Clock:
    """What no log keeps: the time of the world outside."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._planning_ends: float | None = None
        self._steps = 0
        self._owed = 0.0
        hub.requests.on_command(self.heed)

    def _planning_left(self) -> int | None:
        """Return the seconds until the planning ends by itself, in steps of five."""
        if self._planning_ends is None:
            return None
        return max(0, int((self._planning_ends - time.monotonic() + 4.999) // 5 * 5))

    def heed(self, command: Command) -> None:
        """Set its timers by what the host has said."""
        if command.verb == "more":
            self._planning_ends = max(self._planning_ends or 0.0, time.monotonic()) + command.number
        elif command.verb in ("start", "reset", "lesson", "end"):
            self._planning_ends = None
        elif command.verb == "step":
            self._steps += command.number

    async def tick_for_ever(self) -> None:
        """Let time pass."""
        due, seen = time.monotonic(), clocks.look()
        while True:
            beat_s = BEAT_S if len(self._hub.room.people) <= MANY else 2 * BEAT_S
            due += beat_s
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            before, seen = seen, clocks.look()
            if clocks.slept(before, seen, beat_s):
                due = time.monotonic()
                await self._hub.pause("The facilitator's machine was asleep; the facilitator can resume.")
                continue
            if time.monotonic() - due > beat_s:
                due = time.monotonic()  # a short hiccup is not made up for by a rush
            await self._beat(beat_s)
            self._hub.left_s = self._planning_left()

    async def _beat(self, beat_s: float) -> None:
        if self._planning_ends is not None and time.monotonic() >= self._planning_ends:
            self._planning_ends = None
            if self._hub.coming.state == PLANNING:
                await self._hub.requests.command(Command("start"))
        room, steps, self._steps = self._hub.coming, self._steps, 0
        if steps and room.state == PAUSED:
            await self._hub.tick(min(steps, room.until - room.tick))
        elif room.state not in TICKING or self._hub.busy or self._hub.waits:
            self._owed = 0.0
        else:
            self._owed += beat_s * (HISTORY_PACE if room.state == HISTORY else room.pace)
            whole = int(self._owed)
            self._owed -= whole
            await self._hub.tick(min(whole, room.until - room.tick))
