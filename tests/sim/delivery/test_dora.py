"""DORA's five measures, from deployments whose times are known."""

from dataclasses import replace

import pytest

from devops_tycoon.play.result import result
from devops_tycoon.sim.delivery.dora import dora, median
from devops_tycoon.sim.timing.calendar import day_of
from devops_tycoon.sim.values.delivery import Deployment
from tests.builders import a_session, order
from tests.delivering import delivering, play
from tests.leading import to_lead

A_DAY = 360 / 91
"""Ticks of a shift of 360 that stands for 13 weeks."""


def test_what_did_not_happen_is_null_and_a_lesson_has_nothing_to_deliver() -> None:
    session = delivering()
    play(session, 60)
    measures = result(session)["dora"]
    assert measures == {
        "deployment_frequency_per_day": 0.0,
        "lead_time_days": None,
        "change_fail_rate": None,
        "recovery_minutes": None,
        "rework_rate": None,
    }
    lesson = a_session()
    order(lesson, "inject bad-deploy web")
    lesson.advance(60)
    found = result(lesson)["dora"]
    assert list(found) == list(measures)
    assert found.pop("deployment_frequency_per_day") == pytest.approx(1 / (60 / 86_400))
    assert set(found.values()) == {None}


def test_they_are_counted_as_they_are_defined() -> None:
    session = delivering()
    play(session, 1795)
    first = Deployment(1, "web", 2, "rolling", 0, 40, False, 0, False, 30, (0, 20))
    second = Deployment(2, "web", 1, "rolling", 60, 100, True, 136, False, 100, (60,))
    third = Deployment(3, "web", 1, "rolling", 60, 220, False, 220, True, 210, (60,))
    tally = replace(session.world.tally, deployments=(first, second, third))
    found = dora(replace(session.world, tally=tally), session.rules)
    assert found.deployment_frequency_per_day == pytest.approx(3 / (359 / A_DAY))
    assert found.lead_time_days == pytest.approx(40 / A_DAY)  # of 20, 40, 40 and 160 ticks
    assert found.change_fail_rate == pytest.approx(1 / 3)
    assert found.recovery_minutes == 36 * 5 / 60
    assert found.rework_rate == pytest.approx(1 / 3)


def test_days_go_on_over_shifts() -> None:
    rules = to_lead(ticks=360)
    assert [day_of(rules, tick) for tick in (0, 180, 360, 540)] == [0, 45.5, 91, 136.5]


def test_the_middle_of_an_even_number_lies_between_two() -> None:
    assert (median([3.0, 1.0]), median([5.0, 1.0, 3.0]), median([])) == (2.0, 3.0, None)
