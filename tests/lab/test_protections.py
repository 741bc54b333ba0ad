"""What breakers and limits are for; docs/truth.md has how true it is beside the referee."""

import pytest

from devops_tycoon.lab.graph import LabBreaker
from tests.lab.graphs import availability, rows_of, run
from tests.truth.protected import BREAKER, SHEDDING, before_a_store


def test_an_open_breaker_keeps_the_load_away_and_closes_when_all_is_well() -> None:
    graph = before_a_store({"breaker": BREAKER, "required": False}, {"error_rate": 1.0})
    rows = rows_of(graph)
    asked = [row["services"]["db"]["attempts"] for row in rows]
    assert sum(asked[70:115]) < 0.05 * 100 * 45
    assert asked[150] == pytest.approx(100, rel=0.001)
    assert availability(rows, "web", 0, 200) == pytest.approx(1.0, abs=1e-9)
    degraded = sum(row["entries"]["web"]["degraded"] for row in rows)
    assert degraded == pytest.approx(100 * 62, rel=0.05)


def test_a_breaker_does_not_open_on_few_calls() -> None:
    few = before_a_store({"breaker": LabBreaker(min_calls=50)}, {"error_rate": 0.9}, rate=4)
    assert run(few)["services"]["db"]["attempts"] == pytest.approx(4, rel=0.001)


def test_the_important_are_served_first_and_the_unimportant_get_the_rest() -> None:
    found = run(SHEDDING["important before unimportant"])
    assert found["entries"]["web"]["availability"] > 0.999
    assert found["services"]["db"]["throughput"] == pytest.approx(200, rel=0.02)
