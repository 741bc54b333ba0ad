"""`make bench`: what scripts get, and what its figures stand on."""

import heapq
import json
import re
from functools import partial
from random import Random
from typing import Any

import pytest

from bench.model.clock import ratio, rounds
from bench.model.company import a_company
from bench.model.frameworks import installed
from bench.model.games import a_warm_world, growth
from bench.model.measure import bench
from bench.model.table import sizes, table
from bench.model.targets import GAME_PER_FLOW, per_c
from bench.model.tree import RATE, REQUESTS_FOR_ONE_PERCENT, TREE, fluid_s, requests_needed, theory_s
from tests.builders import run_python


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return bench(quick=True)


@pytest.mark.long
def test_the_document_says_the_machine_and_has_every_figure(document: dict[str, Any]) -> None:
    assert {"python", "system", "processor", "cores", "compiler", "clock"} <= document["machine"].keys()
    for row in document["sizes"]:
        assert row["game_ticks_per_s"] == pytest.approx(1e6 / row["game_us"])
        assert row["game_per_flow"] > 0
        assert row["kernels_us"].keys() == set(document["kernels"])
        assert ("c" in row["kernels_us"]) == (document["c_absent"] is None)
        if document["c_absent"] is None:
            assert row["per_c"].keys() == set(document["kernels"]) - {"c"}
            assert row["targets"]["per_c"].keys() <= row["per_c"].keys()
    of_fifty = next(row for row in document["sizes"] if row["services"] == 50)
    assert of_fifty["targets"]["per_c"]["flow"] == 12
    assert {row["name"] for row in document["simulators"]["contestants"]} == {"fluid", "simpy", "ciw"}
    assert document["memory"]["game_bytes_per_service"] > document["memory"]["world_bytes_per_service"] > 100
    assert document["verify"]["ticks_per_s"] > 0


@pytest.mark.long
def test_the_table_has_a_row_for_every_size_and_every_simulator(document: dict[str, Any]) -> None:
    first_words = {line.split()[0] for line in table(document) if line}
    assert {f"{row['services']:,}" for row in document["sizes"]} <= first_words
    assert {"fluid", "simpy", "ciw", "memory:", "verify:"} <= first_words


@pytest.mark.long
def test_what_is_missing_is_said_and_not_made_up(document: dict[str, Any]) -> None:
    bare = json.loads(json.dumps(document))
    bare["kernels"] = ["flow"]
    bare["c_absent"] = "no C compiler found"
    for row in bare["sizes"]:
        row["per_c"] = {}
        row["kernels_us"] = {"flow": row["kernels_us"]["flow"]}
    bare["simulators"]["contestants"] = [
        row if row["name"] == "fluid" else {"name": row["name"], "installed": False}
        for row in bare["simulators"]["contestants"]
    ]
    lines = [line.strip() for line in table(bare)]
    rows = [line for line in lines if line.startswith(tuple(f"{row['services']:,} " for row in bare["sizes"]))]
    assert [line.count("no C") for line in rows] == [1] * len(bare["sizes"])
    assert "c: no C compiler found." in lines
    assert "simpy  not installed" in lines


