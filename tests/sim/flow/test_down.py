"""How many calls are made, and how many of them go well."""

import pytest

from devops_tycoon.sim.flow.calls_in_turn import all_good, until_failure


@pytest.mark.parametrize("k", [0.5, 1.0, 1.5, 2.0, 3.7, 100.0, 1000.5])
@pytest.mark.parametrize("fail", [0.0, 1e-300, 1e-20, 1e-16, 1e-9, 0.01, 0.5, 1.0])
def test_calls_one_after_another_end_at_the_first_failure(k: float, fail: float) -> None:
    made, chance = 0.0, 1.0
    for _ in range(int(k)):
        made += chance
        chance *= 1.0 - fail
    assert until_failure(k, fail) == pytest.approx(made + (k - int(k)) * chance, rel=1e-12)
    assert all_good(k, fail) == pytest.approx(chance * (1.0 - (k - int(k)) * fail), rel=1e-12, abs=1e-300)
