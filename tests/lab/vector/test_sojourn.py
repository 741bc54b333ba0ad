"""The arrays' times are the plain kernel's, bit for bit."""

from random import Random

import numpy as np
import pytest

from devops_tycoon.lab.vector import exact, latest, sojourn
from devops_tycoon.sim.flow import sojourn as plain
from devops_tycoon.sim.numerics import exact as plain_exact

FEW, MANY = 3_000, 100_000


def bits(values: object) -> bytes:
    return (np.asarray(values, dtype=np.float64) + 0.0).tobytes()


def some_time(dice: Random) -> tuple[float, float, float, float, float, float]:
    """Waits, times and limits of every kind: none, leaves, chains, regular and ragged ones, near and far limits."""
    waiting = dice.choice([0.0, 1.0, dice.random(), dice.random()])
    fixed = dice.choice([0.0, dice.random(), 10.0 * dice.random()])
    theta = dice.choice([0.0, dice.random(), 1e-12, 5.0 * dice.random()])
    mean = dice.choice([1e-9, dice.random(), 10.0 ** dice.uniform(-4, 2)])
    cv2 = dice.choice([1.0, 1.0, 0.0, 0.5, dice.random(), 0.1 * dice.random(), 1.0 + 3.0 * dice.random(), 1.0000001])
    if dice.random() < 0.05:
        theta = mean * dice.choice([1.0, 1.00001, 0.99999])
    limit = dice.choice([0.0, 1e-6, fixed, mean, dice.random(), 10.0 * dice.random(), 30.0, 600.0])
    if dice.random() < 0.02:
        mean = 0.0
    return waiting, fixed, theta, mean, cv2 * mean * mean, limit


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_exponentials_and_logarithms_have_the_same_bits(count: int) -> None:
    dice = Random(1)
    x = [dice.uniform(-744.0, 700.0) for _ in range(count)] + [-0.0, 0.0, -700.0, 1e-300, -1e-9]
    assert bits(exact.exp(np.array(x))) == bits([plain_exact.exp(v) for v in x])
    y = [10.0 ** dice.uniform(-300, 300) for _ in range(count)] + [1.0, 5e-324]
    assert bits(exact.log(np.array(y))) == bits([plain_exact.log(v) for v in y])


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_limited_times_have_the_same_bits(count: int) -> None:
    dice = Random(2)
    args = [some_time(dice) for _ in range(count)]
    with np.errstate(all="ignore"):
        got = sojourn.limited(*[np.array(column) for column in zip(*args, strict=True)])
    expected = [plain.limited(*a) for a in args]
    for i in range(3):
        for a, x, y in zip(args, got[i].tolist(), [e[i] for e in expected], strict=True):
            assert bits(x) == bits(y), (a, i, x, y)


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_the_later_of_two_times_has_the_same_bits(count: int) -> None:
    dice = Random(3)
    args = [(*some_time(dice)[3:5], *some_time(dice)[3:5]) for _ in range(count)]
    args += [(0.0, 0.0, 1.0, 1.0), (1.0, 1.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)]
    with np.errstate(all="ignore"):
        got = latest.later_of_two(*[np.array(column) for column in zip(*args, strict=True)])
    expected = [plain.later_of_two(*a) for a in args]
    for i in range(2):
        assert bits(got[i]) == bits([e[i] for e in expected])


def test_the_latest_of_many_times_has_the_same_bits() -> None:
    dice = Random(4)
    times = [some_time(dice)[3:5] for _ in range(100)]
    for copies in (0, 1, 2, 7, 1500):
        with np.errstate(all="ignore"):
            got = latest.latest(np.array([m for m, _ in times]), np.array([v for _, v in times]), copies)
        expected = [plain.latest(m, v, copies) for m, v in times]
        for i in range(2):
            assert bits(got[i]) == bits([e[i] for e in expected])