@pytest.mark.long
def test_bench_prints_one_json_document_and_its_progress_elsewhere() -> None:
    done = run_python("-m", "bench", "--quick", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["quick"] is True
    assert b"measuring" in done.stderr


@pytest.mark.parametrize("services", [10, 50, 200])
def test_the_company_of_the_benchmark_is_busy_and_well(services: int) -> None:
    """Games are compared with their kernels on a company that works: nearly all requests good, none idle or stuck."""
    world = a_warm_world(a_company(services), 10)
    assert len(world.services) == services
    good, bad = sum(world.reading.good), sum(world.reading.bad)
    assert bad < 0.001 * (good + bad)
    assert 0.3 < max(world.reading.utilisation) < 0.9


def test_every_contestant_has_its_turn_in_every_round_and_ratios_are_of_the_same_round() -> None:
    done: list[str] = []

    def turn(name: str, units: int) -> None:
        done.extend([name] * units)

    spent = rounds({"a": partial(turn, "a"), "b": partial(turn, "b")}, repeats=3, block_s=0.0)
    assert "".join(done) == "ab" * 4  # the first turn of each is to find out how long a block is
    assert {name: len(turns) for name, turns in spent.items()} == {"a": 3, "b": 3}
    assert ratio([2.0, 40.0, 9.0], [1.0, 20.0, 3.0]) == 2.0


@pytest.fixture
def measured() -> dict[str, Any]:
    """Return a document as it comes from a machine with everything, its figures made up."""
    kernels = {"flow": 1200.0, "c": 100.0}

    def row(services: int, flow: float) -> dict[str, Any]:
        return {
            "services": services,
            "dependencies": services,
            "game_us": 2400.0,
            "game_ticks_per_s": 222.0,
            "kernels_us": {**kernels, "flow": flow},
            "game_per_flow": 2.5,
            "per_c": {"flow": flow / 100.0},
            "targets": {"game_per_flow": GAME_PER_FLOW, "per_c": per_c(services, ("flow", "c"))},
        }

    rows = [row(50, 1200.0), row(1_000, 1300.0)]
    return {"sizes": rows, "c_absent": None, "growth": growth(rows)}


def test_a_target_that_is_met_and_one_that_is_missed_stand_beside_the_figures(measured: dict[str, Any]) -> None:
    lines = sizes(measured)
    small, large = (re.split(r"\s{2,}", line.strip()) for line in lines[1:3])
    assert small[-2:] == ["2.5 > 2", "12 ≤ 12"]
    assert large[-2:] == ["2.5 > 2", "13 > 12"]


def test_growth_compares_the_cost_per_service_and_dependency_of_the_two_sizes() -> None:
    def row(services: int, us: float) -> dict[str, Any]:
        return {
            "services": services,
            "dependencies": 2 * services,
            "game_us": us,
            "kernels_us": {"flow": us / 2, "c": us / 9},
        }

    linear = growth([row(50, 100.0), row(10_000, 20_000.0)])
    assert linear is not None
    assert linear["game"] == pytest.approx(1.0)
    dearer = growth([row(50, 100.0), row(10_000, 25_000.0)])
    assert dearer is not None
    assert dearer["kernels"]["flow"] == pytest.approx(1.25)
    assert dearer["per_c"] == pytest.approx(1.0)
    assert growth([row(50, 100.0)]) is None


def test_the_flow_model_knows_the_trees_mean_time_to_far_less_than_one_percent() -> None:
    assert fluid_s() == pytest.approx(theory_s(), rel=1e-4)


def test_half_the_error_takes_four_times_the_requests() -> None:
    assert requests_needed(0.01) == REQUESTS_FOR_ONE_PERCENT
    assert requests_needed(0.005) == pytest.approx(4 * REQUESTS_FOR_ONE_PERCENT)


@pytest.mark.long
@pytest.mark.filterwarnings("default")
def test_the_frameworks_simulate_the_same_tree() -> None:
    """30,000 requests know the mean to ± 3.1 % (95 %); twice that is allowed."""
    found, absent = installed()
    if not found:
        pytest.skip(f"not installed: {', '.join(absent)}")
    for framework in found:
        times = framework.run(30_000)
        assert len(times) >= 30_000
        assert sum(times) / len(times) == pytest.approx(theory_s(), rel=0.063), framework.name


def _times(seed: int, requests: int) -> list[float]:
    """Return the times of requests through the tree's stations in a row, first come, first served."""
    dice = Random(seed)
    at = 0.0
    under_way = []
    for _ in range(requests):
        at += dice.expovariate(RATE)
        under_way.append((at, at))
    for station in TREE:
        free = [0.0] * station.workers
        left = []
        for came, began in under_way:
            ends = max(came, free[0]) + dice.expovariate(1.0 / station.work_s)
            heapq.heapreplace(free, ends)
            left.append((ends, began))
        under_way = sorted(left)
    return [ends - began for ends, began in under_way]


@pytest.mark.long
def test_the_requests_that_one_percent_takes_are_measured_again() -> None:
    """200 runs know the variance of their means to ± 20 % (95 %)."""
    runs, requests, warmup = 200, 22_000, 2_000
    means = []
    for seed in range(runs):
        times = _times(seed, requests)[warmup:]
        means.append(sum(times) / len(times))
    mean = sum(means) / runs
    variance = sum((one - mean) ** 2 for one in means) / (runs - 1)
    needed = (requests - warmup) * variance * (1.96 / (0.01 * mean)) ** 2
    assert mean == pytest.approx(theory_s(), rel=0.005)
    assert needed == pytest.approx(REQUESTS_FOR_ONE_PERCENT, rel=0.2)
