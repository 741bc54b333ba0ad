"""After trouble: clients come back soon, and rooms notice that a machine slept."""

import asyncio

from devops_tycoon.workshop.connection import FIRST_S, SLOWEST_S, next_wait
from devops_tycoon.workshop.round_game import RoundGame
from devops_tycoon.workshop.simulators import Simulators
from devops_tycoon.workshop.sleep_detection import Clocks, slept


def test_tries_become_rarer_but_a_room_that_was_there_is_soon_asked_again() -> None:
    waits = [FIRST_S]
    for _ in range(10):
        waits.append(next_wait(waits[-1], connected=False))
    assert waits == sorted(waits)
    assert 1.5 * waits[-1] <= SLOWEST_S
    assert next_wait(waits[-1], connected=True) == FIRST_S


def test_after_a_restart_no_order_waits_for_simulators_that_still_start() -> None:
    async def judged() -> tuple[str | None, str]:
        simulators = Simulators(lambda *_: None, lambda _: [], 1, hurry=True)
        try:
            simulators.begin(RoundGame("worse-than-dead", "engineer", 7, 1, None, b""), ["P01"], 0)
            early = await simulators.why_not("P01", "scale nobody +1")
            async with asyncio.timeout(60):
                while not (later := await simulators.why_not("P01", "scale web -99")):
                    await asyncio.sleep(0.01)
            return early, later
        finally:
            simulators.close()

    early, later = asyncio.run(judged())
    assert early is None
    assert later


def test_a_lid_that_was_closed_or_a_clock_that_was_set_is_noticed() -> None:
    then = Clocks(100.0, 5000.0)
    assert not slept(then, Clocks(100.25, 5000.25), 0.25)
    assert not slept(then, Clocks(102.0, 5002.1), 0.25), "a hiccup"
    assert slept(then, Clocks(108.0, 5008.0), 0.25), "the steady clock ran on"
    assert slept(then, Clocks(100.25, 5600.25), 0.25), "the steady clock stood still"
    assert slept(then, Clocks(100.25, 4000.0), 0.25), "it was set back"
