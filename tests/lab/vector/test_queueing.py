"""Closed formulas of queues for arrays are the plain ones, bit for bit."""

from random import Random

import numpy as np

from devops_tycoon.lab.vector import queueing
from devops_tycoon.sim.flow import queueing as plain
from tests.lab.vector.test_sojourn import bits


def some_queues(seed: int, count: int, places: tuple[int, ...]) -> tuple[list[int], list[int], list[float]]:
    dice = Random(seed)
    loads = [0.0, 1.0, 1e-6, dice.random(), 0.999, 1.001, 3.0]
    return (
        [dice.choice([1, 2, 7, 40, 5000]) for _ in range(count)],
        [dice.choice(places) for _ in range(count)],
        [dice.choice([*loads, 1.5 * dice.random()]) for _ in range(count)],
    )


def test_finite_queues_have_the_same_bits() -> None:
    for count, places in ((5, (0, 1, 20, 500)), (300, (0, 1, 2, 3, 20, 500)), (300, (200,)), (40, (0,))):
        c, k, rho = some_queues(count, count, places)
        tables = queueing.tables_for(set(c))
        base = np.array([queueing.WIDTH * tables.row[x] for x in c])
        with np.errstate(all="ignore"):
            got = queueing.finite(tables, base, np.array(c), np.array(k), np.array(rho))
        expected = [plain.finite(*each) for each in zip(c, k, rho, strict=True)]
        for i in range(6):
            assert bits(got[i]) == bits([e[i] for e in expected])


def test_the_load_at_a_level_has_the_same_bits_however_many_are_asked_at_once() -> None:
    dice = Random(9)
    for count, places in ((3, (5, 200)), (12, (200,)), (15, (0, 1, 20)), (60, (7, 200)), (200, (200,)), (1100, (1, 9))):
        c, k, rho = some_queues(count, count, places)
        rho = [max(1e-6, x) for x in rho]
        level = [dice.random() * 1.2 * (a + b) for a, b in zip(c, k, strict=True)]
        tables = queueing.tables_for(set(c))
        base = np.array([queueing.WIDTH * tables.row[x] for x in c])
        with np.errstate(all="ignore"):
            got = queueing.load_at(tables, base, np.array(c), np.array(k), np.array(rho), np.array(level))
        assert bits(got) == bits([plain.load_at(*each) for each in zip(c, k, rho, level, strict=True)])


def test_loss_and_mean_below_a_load_of_one_have_the_same_bits() -> None:
    dice = Random(5)
    for count, places in ((5, (1, 20, 150)), (300, (1, 2, 3, 20, 150)), (300, (150,))):
        c, k, _ = some_queues(count, count, places)
        rho = [dice.choice([0.98, 1e-6, 0.98 * dice.random()]) for _ in range(count)]
        tables = queueing.tables_for(set(c))
        base = np.array([queueing.WIDTH * tables.row[x] for x in c])
        loss, mean, _ = queueing.below_one(tables, base, np.array(c), np.array(k), np.array(rho))
        expected = [plain.finite(*each) for each in zip(c, k, rho, strict=True)]
        assert bits(loss) == bits([e.loss for e in expected])
        assert bits(mean) == bits([e.mean for e in expected])
