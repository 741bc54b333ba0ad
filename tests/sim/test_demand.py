from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.demand.demand import CROWD, DAY, day_curve, expected, rates, shape
from devops_tycoon.sim.rules.shift import Spike
from tests.builders import POSTING, STREAMING, a_world, lesson, some_rules


def test_the_day_curve_meets_its_hours_and_has_the_published_swing() -> None:
    assert [day_curve(3600 * hour) for hour in range(24)] == list(DAY)
    assert max(DAY) / min(DAY) == pytest.approx(5.0)
    assert max(DAY) == 1.0


@given(st.floats(0, 3 * 86_400))
def test_the_day_curve_is_continuous_and_repeats_every_day(at_s: float) -> None:
    assert min(DAY) <= day_curve(at_s) <= 1.0
    assert abs(day_curve(at_s) - day_curve(at_s + 1.0)) < 1e-4
    assert day_curve(at_s) == pytest.approx(day_curve(at_s + 86_400), abs=1e-9)


def test_a_batch_comes_in_its_time_only() -> None:
    rules = lesson(POSTING)
    ship, shift = rules.demand["ship"], rules.scenario.shifts[0]
    assert [shape(ship, shift, at) for at in (0, 2399.5, 2400, 5399.5, 5400)] == [0, 0, 1, 1, 0]


def test_a_spike_multiplies_while_it_lasts_and_spikes_multiply_each_other() -> None:
    rules = lesson(STREAMING)
    browse = replace(rules.demand["browse"], spikes=(Spike(100, 50, 3.0), Spike(120, 10, 2.0)))
    shift = rules.scenario.shifts[0]
    assert [shape(browse, shift, at) for at in (99.5, 100, 125, 149.5, 150)] == [1, 3, 6, 3, 1]


def test_a_shift_has_its_growth_and_a_crowd_that_hangs_on_the_seed_alone() -> None:
    rules = lesson(POSTING)
    world = a_world(POSTING)
    monday, friday = expected(world, rules), expected(replace(world, shift=4), rules)
    assert friday[0] / monday[0] == pytest.approx(1.6, rel=CROWD)
    base = [rules.demand[j.id].rate for j in rules.journeys]
    for seed in range(30):
        crowds = {
            round(rate / base[0], 12)
            for tick in range(50)
            for rate in expected(replace(world, seed=seed, tick=tick), rules)[:1]
        }
        assert len(crowds) == 1
        assert abs(crowds.pop() - 1.0) <= CROWD / 2
    assert len({expected(replace(world, seed=seed), rules)[0] for seed in range(30)}) == 30


def test_a_trace_replaces_shape_and_crowd_and_keeps_the_growth() -> None:
    rules = replace(some_rules(STREAMING), trace=(0.5, 2.0))
    world = a_world(STREAMING)
    found = [rates(replace(world, tick=tick), rules)[0] for tick in (0, 1, 2, 99)]
    assert found == [20.0, 80.0, 80.0, 80.0]


def test_seeds_bring_different_crowds_but_the_same_number_in_the_long_run() -> None:
    rules = some_rules(STREAMING)
    world = a_world(STREAMING)
    likely = expected(world, rules)[0]
    came = [rates(replace(world, tick=tick), rules)[0] for tick in range(2000)]
    mean = sum(came) / len(came)
    variance = sum((rate - mean) ** 2 for rate in came) / len(came)
    assert mean == pytest.approx(likely, rel=0.01)
    assert variance == pytest.approx(likely / rules.scenario.tick_s, rel=0.15)
    assert came != [rates(replace(world, tick=tick, seed=world.seed + 1), rules)[0] for tick in range(2000)]
