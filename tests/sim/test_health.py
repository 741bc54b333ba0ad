from dataclasses import replace
from typing import Any

import pytest

from devops_tycoon.sim.detection.health import ORDER, failing_share, health
from devops_tycoon.sim.values.world import World
from tests.builders import a_session, lesson, order, service_number


def with_reading(world: World, service: str, **values: float) -> World:
    """Return the world with other readings of one service."""
    at = service_number(world, service)
    changed: dict[str, Any] = {}
    for name, value in values.items():
        old = getattr(world.reading, name)
        changed[name] = (*old[:at], value, *old[at + 1 :])
    return replace(world, reading=replace(world.reading, **changed))


def a_calm_world() -> World:
    session = a_session(events=())
    session.advance(60)
    return session.world


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "ok"),
        ({"utilisation": 0.81}, "hot"),
        ({"wait_s": 0.5, "hold_s": 0.1}, "hot"),
        ({"utilisation": 1.0, "in_system": 150.0}, "hot"),
        ({"utilisation": 1.0, "in_system": 250.0}, "failing"),
        ({"arrivals": 100.0, "rejected": 6.0}, "failing"),
        ({"arrivals": 100.0, "rejected": 4.0}, "ok"),
        ({"arrivals": 100.0, "refused": 100.0}, "down"),
        ({"slots": 0.0}, "down"),
        ({"arrivals": 0.0, "refused": 0.0}, "ok"),
    ],
)
def test_one_word_says_how_a_service_is(values: dict[str, float], expected: str) -> None:
    world = with_reading(a_calm_world(), "web", slots=values.pop("slots", 100.0))
    assert health(with_reading(world, "web", **values), lesson("worse-than-dead"), 0) == expected
    assert expected in ORDER


def test_everybody_is_well_on_a_calm_day() -> None:
    world = a_calm_world()
    rules = lesson("worse-than-dead")
    assert {health(world, rules, number) for number in range(len(world.services))} == {"ok"}


def test_a_bad_version_shows_at_the_service_that_runs_it() -> None:
    session = a_session(events=())
    session.advance(10)
    order(session, "inject bad-deploy catalog")
    session.advance(30)
    world, rules = session.world, session.rules
    catalog = service_number(world, "catalog")
    assert health(world, rules, catalog) == "failing"
    assert failing_share(world, rules, catalog) == pytest.approx(0.2, abs=0.01)
    assert failing_share(world, rules, service_number(world, "identity")) < 0.01


def test_the_slow_dependency_reports_no_failure_while_its_caller_dies() -> None:
    session = a_session(events=())
    session.advance(10)
    order(session, "inject slow-dependency recommendations")
    session.advance(45)
    world, rules = session.world, session.rules
    assert health(world, rules, service_number(world, "web")) == "failing"
    assert failing_share(world, rules, service_number(world, "recommendations")) < 0.05
