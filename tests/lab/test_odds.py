"""Odds: the same decisions on other seeds."""

from pathlib import Path

from devops_tycoon.lab.odds import Odds, Outcome, all_odds, lines, odds, odds_of_replay, seeds_beside
from devops_tycoon.play.result import result
from devops_tycoon.play.session import Recorded
from tests.builders import a_game
from tests.play.records import recorded


def outcomes(this: int, *others: int) -> Odds:
    return Odds(
        Outcome(1, this, 0.9, won=True), tuple(Outcome(n, points, 0.9, won=False) for n, points in enumerate(others, 2))
    )


def test_a_run_above_its_usual_score_was_lucky_and_below_it_unlucky() -> None:
    assert outcomes(900, 500, 600, 700).says == "Lucky: 300 points above the usual 600; wins on 0 of 3 other seeds."
    assert outcomes(300, 500, 600).says.startswith("Unlucky: 250 points below the usual 550;")
    assert outcomes(600, 600, 610).says.startswith("Neither")


def test_the_place_in_the_distribution_counts_ties_half() -> None:
    assert outcomes(5, 1, 5, 9, 5).place == 0.5
    assert outcomes(10, 1, 2).place == 1.0


def test_its_own_seed_is_not_among_the_others() -> None:
    assert seeds_beside(2, 4) == (1, 3, 4, 5)
    assert seeds_beside(99, 2) == (1, 2)


def test_the_own_seed_gives_what_was_played_and_the_same_in_several_processes(tmp_path: Path) -> None:
    file = tmp_path / "a.replay"
    session = recorded(file)
    found = odds_of_replay(file, 2)
    assert found.this.points == result(session)["score"]
    assert found.this.uptime == result(session)["uptime"]
    assert [other.seed for other in found.others] == [2, 3]
    assert odds_of_replay(file, 2, jobs=2) == found
    assert lines(found)[0] == f"This run: {found.this.points} points on seed 1."


def test_an_order_that_cannot_be_given_is_left_out_and_counted() -> None:
    found = odds(a_game(), (Recorded(0, "scale web +12"),), (2,), until=10)
    assert found.others[0].refused == 1


def test_equal_decisions_have_equal_odds() -> None:
    task = (a_game(), (), "", 20)
    one, other = all_odds([task, task], (2, 3))
    assert one == other
