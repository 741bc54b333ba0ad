"""Long proofs: lessons teach what they say, on every seed, and their losses have the cause they teach."""

from pathlib import Path

import pytest

from devops_tycoon.lab.prove import PLAYS, SEEDS, lessons, order_file, plan, plays, prove
from devops_tycoon.play.autoplay import drive_bot, drive_orders
from devops_tycoon.play.bots import BOTS
from devops_tycoon.play.result import result
from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.score import sli
from tests.builders import LESSONS, SHIPPED, STREAMING, a_game

pytestmark = pytest.mark.long

SCENARIOS = SHIPPED / "scenarios"


def file_of(scenario: str) -> Path:
    return SCENARIOS / f"{scenario}.toml"


def test_every_lesson_brings_its_plays() -> None:
    assert {path.stem for path in lessons([SCENARIOS])} >= set(LESSONS)
    assert set(PLAYS) == {"solution", "idle", "detour", "solution without its lesson"}
    assert len(SEEDS) == 5


def test_an_act_owes_no_detour_and_is_played_without_its_lesson_only_if_it_names_one(tmp_path: Path) -> None:
    assert set(plays(file_of(STREAMING))) == set(PLAYS)
    assert plays(file_of("act-3")) == ("solution", "idle", "detour")
    act = tmp_path / "act-3.toml"
    act.write_text(file_of("act-3").read_text())
    assert plays(act) == ("solution", "idle")


def seeds_of(scenario: str, play: str) -> tuple[int, ...]:
    """Return all seeds, or fewer for an act: acts are long, and `check --prove` plays them all."""
    if not scenario.startswith("act-"):
        return SEEDS
    return SEEDS[:3] if play == "solution" else SEEDS[:1]


TASKS = [(f.stem, p, s) for f in lessons([SCENARIOS]) for p in plays(f) for s in seeds_of(f.stem, p)]


@pytest.mark.parametrize(("scenario", "play", "seed"), TASKS)
def test_a_scenario_is_won_by_its_solution_and_by_nothing_else(scenario: str, play: str, seed: int) -> None:
    proof = prove(file_of(scenario), play, seed)
    assert proof.refused == ()
    assert proof.won == PLAYS[play], str(proof)


@pytest.fixture(scope="module")
def idle() -> Session:
    """Return the streaming lesson played to its end by nobody."""
    session = Session(a_game(STREAMING, seed=7))
    drive_bot(session, BOTS["idle"])
    return session


def test_the_ledger_of_the_lost_streaming_lesson_names_the_slow_dependency(idle: Session) -> None:
    ledger = result(idle)["ledger"]
    lost = sum(line["bad"] for line in ledger)
    assert (ledger[0]["where"], ledger[0]["fault"]) == ("web→recommendations", "slow-dependency")
    assert ledger[0]["bad"] > 0.5 * lost
    assert sum(line["bad"] for line in ledger if line["fault"] == "slow-dependency") > 0.99 * lost


def test_the_healthy_caller_dies_first(idle: Session) -> None:
    rung = [fact.where for _, fact in idle.facts if fact.kind == "alarm"]
    assert rung[0] == "web"
    (incident, *_) = idle.world.tally.incidents
    assert incident.fault == "slow-dependency"


def test_without_its_trouble_the_streaming_lesson_loses_nothing() -> None:
    session = Session(a_game(STREAMING, seed=7, events=()))
    drive_bot(session, BOTS["idle"])
    for journey in session.world.tally.journeys:
        assert journey.valid > 0
        assert (journey.valid - journey.good) / journey.valid < 1e-4


def test_with_a_timeout_and_a_fallback_members_go_on_pressing_play() -> None:
    session = Session(a_game(STREAMING, seed=7))
    drive_orders(session, plan(order_file(file_of(STREAMING), "solution")))
    assert {j.journey: sli(j) >= 0.99 for j in session.world.tally.journeys}["play"]


@pytest.mark.parametrize("scenario", LESSONS)
def test_doing_nothing_is_unstable_but_not_instantly_fatal(scenario: str) -> None:
    """GAME.md: the idle bot keeps at least 90 % uptime in the first fifth of a scenario."""
    session = Session(a_game(scenario))
    drive_bot(session, BOTS["idle"], until=720)
    assert result(session)["uptime"] >= 0.9


@pytest.mark.parametrize("scenario", LESSONS)
@pytest.mark.parametrize("bot", ["random", "cautious"])
def test_the_books_of_whole_games_balance_whoever_plays(scenario: str, bot: str) -> None:
    session = Session(a_game(scenario, seed=3))

    def balances(session: Session) -> None:
        counts = session.world.tally
        assert sum(line.bad for line in counts.ledger) == sum(j.valid - j.good for j in counts.journeys)

    drive_bot(session, BOTS[bot], watch=balances)
    assert session.over
