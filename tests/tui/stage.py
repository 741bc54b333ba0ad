"""A stage for the tests of screens: an app without a terminal, and its screen as plain text."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from textual import _wait, events
from textual.app import App
from textual.pilot import Pilot

from devops_tycoon.play.game import load
from devops_tycoon.play.saves import new_save
from devops_tycoon.play.session import Session
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.tui.app import TycoonApp
from devops_tycoon.tui.look import Look
from devops_tycoon.tui.screens.play import PlayScreen

_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.005, 0.0005
"""Seconds between two looks whether the app is idle; Textual looks every 20 ms, three times for every key."""
NORMAL, NARROW = (120, 36), (80, 24)
LESSON = "worse-than-dead"


class Stage:
    """One run of the app."""

    def __init__(self, app: TycoonApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Type as a terminal passes on what was pasted: all of it before any of it has had its effect."""
        for char in text:
            self.app.post_message(events.Key("enter", "\r") if char == "\n" else events.Key(char, char))
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def text(self) -> str:
        """The screen as plain text."""
        return screen_text(self.app)

    @property
    def kind(self) -> str:
        """The name of the class of the screen."""
        return type(self.app.screen).__name__

    @property
    def play(self) -> PlayScreen:
        """The play screen."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, PlayScreen))

    async def begin(self) -> None:
        """Begin the shift, and stop the real clock: tests play ticks themselves."""
        self.play.action_pause()
        self.hold()
        await self.pilot.pause()

    async def to_trouble(self) -> None:
        """Play until the clock stops by itself; the trouble is brought about early, to save time."""
        await self.begin()
        self.play.session.place("inject slow-dependency recommendations lasts=3600s", by=FACILITATOR)
        self.play.play(200)
        assert self.play.paused_for_incident
        await self.pilot.pause()

    def hold(self) -> None:
        """Stop the real clock."""
        self.play.pace = type(self.play.pace)(speed=self.play.pace.speed, paused=True)

    async def to_the_end(self) -> None:
        """Cut the day short and play to its end."""
        session = self.play.session
        self.hold()
        cut = [replace(shift, ticks=1) for shift in session.rules.scenario.shifts]
        last = replace(session.rules.scenario.shifts[0], ticks=session.world.tick - session.world.shift_began + 2)
        scenario = replace(session.rules.scenario, shifts=(*cut[: session.world.shift], last))
        session.game = replace(session.game, rules=replace(session.rules, scenario=scenario))
        self.play.play(100)
        assert session.over
        await self.pilot.pause()


def screen_text(app: App[None]) -> str:
    """Return what the terminal would show, without colours."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


@asynccontextmanager
async def stage(
    session: Session | None = None, size: tuple[int, int] = NORMAL, look: Look | None = None
) -> AsyncIterator[Stage]:
    """Run the app."""
    app = TycoonApp(session, look or Look("safe", "braille"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield Stage(app, pilot)


def a_session(scenario: str = LESSON, seed: int = 1) -> Session:
    """Return a new recorded game."""
    return new_save(load(scenario, seed))


def run(play: Callable[[], Awaitable[None]]) -> None:
    """Run an async test."""

    async def main() -> None:
        await play()

    asyncio.run(main())
