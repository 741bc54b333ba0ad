"""Jitter spreads retries and loses none."""

from dataclasses import replace

import pytest

from devops_tycoon.sim.flow import Demand, Network, Node, Pool, advance, empty
from devops_tycoon.sim.flow.jitter import push_spread, weights


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.3, 2.3), (1.2, 1.7), (3.0, 9.0), (1.0, 40.5), (7.9, 8.2)])
def test_a_uniform_delay_keeps_its_mean_and_loses_nobody(low: float, high: float) -> None:
    shares = weights(low, high)
    assert sum(share for _, share in shares) == pytest.approx(1.0, abs=1e-12)
    assert sum(tick * share for tick, share in shares) == pytest.approx((low + high) / 2, abs=1e-9)
    assert all(share >= 0.0 and low - 1 <= tick <= high + 1 for tick, share in shares)


def test_a_pause_shorter_than_a_tick_is_one_tick() -> None:
    line = [0.0] * 8
    push_spread(line, 0, 8, 2.0, 2.0, 100.0)
    assert sum(line) == pytest.approx(100.0)
    assert line[0] == 0.0
    assert line[1] > 25.0  # a quarter would come back within the first tick


def test_a_wider_spread_is_flatter() -> None:
    peaks = []
    for spread in (0.5, 2.0, 8.0):
        line = [0.0] * 30
        push_spread(line, 0, 30, 10.0, spread, 1.0)
        assert sum(line) == pytest.approx(1.0)
        peaks.append(max(line))
    assert peaks == sorted(peaks, reverse=True)
    assert peaks[2] == pytest.approx(1 / 16, rel=0.01)


def test_those_refused_together_come_back_apart_and_all_of_them() -> None:
    def back(jitter: float) -> list[float]:
        down = Network(
            (Pool("a", 1.0, down=True),), (Node("a", 0, 0.01),), (), (Demand("u", 0, 1.0, 1, 10.0, jitter=jitter),)
        )
        up = replace(down, pools=(Pool("a", 1000.0),))
        state, _ = advance(down, empty(down), (1000.0,))
        counts = []
        for _ in range(30):
            state, reading = advance(up, state, (0.0,))
            counts.append(reading.demand_attempts[0])
        return counts

    together, apart = back(0.0), back(0.5)
    assert sum(together) == pytest.approx(1000.0, rel=1e-9)
    assert sum(apart) == pytest.approx(1000.0, rel=1e-9)
    assert max(together) == pytest.approx(1000.0, rel=1e-9)
    assert max(apart) == pytest.approx(100.0, rel=1e-6)
    mean = sum(i * n for i, n in enumerate(apart)) / 1000.0
    assert mean == pytest.approx(sum(i * n for i, n in enumerate(together)) / 1000.0, abs=1e-6)
