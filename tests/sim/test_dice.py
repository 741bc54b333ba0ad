import random

from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.numerics.dice import pick, roll

SEEDS = st.integers(0, 2**63 - 1)
TICKS = st.integers(0, 10**6)
LABELS = st.lists(st.text("abc-", min_size=1, max_size=6) | st.integers(0, 99), min_size=1, max_size=3)


@given(SEEDS, TICKS, LABELS)
def test_a_roll_is_a_share_that_only_its_arguments_decide(seed: int, tick: int, label: list[str | int]) -> None:
    first = roll(seed, tick, *label)
    random.seed(seed)
    for other in range(5):
        roll(seed, tick, "something else", other)
    assert 0.0 <= first < 1.0
    assert roll(seed, tick, *label) == first


@given(SEEDS, TICKS, LABELS)
def test_another_seed_tick_or_label_is_another_roll(seed: int, tick: int, label: list[str | int]) -> None:
    mine = roll(seed, tick, *label)
    assert roll(seed + 1, tick, *label) != mine
    assert roll(seed, tick + 1, *label) != mine
    assert roll(seed, tick, *label, "more") != mine
    assert roll(seed, tick, *reversed(label)) == mine or list(reversed(label)) != label


def test_parts_of_a_label_do_not_run_together() -> None:
    assert roll(1, 23, "x") != roll(12, 3, "x")
    assert roll(1, 2, "ab", "c") != roll(1, 2, "a", "bc")


def test_rolls_are_pinned_so_that_no_version_shifts_them() -> None:
    assert [roll(7, tick, "event", 0).hex() for tick in (0, 1)] == ["0x1.38d868f1803d0p-2", "0x1.32c35f8ecc1b8p-3"]


def test_many_rolls_are_even() -> None:
    rolls = [roll(1, tick, "even") for tick in range(10_000)]
    for tenth in range(10):
        share = len([r for r in rolls if tenth / 10 <= r < (tenth + 1) / 10]) / len(rolls)
        assert abs(share - 0.1) < 0.015  # five standard deviations


@given(SEEDS, TICKS, st.integers(1, 50))
def test_a_pick_is_one_of_those_there_are(seed: int, tick: int, among: int) -> None:
    assert 0 <= pick(seed, tick, among, "who") < among


def test_every_one_is_picked_sometime() -> None:
    assert {pick(3, tick, 6, "die") for tick in range(200)} == set(range(6))
