"""How services protect themselves: each way has a shift that it saves and a shift that it spoils."""

from dataclasses import replace

import pytest

from devops_tycoon.sim.effects.protections import rank
from devops_tycoon.sim.rules.shift import Spike
from devops_tycoon.sim.score.score import uptime
from tests.builders import order, replicas
from tests.leading import leading_session, to_lead
from tests.sim.practices.trials import RECOMMENDATIONS, demand, good, service, tried, weakness

LINK = f"set {RECOMMENDATIONS}"


@pytest.mark.parametrize(
    ("key", "practice"),
    [
        ("timeout=300ms", "timeout"),
        ("fallback=on", "fallback"),
        ("breaker=on", "circuit-breaker"),
        ("budget=10%", "retry-budget"),
        ("jitter=on", "retry-budget"),
        ("bulkhead=20", "bulkhead"),
    ],
)
def test_a_company_has_to_learn_what_a_lesson_gives_away(key: str, practice: str) -> None:
    session = leading_session()
    refused = session.place(f"{LINK} {key}")
    assert refused is not None
    assert practice in refused
    order(session, f"adopt {practice}", "begin", f"{LINK} {key}")
    session.advance()
    assert not any(fact.kind == "refused" for _, fact in session.facts)


def test_a_timeout_frees_the_workers_of_who_waits_and_too_short_a_one_fails_good_answers() -> None:
    slow = "inject slow-dependency recommendations"
    waiting = tried("timeout", trouble=[slow], ticks=300)
    timed = tried("timeout", orders=[f"{LINK} timeout=300ms"], trouble=[slow], ticks=300)
    for journey, at_least in (("play", 0.8), ("browse", 0.0)):
        assert good(timed, journey) > good(waiting, journey) + at_least
    calm, hasty = tried(ticks=60), tried("timeout", orders=[f"{LINK} timeout=50ms"], ticks=60)
    assert good(calm, "browse") > 0.999
    assert good(hasty, "browse") < 0.8


def test_a_retry_budget_ends_a_storm_and_leaves_blips_unrescued() -> None:
    link = f"{LINK} timeout=500ms fallback=on retries=3"
    few = service("recommendations", concurrency=2)
    ways = [
        tried(
            *("timeout", "fallback", "retry-budget"),
            orders=[link + budget],
            trouble=["inject weakness recommendations lasts=30s"],
            ticks=300,
            patches=[few, weakness("target", capacity_pct=25.0)],
        )
        for budget in ("", " budget=10%")
    ]
    assert good(ways[0], "play") < 0.2  # the storm outlives the half minute that began it
    assert good(ways[1], "play") > 0.99
    blips = [
        tried(
            "retry-budget",
            orders=[f"{LINK} retries=2{budget}"],
            trouble=["inject weakness recommendations"],
            patches=[weakness("callers", error_pct=25.0)],
        )
        for budget in ("", " budget=10%")
    ]
    assert good(blips[0], "browse") > 0.99
    assert good(blips[1], "browse") < 0.96


def test_a_breaker_takes_a_dead_service_off_its_callers_and_cuts_off_what_half_works() -> None:
    known = ("timeout", "fallback", "circuit-breaker")
    dead = [
        tried(
            *known,
            orders=[f"{LINK} timeout=5s fallback=on breaker={breaker}"],
            trouble=["inject network-partition recommendations"],
            ticks=240,
        )
        for breaker in ("off", "on")
    ]
    assert good(dead[1], "play") > good(dead[0], "play") + 0.05
    half = [
        tried(
            *known,
            orders=[f"{LINK} timeout=1s breaker={breaker}"],
            trouble=["inject weakness recommendations"],
            patches=[weakness("callers", error_pct=60.0)],
        )
        for breaker in ("off", "on")
    ]
    assert good(half[0], "browse") > 0.4
    assert good(half[1], "browse") < 0.1


@pytest.mark.long
def test_a_bulkhead_keeps_a_slow_service_from_holding_everybody_and_turns_people_away_when_it_is_too_small() -> None:
    slow = "inject slow-dependency recommendations"
    ways = [
        tried("fallback", "bulkhead", orders=[f"{LINK} fallback=on bulkhead={n}"], trouble=[slow], ticks=300)
        for n in ("off", "20")
    ]
    assert good(ways[0], "play") < 0.2
    assert good(ways[1], "play") > 0.99
    narrow = tried("bulkhead", orders=[f"{LINK} bulkhead=4"], ticks=60)
    assert good(tried(ticks=60), "browse") > 0.999
    assert good(narrow, "browse") < 0.95


