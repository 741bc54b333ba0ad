"""Callers without a slot to spare, in front of a store without one: the two must agree within a tick of any length.

How available they are is a row of docs/truth.md.
"""

from dataclasses import replace

import pytest

from devops_tycoon.lab.graph import LabDemand
from tests.lab.graphs import run
from tests.truth.graphs import workers_before_disks


@pytest.mark.parametrize("tick_s", [1.0, 10.0])
def test_a_full_store_behind_a_full_caller_stays_busy(tick_s: float) -> None:
    store = run(workers_before_disks(None, tick_s))["services"]["db"]
    assert store["utilisation"] > 0.95


@pytest.mark.parametrize(("rate", "mean_ms"), [(150.0, 114.0), (160.0, 190.0)])
def test_a_store_that_is_nearly_full_makes_its_callers_wait_as_long_as_the_referee_says(
    rate: float, mean_ms: float
) -> None:
    graph = replace(workers_before_disks(None, 1.0), demand=(LabDemand("web", rate=rate, timeout_ms=8000, retries=1),))
    assert run(graph)["entries"]["web"]["mean_ms"] == pytest.approx(mean_ms, rel=0.1)
