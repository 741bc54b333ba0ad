"""Retry budgets (MODEL F): what they cost with and without trouble; docs/truth.md has the storms."""

import pytest

from tests.lab.graphs import run
from tests.truth.protected import a_store_with_errors


def test_a_budget_that_is_never_asked_for_more_than_it_has_changes_nothing() -> None:
    assert run(a_store_with_errors(0.2, 1, 0.05)) == run(a_store_with_errors(None, 1, 0.05))


def test_a_budget_too_small_for_the_blips_lets_them_through() -> None:
    found = run(a_store_with_errors(0.1, 1, 0.2))["entries"]["web"]["availability"]
    assert found == pytest.approx(1 - 0.2 * (0.5 + 0.5 * 0.2), abs=0.005)
