"""Random ticks: nothing is raised, nothing is NaN, no request is lost; and the soak itself would notice."""

import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from random import Random

import pytest

from devops_tycoon.sim.flow import Call, Demand, FlowState, Network, Node, Pool, Reading, advance, empty
from tests.soak import draw, wishes
from tests.soak.__main__ import soak
from tests.soak.check import (
    CAUSES,
    SHARES,
    BrokenLawError,
    check_numbers,
    check_pools,
    check_requests,
    check_users,
    on_the_way,
)
from tests.soak.episode import EVERY, is_game, length, play
from tests.soak.play import Story, play_graph

GOLDEN = Path(__file__).parents[1] / "golden" / "soak.txt"
REGENERATE = os.environ.get("REGENERATE_GOLDEN") == "1"
LOST = "the soak does not know {}: give each a line in {}"


@pytest.mark.parametrize("ticks", [300, pytest.param(1500, marks=pytest.mark.long)])
def test_random_ticks_are_clean(ticks: int) -> None:
    outcome = soak(ticks, seed=3)
    assert outcome.failure == ""
    assert outcome.ticks == ticks
    assert (outcome.games > 0) == (outcome.orders > 0) == (ticks > 1000)


@pytest.mark.long
def test_a_hundred_thousand_random_ticks_are_clean_and_give_the_golden_digest_on_both_kernels() -> None:
    """CI plays them again with the compiled rules: `GOLDEN` is what both must reach."""
    outcome = soak(100_000, seed=4, jobs=2)
    assert outcome.failure == ""
    if REGENERATE:
        GOLDEN.write_text(outcome.digest + "\n", encoding="utf-8")
    assert outcome.digest == GOLDEN.read_text(encoding="utf-8").strip()


def test_holding_times_that_begin_at_nothing_settle() -> None:
    assert play(77, 432, 150).failure == ""


def test_every_field_of_a_network_is_drawn() -> None:
    unknown = draw.unknown()
    assert not unknown, LOST.format(", ".join(unknown), "tests/soak/draw.py")


@pytest.mark.parametrize("kind", draw.FIELDS)
def test_every_field_that_is_drawn_takes_different_values(kind: type[object]) -> None:
    for name, field in draw.FIELDS[kind].items():
        dice = Random(name)
        found = {draw.value(field, dice, 0.5) for _ in range(200)}
        assert len(found) > 1, f"{kind.__name__}.{name} is always {found}"


def test_every_word_of_the_orders_notations_is_drawn() -> None:
    unknown = wishes.unknown()
    assert not unknown, LOST.format(", ".join(unknown), "tests/soak/wishes.py")


def test_every_cause_of_the_reading_is_among_those_that_are_added_up() -> None:
    """What stands after `passing` in the reading is blame."""
    names = [field.name for field in fields(Reading)]
    assert set(names[names.index("passing") + 1 : -1]) == set(CAUSES)
    assert set(SHARES) <= {field.name for field in (*fields(Reading), *fields(FlowState))}


def test_an_episode_is_the_same_whoever_plays_it() -> None:
    one, two = soak(130, seed=5), soak(130, seed=5, jobs=2)
    assert one == two
    assert one.digest != soak(130, seed=6).digest


def test_a_law_that_is_broken_is_told_with_all_that_is_needed_to_see_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.soak.play.check_users", _never)
    outcome = soak(200, seed=7)
    assert outcome.failure.startswith("seed 7, episode 0, tick 0: BrokenLawError: never")
    assert "Network(pools=(Pool(id='p0'" in outcome.failure
    assert outcome.failure.endswith("python -m tests.soak --seed 7 --episode 0")


def _never(network: Network, reading: Reading) -> None:  # noqa: ARG001
    raise BrokenLawError("never")


def test_one_episode_of_a_dozen_is_a_game() -> None:
    assert [is_game(number) for number in range(EVERY)] == [False] * (EVERY - 1) + [True]
    assert length(EVERY - 1) > length(0)


def _tick() -> tuple[Network, FlowState, FlowState, Reading]:
    network = Network(
        (Pool("a", 2, 3), Pool("b", 4)),
        (Node("web", 0, 0.1), Node("db", 1, 0.1, error=0.1)),
        (Call(0, 1, timeout_s=0.2, retries=1),),
        (Demand("users", 0, 1.0, 1),),
    )
    before, _ = advance(network, empty(network), (30.0,))
    return network, before, *advance(network, before, (30.0,))


LIES: dict[str, Callable[[FlowState, Reading], tuple[FlowState, Reading]]] = {
    "a request that is gone": lambda s, r: (s, replace(r, valid=(r.valid[0] - 1e-6,), bad=(r.bad[0] - 1e-6,))),
    "a request more in a pool": lambda s, r: (replace(s, level=(s.level[0] + 1e-6, s.level[1])), r),
    "a bad request without a cause": lambda s, r: (s, replace(r, bad=(r.bad[0] + 1e-6,), valid=(r.valid[0] + 1e-6,))),
    "a cause without a bad request": lambda s, r: (s, replace(r, slow_entries=(r.slow_entries[0] + 1e-6,))),
    "more good than valid": lambda s, r: (s, replace(r, good=(r.valid[0] * 1.001,))),
    "a negative number": lambda s, r: (s, replace(r, wait_s=(-1e-9, 0.0))),
    "a probability over 1": lambda s, r: (s, replace(r, fail=(1.0000001, 0.0))),
    "a NaN": lambda s, r: (replace(s, variance=(0.0, float("nan"))), r),
    "an attempt lost in the lines": lambda s, r: (replace(s, lines=tuple([value * 0.999 for value in s.lines])), r),
}


@pytest.mark.parametrize("lie", LIES)
def test_the_laws_notice(lie: str) -> None:
    network, before, after, reading = _tick()

    def check(after: FlowState, reading: Reading) -> None:
        check_numbers(after)
        check_numbers(reading)
        check_pools({"a": before.level[0], "b": before.level[1]}, network, after, reading)
        check_users(network, reading)
        check_requests(network, on_the_way(network, before), [30.0], after, reading)

    check(after, reading)
    with pytest.raises(BrokenLawError):
        check(*LIES[lie](after, reading))


def test_a_graph_changes_its_numbers_and_its_structure_while_it_is_played() -> None:
    """The soak is not a walk through calm graphs: in a dozen episodes there are failures, retries and carries."""
    carried = 0
    for number in range(12):
        story = Story()
        play_graph(Random(number), 30, story)
        carried += story.carried
    assert carried > 5
    assert play(1, 0, 5).digest != ""
