"""The score is what GAME.md says it is, worked out by hand."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.kinds import GamePhase
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.scenario import Goal
from devops_tycoon.sim.score.score import GRADES, budget_left, explain, nines, score, sli, uptime, uptime_points
from devops_tycoon.sim.values.tally import JourneyTally, Peak
from devops_tycoon.sim.values.world import World
from tests.builders import a_session, a_world, order, some_rules

SHARES = st.floats(0.0, 1.0)


def counted(journey: str, valid: int, good: int, degraded: int = 0) -> JourneyTally:
    return JourneyTally(journey, valid, good, degraded, 0, ())


def a_result(*tallies: JourneyTally, phase: GamePhase = "over", shift: int = 1, cash: int = 0) -> World:
    world = a_world()
    return replace(world, phase=phase, shift=shift, cash_cents=cash, tally=replace(world.tally, journeys=tallies))


PLAIN = some_rules(goals=(), uptime_floor=0.6, uptime_target=0.965)
EMPTY = a_world()


def points_for(up: float) -> tuple[int, str]:
    """Return points and grade of a run whose journeys both have this SLI."""
    good = round(up * 1_000_000)
    tallies = (counted("browse", 1_000_000, good), counted("play", 1_000_000, good))
    reached = score(replace(EMPTY, tally=replace(EMPTY.tally, journeys=tallies)), PLAIN)
    return reached.points, reached.grade


def test_floor_target_and_the_nines_between_are_on_a_logarithmic_scale() -> None:
    assert uptime_points(0.9, 0.9, 0.999) == 0.0
    assert uptime_points(0.5, 0.9, 0.999) == 0.0
    assert uptime_points(0.999, 0.9, 0.999) == 700.0
    assert uptime_points(1.0, 0.9, 0.999) == 700.0
    assert uptime_points(0.99, 0.9, 0.999) == pytest.approx(350.0)  # each nine counts the same
    assert uptime_points(0.97, 0.9, 0.999) == pytest.approx(700 * math.log(0.1 / 0.03) / math.log(0.1 / 0.001))


@given(SHARES, SHARES)
def test_more_uptime_is_never_fewer_points(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 0.0 <= uptime_points(low, 0.6, 0.965) <= uptime_points(high, 0.6, 0.965) <= 700.0


def test_a_degraded_answer_is_good_for_the_sli_and_seven_tenths_for_the_score() -> None:
    tally = counted("browse", 100, 90, 50)
    assert sli(tally) == 0.9
    world = a_result(tally, counted("play", 0, 0))
    assert uptime(world, some_rules()) == pytest.approx((90 - 0.3 * 50) / 100)


def test_uptime_weighs_journeys_and_leaves_out_those_nobody_made() -> None:
    rules = some_rules()
    weights = {j.id: j.weight for j in rules.journeys}
    world = a_result(counted("browse", 10, 5), counted("play", 1000, 1000))
    assert uptime(world, rules) == pytest.approx(
        (0.5 * weights["browse"] + weights["play"]) / (weights["browse"] + weights["play"])
    )
    assert uptime(a_result(counted("browse", 0, 0), counted("play", 4, 3)), rules) == 0.75
    assert uptime(a_result(counted("browse", 0, 0), counted("play", 0, 0)), rules) == 1.0


def test_a_score_without_cost_goals_is_rescaled_to_a_thousand_and_says_so() -> None:
    assert points_for(1.0) == (1000, "S")
    assert points_for(0.6) == (0, "F")
    world = a_result(counted("browse", 10, 10), counted("play", 10, 10))
    assert "Scaled from 700 to 1000" in " ".join(explain(score(world, some_rules(goals=()))))


def test_cost_is_a_part_of_the_score_where_a_scenario_asks_for_money() -> None:
    tallies = (counted("browse", 10, 10), counted("play", 10, 10))
    rules = some_rules(goals=(Goal("cash", "", 1000.0, None, "keep ten dollars"),))

    def reached(cash: int) -> tuple[int, bool]:
        result = score(a_result(*tallies, cash=cash), rules)
        return result.points, result.won

    assert reached(2000) == (1000, True)
    assert reached(1000) == (1000, True)
    assert reached(500) == (int(1000 * 750 / 800 + 0.5), False)
    assert reached(-500) == (875, False)


def test_changes_members_and_money_are_a_hundred_points_each_and_all_together_are_a_thousand() -> None:
    rules = some_rules(
        goals=(
            Goal("changes", "", 20.0, None, "ship twenty changes"),
            Goal("members", "", 1000.0, None, "keep a thousand members"),
            Goal("cash", "", 1000.0, None, "keep ten dollars"),
        )
    )
    world = a_result(counted("browse", 10, 10), counted("play", 10, 10), cash=250)
    delivery, business = replace(world.delivery, shipped=10), replace(world.business, members=1500)
    reached = score(replace(world, delivery=delivery, business=business), rules)
    assert reached.parts == (
        ("uptime", 700.0, 700.0), ("delivery", 50.0, 100.0), ("members", 100.0, 100.0), ("cost", 25.0, 100.0)
    )  # fmt: skip
    assert (reached.points, reached.won) == (875, False)
    said = " ".join(explain(reached))
    assert "delivery: 50 of 100 points (10 changes of 20 changes)" in said
    assert "cost: 25 of 100 points ($2.50 of $10)" in said
    assert "875.0 of 1000 points are 875 of 1000: grade A" in said
    assert "Scaled" not in said


def test_the_explanation_ends_at_the_number_that_is_shown() -> None:
    rules = some_rules(goals=(Goal("cash", "", 1000.0, None, "keep ten dollars"),))
    for good in (6, 7, 8, 9, 10):
        reached = score(a_result(counted("browse", 10, good), counted("play", 10, good), cash=500), rules)
        assert f"are {reached.points} of 1000: grade {reached.grade}." in explain(reached)[-1]


def test_every_grade_begins_at_its_boundary() -> None:
    assert GRADES == ((950, "S"), (850, "A"), (700, "B"), (550, "C"), (400, "D"))
    seen = {}
    for ten_thousandth in range(6000, 9660, 4):
        points, grade = points_for(ten_thousandth / 10_000)
        seen[points] = grade
    for least, grade in GRADES:
        assert {g for p, g in seen.items() if least <= p < least + 20} == {grade}
        assert grade not in {g for p, g in seen.items() if p < least}
    assert {g for p, g in seen.items() if p < 400} == {"F"}


@given(st.floats(0.0, 1.0))
def test_nines_are_counted_by_logarithm_and_are_at_most_nine(share: float) -> None:
    expected = 9.0 if share == 1.0 else min(9.0, -math.log10(1.0 - share))
    assert nines(share) == pytest.approx(expected, abs=1e-9)


def test_the_error_budget_is_whole_at_first_and_negative_when_overspent() -> None:
    assert budget_left(counted("play", 1000, 1000), 0.99) == pytest.approx(1.0)
    assert budget_left(counted("play", 1000, 995), 0.99) == pytest.approx(0.5)
    assert budget_left(counted("play", 1000, 980), 0.99) == pytest.approx(-1.0)
    assert budget_left(counted("play", 0, 0), 0.99) == 1.0


def goal_met(goal: Goal, world: World, rules: Rules) -> bool:
    (result,) = score(world, replace(rules, scenario=replace(rules.scenario, goals=(goal,)))).goals
    return result.met


def test_goals_hold_exactly_at_their_bounds() -> None:
    rules = some_rules()
    world = a_result(counted("browse", 100, 99), counted("play", 100, 98), cash=5)
    assert goal_met(Goal("sli", "browse", 0.99, None, ""), world, rules)
    assert not goal_met(Goal("sli", "play", 0.99, None, ""), world, rules)
    assert goal_met(Goal("cash", "", 5.0, None, ""), world, rules)
    assert not goal_met(Goal("cash", "", 6.0, None, ""), world, rules)
    window = rules.balance.window_s
    peaks = (Peak("web", 0, window * 800_000), Peak("main-db", 0, window * 810_000))
    busy = replace(world, tally=replace(world.tally, peaks=peaks))
    assert goal_met(Goal("utilisation", "web", None, 0.8, ""), busy, rules)
    assert not goal_met(Goal("utilisation", "main-db", None, 0.8, ""), busy, rules)
    assert not goal_met(Goal("utilisation", "", None, 0.8, ""), busy, rules)


def test_nothing_is_won_before_the_end() -> None:
    tallies = (counted("browse", 10, 10), counted("play", 10, 10))
    rules = some_rules(goals=())
    assert score(a_result(*tallies), rules).won
    assert not score(a_result(*tallies, phase="shift", shift=0), rules).won
    assert not score(a_result(*tallies, phase="planning", shift=0), rules).won


def test_a_company_that_goes_bankrupt_before_the_trouble_comes_has_not_won() -> None:
    session = a_session(cash_cents=8, began=True)
    session.advance(100)
    assert session.over
    assert session.world.tick < 100
    assert [fact.text for _, fact in session.facts if fact.kind == "end"] == ["The money is gone: the company closes."]
    assert not score(session.world, session.rules).won


def test_spending_the_last_cent_is_no_way_to_win_the_streaming_lesson() -> None:
    session = a_session(began=False)
    order(session, "scale web +8", "scale identity +4", "begin")
    assert session.world.cash_cents == 0
    session.advance(3600)
    assert session.over
    assert not score(session.world, session.rules).won
