"""The autoscaler: Kubernetes' rule, its dead band, look-back and start time, and what no course of events may break."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from devops_tycoon.sim.flow.autoscale import Autoscaler, Fleet, a_fleet, observed, recommended
from devops_tycoon.sim.flow.forecast import PERIOD, TREND, Forecast, expected
from tests.examples import examples

RULE = Autoscaler(target=0.6, most=100, start_s=60.0)


def after(rule: Autoscaler, fleet: Fleet, loads: list[float], dt: float = 1.0, control_plane: bool = True) -> Fleet:
    """Let loads (replicas' worth of work), one for each window, act on a fleet."""
    for load in loads:
        for _ in range(round(rule.every_s / dt)):
            busy = min(1.0, load / fleet.ready)
            fleet = observed(rule, fleet, busy, load, dt, control_plane=control_plane)
    return fleet


def test_fifty_replicas_at_ninety_with_a_target_of_seventy_five_become_sixty() -> None:
    assert recommended(replace(RULE, target=0.75), 50, 0, 0.90) == 60


@pytest.mark.parametrize(("metric", "wanted"), [(0.54, 10), (0.66, 10), (0.661, 12), (0.539, 9), (0.0, 0)])
def test_nothing_changes_inside_the_dead_band(metric: float, wanted: int) -> None:
    assert recommended(RULE, 10, 0, metric) == wanted


def test_replicas_that_only_start_are_not_ordered_again() -> None:
    fleet = after(RULE, a_fleet(RULE, 10), [20.0, 20.0, 20.0])
    assert (fleet.ready, fleet.starting) == (10, (7,))


def test_one_decision_at_most_doubles_the_fleet_or_adds_four() -> None:
    low = replace(RULE, target=0.1)
    assert after(low, a_fleet(low, 10), [10.0]).asked == 20
    assert after(low, a_fleet(low, 2), [2.0]).asked == 6


def test_new_replicas_join_after_their_start_time() -> None:
    fleet = after(RULE, a_fleet(RULE, 10), [10.0])
    assert fleet.asked == 17
    for _ in range(59):
        fleet = observed(RULE, fleet, 1.0, 10.0, 1.0)
        assert fleet.ready == 10
    assert observed(RULE, fleet, 1.0, 10.0, 1.0).ready == 17


def test_it_scales_in_only_when_the_whole_look_back_agrees() -> None:
    fleet = after(RULE, a_fleet(RULE, 10), [6.0] + [3.0] * 19)
    assert fleet.ready == 10
    assert after(RULE, fleet, [3.0]).ready == 5
    assert after(RULE, fleet, [4.5] + [3.0] * 19).ready == 8


def test_scaling_in_takes_replicas_that_have_not_started_first() -> None:
    slow = replace(RULE, start_s=900.0, look_back_s=0.0)
    fleet = after(slow, a_fleet(slow, 10), [10.0])
    assert (fleet.ready, fleet.starting) == (10, (7,))
    assert after(slow, fleet, [5.5]).starting == (7,)
    assert after(slow, fleet, [5.0]).starting == ()
    assert after(slow, fleet, [3.0]).ready == 5


def test_without_a_control_plane_nobody_decides_and_nobody_joins() -> None:
    fleet = after(RULE, a_fleet(RULE, 10), [10.0])
    away = after(RULE, fleet, [10.0] * 8, control_plane=False)
    assert (away.ready, away.starting) == (10, (7,))
    assert observed(RULE, away, 1.0, 10.0, 1.0).ready == 17
    assert after(RULE, a_fleet(RULE, 10), [1.0] * 60, control_plane=False).ready == 10


def test_the_replicas_at_the_beginning_are_brought_within_the_bounds() -> None:
    assert a_fleet(replace(RULE, least=3), 1).ready == 3
    assert a_fleet(replace(RULE, most=8), 10).ready == 8


def test_a_trend_goes_on_as_it_went() -> None:
    line = Forecast(TREND, history_s=60.0)
    assert expected(line, (10.0, 12.0, 14.0, 16.0), 15.0, 60.0) == pytest.approx(16.0 + 2.0 * 5.5)
    assert expected(line, (16.0, 8.0, 0.0), 15.0, 60.0) == 0.0
    assert expected(line, (7.0,), 15.0, 60.0) == 7.0


def test_a_period_repeats_what_was_there_a_period_ago() -> None:
    daily = Forecast(PERIOD, lead_s=30.0, period_s=150.0)
    past = tuple(float(i) for i in range(10))  # the window that began 150 s ago is 0, and 30 s later was 2
    assert expected(daily, past, 15.0, 60.0) == 2.0
    assert expected(daily, past[-5:], 15.0, 60.0) == 0.0


def test_a_forecast_orders_before_the_load_is_there() -> None:
    ramp = [6.0 + 0.5 * i for i in range(12)]
    predictive = replace(RULE, forecast=Forecast(TREND))
    assert after(RULE, a_fleet(RULE, 10), ramp[:3]).asked == 12
    assert after(predictive, a_fleet(predictive, 10), ramp[:3]).asked == 17
    assert after(predictive, a_fleet(predictive, 10), ramp).ready * 0.6 >= ramp[-1]


@examples(60)
@given(
    rule=some.builds(
        Autoscaler,
        target=some.floats(0.05, 1.0),
        most=some.integers(5, 200),
        least=some.integers(1, 5),
        start_s=some.floats(0.0, 200.0),
        every_s=some.floats(1.0, 60.0),
        look_back_s=some.floats(0.0, 600.0),
        forecast=some.sampled_from((None, Forecast(TREND), Forecast(PERIOD, lead_s=60.0, period_s=300.0))),
    ),
    begin=some.integers(1, 100),
    course=some.lists(some.tuples(some.floats(0.0, 1.0), some.floats(0.0, 300.0), some.booleans()), max_size=120),
)
def test_there_are_never_fewer_than_the_least_nor_more_than_the_most(
    rule: Autoscaler, begin: int, course: list[tuple[float, float, bool]]
) -> None:
    fleet = a_fleet(rule, begin)
    for busy, offered, control_plane in course:
        before = fleet
        fleet = observed(rule, fleet, busy, offered, 5.0, control_plane=control_plane)
        assert rule.least <= fleet.ready <= fleet.asked <= rule.most
        assert len(fleet.starting) == len(fleet.due_s)
        assert all(count > 0 for count in fleet.starting)
        if not control_plane:
            assert (fleet.ready, fleet.starting) == (before.ready, before.starting)
