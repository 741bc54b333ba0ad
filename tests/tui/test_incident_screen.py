"""The incident of a company that is led, through the keys."""

import pytest

from devops_tycoon.tui.look import Look
from tests.tui.company_mode import leading_session, to_the_incident, to_the_shift
from tests.tui.stage import NARROW, NORMAL, run, stage

SIZES = pytest.mark.parametrize("size", [pytest.param(NORMAL, marks=pytest.mark.long), NARROW], ids=["120x36", "80x24"])


@SIZES
def test_an_incident_offers_what_can_be_done_now_and_does_what_is_chosen(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with stage(leading_session(ticks=900), size=size) as on:
            await to_the_incident(on)
            await on.press("i")
            assert on.kind == "IncidentScreen"
            text = on.text
            assert "not acknowledged yet" in text
            assert "wait and watch" in text
            assert "noticed by an alert" in text
            tick = on.play.session.world.tick
            await on.press("1")
            assert on.kind == "PlayScreen"
            assert "Ordered: " in on.text
            assert on.play.session.world.tick == tick
            on.play.play(1)
            await on.press("i")
            assert "ordered: " in on.text

    run(play)


def test_waiting_is_an_option_too_and_orders_nothing() -> None:
    async def play() -> None:
        async with stage(leading_session(ticks=900)) as on:
            await to_the_incident(on)
            given = len(on.play.session.orders)
            await on.press("i", "up", "enter")
            assert on.kind == "PlayScreen"
            assert len(on.play.session.orders) == given

    run(play)


def test_without_an_incident_the_key_says_that_there_is_none() -> None:
    async def play() -> None:
        async with stage(leading_session()) as on:
            await to_the_shift(on)
            await on.press("i")
            assert on.kind == "PlayScreen"

    run(play)


def test_an_incident_can_be_read_in_ascii_without_colour() -> None:
    async def play() -> None:
        async with stage(leading_session(ticks=900), look=Look("mono", "ascii")) as on:
            await to_the_incident(on)
            await on.press("i")
            assert on.kind == "IncidentScreen"
            assert on.text.isascii(), on.text

    run(play)