@pytest.mark.long
def test_a_limit_serves_in_an_overload_and_turns_away_what_a_queue_would_have_swallowed() -> None:
    crowd = demand(1.0, Spike(60, 60, 4))
    without, having = (tried(*known, patches=[crowd]) for known in ((), ("adaptive-limit web",)))
    assert good(without, "browse") < 0.6
    assert good(having, "browse") > 0.75
    busy = [service("web", concurrency=1), demand(0.7)]  # nine tenths of the workers in use, and steady
    without, having = (tried(*known, patches=busy) for known in ((), ("adaptive-limit web",)))
    assert good(without, "browse") > 0.995
    assert good(having, "browse") < 0.985


def test_fallbacks_give_a_plainer_page_and_one_that_was_never_tried_may_give_none() -> None:
    gone = "inject network-partition recommendations"
    orders = f"{LINK} timeout=300ms"
    without = tried("timeout", orders=[orders], trouble=[gone])
    having = tried("timeout", "fallback", orders=[f"{orders} fallback=on"], trouble=[gone])
    assert good(without, "browse") < 0.01
    assert good(having, "browse") > 0.99
    hurried = [
        good(tried("timeout", "fallback", trouble=[gone, f"{orders} fallback=on"], ticks=60, seed=seed), "browse")
        for seed in (2, 4)
    ]
    assert hurried[0] > 0.9
    assert hurried[1] < 0.01  # it was turned on in the middle of trouble, and does not work


def test_fallbacks_spoil_answers_that_a_second_click_would_have_brought() -> None:
    ways = [
        tried(
            "fallback",
            orders=[f"{LINK} fallback={fallback}"],
            trouble=["inject weakness recommendations"],
            patches=[weakness("callers", error_pct=10.0)],
        )
        for fallback in ("off", "on")
    ]
    assert uptime(ways[0].world, ways[0].rules) > uptime(ways[1].world, ways[1].rules) + 0.005


@pytest.mark.long
def test_shedding_keeps_what_matters_most_and_turns_away_in_a_peak_that_would_have_passed() -> None:
    crowd = demand(3.5)
    without, having = (tried(*known, patches=[crowd]) for known in ((), ("load-shedding",)))
    assert good(without, "play") < 0.6
    assert good(having, "play") > 0.99
    assert good(having, "browse") < good(having, "play") - 0.02
    busy = [service("web", concurrency=2), demand(1.3)]
    without, having = (tried(*known, patches=busy) for known in ((), ("load-shedding",)))
    assert good(without, "browse") > 0.999
    assert good(having, "browse") < 0.96
    assert having.world.tally.ledger[0].cause == "shed"


@pytest.mark.long
def test_static_stability_needs_nobody_to_start_replicas_and_believes_in_the_dead_for_longer() -> None:
    growing = [demand(1.0, Spike(30, 400, 2.0)), service("web", concurrency=2, boot_s=30)]
    trouble = ["inject control-plane-down", "scale web +6"]
    without, having = (
        tried(*known, trouble=trouble, ticks=300, patches=growing) for known in ((), ("static-stability",))
    )
    assert (replicas(without.world, "web"), replicas(having.world, "web")) == (4, 10)
    assert good(without, "play") < 0.2
    assert good(having, "play") > 0.99
    without, having = (
        tried(*known, "multi-zone", trouble=["inject zone-loss zone=b"], ticks=100, zones=3)
        for known in ((), ("static-stability",))
    )
    assert good(having, "play") < good(without, "play") - 0.1


def test_replicas_that_booted_without_a_control_plane_join_when_it_is_back() -> None:
    session = tried(
        trouble=["scale web +1", "inject control-plane-down lasts=100s"],
        ticks=80,
        patches=[service("web", boot_s=30)],
    )
    assert replicas(session.world, "web") == 4
    session.advance(30)
    assert replicas(session.world, "web") == 5


def test_without_a_control_plane_nobody_restarts_and_the_dead_of_a_zone_stay_listed() -> None:
    trouble = ["inject control-plane-down", "inject zone-loss zone=b", "restart web"]
    session = tried("multi-zone", trouble=trouble, zones=3)
    assert any(fact.kind == "refused" and "control plane" in fact.text for _, fact in session.facts)
    assert good(session, "play") < 0.01


def test_priorities_come_from_weights_unless_the_company_says_otherwise() -> None:
    rules = to_lead()
    play, browse = (next(j for j in rules.journeys if j.id == name) for name in ("play", "browse"))
    assert (rank(rules, play), rank(rules, browse)) == (0, 1)
    assert rank(rules, replace(browse, weight=1.0)) == 2
    assert rank(rules, replace(play, priority=2)) == 2
