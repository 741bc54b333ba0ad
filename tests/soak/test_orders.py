"""Floods of random orders leave every law standing; and the laws of the company would notice."""

from dataclasses import replace
from random import Random

import pytest

from tests.builders import a_world, some_rules
from tests.soak.check import BrokenLawError
from tests.soak.games import check_company, play_game
from tests.soak.orders import EAGER, flood
from tests.soak.play import Story


def test_the_orders_of_a_short_game_are_clean() -> None:
    story = Story()
    play_game(Random("orders"), 8, story, EAGER)
    assert story.orders > 20


@pytest.mark.long
def test_a_few_hundred_random_orders_are_clean() -> None:
    found = flood(300, seed=2)
    assert found.failure == ""
    assert found.orders >= 300


@pytest.mark.long
def test_twenty_thousand_random_orders_are_clean() -> None:
    assert flood(20_000, seed=3).failure == ""


def test_money_that_no_book_explains_and_replicas_without_room_are_noticed() -> None:
    world, rules = a_world(), some_rules()
    check_company(world, rules)
    first, *others = world.services
    lies = [
        replace(world, cash_cents=world.cash_cents + 1),
        replace(world, services=(replace(first, replicas=0), *others)),
        replace(world, services=(replace(first, replicas=first.most + 1), *others)),
    ]
    for lie in lies:
        with pytest.raises(BrokenLawError):
            check_company(lie, rules)
