"""Adaptive throttling: what a caller remembers of the last two minutes."""

import pytest

from devops_tycoon.lab.graph import LabDemand, LabFault, LabGraph, LabService
from tests.lab.graphs import rows_of


def asking(tick_s: float) -> list[float]:
    """Return what a refusing service is asked, per tick: it refuses all from 300 to 360 s."""
    graph = LabGraph(
        (LabService("a", 10, 10, throttle=True),),
        (),
        (LabDemand("a", 100),),
        (LabFault(300, 60, "a", down=True),),
        seconds=600,
        warmup_s=0,
        tick_s=tick_s,
    )
    return [row["services"]["a"]["attempts"] for row in rows_of(graph)]


@pytest.mark.parametrize("tick_s", [0.5, 1.0, 3.0, 10.0])
def test_a_caller_that_had_no_trouble_for_two_minutes_asks_as_often_as_it_wants(tick_s: float) -> None:
    asked = asking(tick_s)
    assert asked[: int(300 / tick_s)] == pytest.approx([100.0] * int(300 / tick_s))
    assert asked[int(490 / tick_s) :] == pytest.approx([100.0] * len(asked[int(490 / tick_s) :]))


def test_half_of_two_minutes_may_fail_before_requests_are_held_back() -> None:
    short = LabGraph(
        (LabService("a", 10, 10, throttle=True),),
        (),
        (LabDemand("a", 100),),
        (LabFault(300, 59, "a", down=True), LabFault(500, 90, "a", down=True)),
        seconds=600,
        warmup_s=0,
    )
    asked = [row["services"]["a"]["attempts"] for row in rows_of(short)]
    assert min(asked[:561]) == pytest.approx(100.0)
    # R requests in the window, of which A were accepted: with 89 of 120 s failed, (R − 2A)/R are held back
    assert asked[589] == pytest.approx(100.0 * (1.0 - (89 - 31) / 120), rel=0.03)
