"""What remains of a tick is clean: finite numbers, and no zero with a sign."""

from math import copysign, inf, nan

import pytest

from devops_tycoon.sim.flow.reading import all_clean, clean


@pytest.mark.parametrize("values", [[-0.0, -0.0], [1.0, -0.0], [2.0, 3.0], []])
def test_a_column_keeps_its_numbers_and_loses_the_signs_of_its_zeros(values: list[float]) -> None:
    found = clean(values)
    assert found == tuple(values)
    assert all(copysign(1.0, value) == 1.0 for value in found)


@pytest.mark.parametrize("wrong", [inf, -inf, nan])
def test_a_number_that_is_not_finite_is_reported_wherever_it_stands(wrong: float) -> None:
    with pytest.raises(ArithmeticError, match="not finite"):
        clean([0.0, wrong])
    with pytest.raises(ArithmeticError, match="not finite"):
        all_clean([[0.0], [1.0, wrong]])


def test_finite_numbers_may_have_a_sum_that_is_not() -> None:
    assert clean([1e308, 1e308, 0.0]) == (1e308, 1e308, 0.0)


def test_parts_follow_one_another() -> None:
    assert all_clean([[1.0], [], [-0.0, 2.0]]) == (1.0, 0.0, 2.0)
