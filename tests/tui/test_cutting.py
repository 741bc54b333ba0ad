"""Splitting and merging services of a company that is led, through the keys."""

import pytest

from devops_tycoon.tui.look import Look
from tests.tui.company_mode import leading_session, to_the_plan
from tests.tui.stage import NARROW, NORMAL, a_session, run, stage

SIZES = pytest.mark.parametrize("size", [pytest.param(NORMAL, marks=pytest.mark.long), NARROW], ids=["120x36", "80x24"])


@SIZES
def test_a_cut_shows_its_numbers_before_it_is_ordered(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with stage(leading_session(), size=size) as on:
            await to_the_plan(on)
            await on.press("s")
            assert on.kind == "CutScreen"
            assert "Space selects" in on.text
            await on.press("down", "space")
            assert "calls across" in on.text
            assert "split search" in on.text
            await on.press("enter")
            assert on.kind == "PlanningScreen"
            assert "Ordered: split search" in on.text
            assert [str(project.order) for project in on.play.session.world.projects] == ["split search"]
            await on.press("u")
            assert not on.play.session.world.projects

    run(play)


def test_capabilities_of_another_service_are_no_part_of_the_same_cut() -> None:
    async def play() -> None:
        async with stage(leading_session()) as on:
            await to_the_plan(on)
            await on.press("s", "space", "down", "space")
            assert "split storefront search" in on.text
            await on.press("c", "enter")
            assert "Space selects capabilities to split off." in on.text
            assert not on.play.session.world.projects

    run(play)


def test_a_service_is_merged_into_one_that_it_works_with() -> None:
    async def play() -> None:
        async with stage(leading_session()) as on:
            await to_the_plan(on)
            await on.press("s", "end", "m")
            assert on.kind == "OrderScreen"
            assert "merge web" in on.text

    run(play)


def test_the_graph_can_be_seen_where_there_is_no_room_for_both_and_in_ascii() -> None:
    async def play() -> None:
        async with stage(leading_session(), size=NARROW, look=Look("mono", "ascii")) as on:
            await to_the_plan(on)
            await on.press("s", "down", "space", "g")
            assert "Inside web" in on.text
            assert on.text.isascii(), on.text
            await on.press("g", "escape")
            assert on.kind == "PlanningScreen"

    run(play)


def test_a_cut_comes_with_its_sizes_and_they_are_those_of_the_order() -> None:
    async def play() -> None:
        async with stage(a_session("act-2")) as on:
            await on.press("enter", "s", *["down"] * 5, "space", "d")
            assert "split ratings data=moved disks=4" in on.text
            assert "2 replicas, a store of 4 disks" in on.text
            await on.press("plus", "plus", "minus")
            assert "3 replicas, a store of 4 disks" in on.text
            await on.press("enter")
            assert [str(p.order) for p in on.play.session.world.projects] == [
                "split ratings replicas=3 data=moved disks=4"
            ]

    run(play)


def test_another_part_gets_its_own_replicas() -> None:
    async def play() -> None:
        async with stage(a_session("act-2")) as on:
            await on.press("enter", "s", "space", "plus", "space")
            assert "split storefront replicas=5" not in on.text
            await on.press("space")
            assert "split storefront replicas=5" in on.text

    run(play)
