"""An apprentice has it easier, a principal harder, and a recording says who played."""

from dataclasses import replace
from pathlib import Path

import pytest

from devops_tycoon.content.load import load_rules
from devops_tycoon.content.problem import ContentError
from devops_tycoon.lab.prove import order_file, plan
from devops_tycoon.play.autoplay import drive_orders
from devops_tycoon.play.game import Game, load
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.replay import game_of, header, read, read_text
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import verify
from devops_tycoon.sim.planning.quarter import plan_begun
from devops_tycoon.sim.rules.difficulty import ENGINEER, LEVELS
from devops_tycoon.sim.score.score import score
from tests.builders import LESSONS, POSTING, SHIPPED, STREAMING, order
from tests.content.test_bad_input import LESSON, problems
from tests.leading import leading_session


def recorded(path: Path, difficulty: str) -> Session:
    """Record two minutes of a lesson."""
    game = load(STREAMING, 3, difficulty=difficulty)
    session = Session(game, Journal.begin(path, game))
    order(session, "begin")
    session.advance(120)
    session.close()
    return session


def test_an_engineers_game_is_the_scenario_as_it_is_written() -> None:
    game = load(STREAMING)
    assert game.rules == load_rules(STREAMING)
    assert "Difficulty" not in header(game)


@pytest.mark.parametrize("word", ["apprentice", "principal"])
def test_a_recording_says_its_difficulty_and_verifies_only_with_it(tmp_path: Path, word: str) -> None:
    path = tmp_path / "game.replay"
    recorded(path, word)
    replay = read(path)
    assert replay.tag("Difficulty") == word
    assert game_of(replay, "game").rules.level.id == word
    assert verify(path).problem == ""
    for other in set(LEVELS) - {word}:
        claimed = path.read_text().replace(f'[Difficulty "{word}"]', f'[Difficulty "{other}"]')
        with pytest.raises(ContentError, match="other content"):
            game_of(read_text(claimed, "claimed"), "claimed")


def test_difficulties_that_change_no_number_of_a_scenario_still_have_digests_of_their_own() -> None:
    rules = load_rules(STREAMING)
    plain, other = Session(Game(rules, 1)), Session(Game(replace(rules, level=replace(ENGINEER, effort=2.0)), 1))
    assert plain.world == other.world
    assert plain.digest != other.digest


def test_an_unknown_difficulty_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="did you mean apprentice"):
        load(STREAMING, difficulty="aprentice")
    recorded(tmp_path / "a.replay", "apprentice")
    text = (tmp_path / "a.replay").read_text().replace('"apprentice"', '"principle"')
    with pytest.raises(ContentError, match="did you mean principal"):
        game_of(read_text(text, "a.replay"), "a.replay")


def test_an_apprentice_has_more_money_and_hands_fewer_members_and_later_trouble() -> None:
    easy, plain, hard = (load(STREAMING, difficulty=word).rules.scenario for word in LEVELS)
    assert easy.cash_cents >= plain.cash_cents >= hard.cash_cents
    assert easy.demands[0].rate < plain.demands[0].rate <= hard.demands[0].rate
    assert easy.events[0].at_s > plain.events[0].at_s > hard.events[0].at_s
    last = plain.shifts[0].ticks * plain.tick_s
    assert all(0 <= event.at_s + event.jitter_s < last for s in (easy, hard) for event in s.events)


def test_an_apprentices_plan_has_more_engineer_weeks() -> None:
    session = leading_session()
    easy = plan_begun(session.world, replace(session.rules, level=LEVELS["apprentice"]))
    assert easy.effort == round(1.25 * session.world.effort)


@pytest.mark.long
@pytest.mark.parametrize("word", ["apprentice", "principal"])
@pytest.mark.parametrize("scenario", LESSONS)
def test_a_lesson_is_won_by_its_lesson_and_by_nothing_else_at_every_difficulty(scenario: str, word: str) -> None:
    for play, wins in (("solution", True), ("idle", False), ("detour", False)):
        session = Session(load(scenario, 1, difficulty=word))
        assert drive_orders(session, plan(order_file(SHIPPED / "scenarios" / f"{scenario}.toml", play))) == []
        assert score(session.world, session.rules).won == wins


CHANGES = [
    ("[difficulty.aprentice]\ncash = 2\n", "difficulty.aprentice", "did you mean apprentice?"),
    ("[difficulty.engineer]\ncash = 2\n", "difficulty.engineer", "unknown key"),
    ("[difficulty.apprentice]\ncahs = 2\n", "difficulty.apprentice.cahs", "did you mean cash?"),
    ("[difficulty.apprentice]\ncash = 0\n", "difficulty.apprentice.cash", "expected 0.01 to 100"),
    ("[difficulty.principal]\nuptime_floor = 0.99\n", "difficulty.principal", "is not above its floor"),
    ("[difficulty.principal]\nresponders = 0\n", "difficulty.principal.responders", "expected 1 to 1000"),
    ('[[goals]]\nkind = "changes"\nat_least = 1\ntext = "x"\n', "goals[{}].kind", "expected a [leading] table"),
    ('[[goals]]\nkind = "member"\nat_least = 1\ntext = "x"\n', "goals[{}].kind", "did you mean members?"),
]


@pytest.mark.parametrize(("more", "key", "says"), CHANGES)
def test_a_wrong_difficulty_or_goal_is_named(tmp_path: Path, more: str, key: str, says: str) -> None:
    text = LESSON.partition("[difficulty")[0]  # its own tables stand last
    found = problems(lambda path: load_rules(str(path)), tmp_path / "worse-than-dead.toml", text + "\n" + more)
    named = key.format(text.count("[[goals]]") + 1)
    assert any(p.key == named and says in p.text and p.line > 0 for p in found), found


def test_the_posting_lesson_has_its_own_numbers_at_every_difficulty() -> None:
    assert [level.id for level in load_rules(POSTING).scenario.levels] == ["apprentice", "principal"]
