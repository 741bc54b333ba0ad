"""Ctrl-C is a wish that is heeded after the tick."""

import signal
from collections.abc import Sequence

import pytest

from devops_tycoon.play.autoplay import drive_bot
from devops_tycoon.play.interrupt import stoppable
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import Order
from devops_tycoon.sim.values.world import World
from tests.builders import a_session


def interrupting(world: World, rules: Rules) -> Sequence[Order]:  # noqa: ARG001
    signal.raise_signal(signal.SIGINT)
    return ()


def test_a_run_that_is_asked_to_stop_ends_after_the_tick_it_is_in() -> None:
    session = a_session(began=False)
    with pytest.raises(KeyboardInterrupt), stoppable() as wish:
        drive_bot(session, interrupting, watch=wish.heed)
    assert session.world.tick == 1


def test_who_asks_twice_does_not_wait() -> None:
    with stoppable():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_nobody_who_asks_is_heard_and_later_interrupts_are_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as wish:
        wish.heed()
    assert signal.getsignal(signal.SIGINT) == before
