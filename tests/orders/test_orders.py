"""What orders do, and how they are refused."""

from dataclasses import replace

import pytest

from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.score import sli
from tests.builders import POSTING, STREAMING, a_game, a_session, order, replicas

RICH = 10**9


def served(session: Session) -> float:
    """Return requests that were good, per second of play."""
    good = sum(journey.good for journey in session.world.tally.journeys)
    return good / 1e6 / session.world.tick / session.rules.scenario.tick_s


def split_up(*texts: str, ticks: int = 120) -> Session:
    session = a_session(POSTING, began=False, ticks=ticks, cash_cents=RICH)
    order(session, *texts, "begin")
    session.advance(ticks)
    return session


def test_a_split_keeps_all_the_traffic_and_its_merge_restores_it() -> None:
    plain = split_up()
    apart = split_up("split catalog search into=browse replicas=3", "split identity")
    back = split_up("split catalog", "merge catalog web", "scale web -2")
    assert served(apart) == pytest.approx(served(plain), rel=1e-4)
    assert apart.world.tally.journeys[0].valid == pytest.approx(plain.world.tally.journeys[0].valid, rel=1e-4)
    assert back.world.flow == plain.world.flow
    assert back.world.tally.journeys == plain.world.tally.journeys


def test_a_split_in_a_shift_takes_effect_after_its_time_and_loses_nobody() -> None:
    session = a_session(POSTING, ticks=200, cash_cents=RICH)
    session.advance(20)
    order(session, "split catalog")
    session.advance(1)
    assert "catalog" not in [s.id for s in session.world.services]
    assert session.place("split search") == "Traffic is already being moved; one split or merge at a time."
    session.advance(60)
    assert "catalog" in [s.id for s in session.world.services]
    session.advance(60)
    assert sli(session.world.tally.journeys[0]) > 0.9999


def test_scaling_takes_money_room_and_time_and_gives_nothing_back() -> None:
    session = a_session(began=False)
    order(session, "scale web +2", "scale web -2")
    assert session.world.cash_cents == 6_000_000 - 2 * 600_000
    assert replicas(session.world, "web") == 4
    order(session, "begin")
    order(session, "scale web +1")
    session.advance(180)
    assert replicas(session.world, "web") == 4
    session.advance(1)
    assert replicas(session.world, "web") == 5


def test_two_scalings_on_their_way_are_counted_together() -> None:
    session = a_session(cash_cents=RICH, events=())
    order(session, "scale web +5")
    session.advance(1)
    why = session.place("scale web +4")
    assert why == "web has 9 replicas and can have at most 12."
    assert session.place("scale web +3") is None


def test_a_merge_that_fills_the_room_leaves_none_for_replicas_that_boot_later() -> None:
    session = a_session(cash_cents=RICH, events=(), ticks=1200)
    order(session, "merge identity catalog")
    session.advance(550)
    order(session, "scale catalog +6")
    session.advance(200)
    service = next(s for s in session.world.services if s.id == "catalog")
    assert service.replicas == service.most == 8


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("scale wep +1", "There is no service wep; did you mean web?"),
        ("scale web +9", "web has 4 replicas and can have at most 12."),
        ("scale web -4", "web has 4 replicas and needs at least one."),
        ("scale main-db +8", "costs $72,000; you have $60,000."),
        ("scale payments +1", "payments belongs to an external provider; you cannot scale it."),
        ("set web>catalogue retries=1", "There is no service catalogue; did you mean catalog?"),
        ("set web>payments retries=1", "web does not call payments; it calls "),
        ("set main-db>web retries=1", "it calls no service."),
        ("set web>identity fallback=on", "web has no prepared fallback for identity."),
        ("split catalogue", "There is no capability catalogue; did you mean catalog?"),
        ("split catalog", "Those are all capabilities of catalog; at least one must stay."),
        ("split main-db", "main-db is a store; only services can be split."),
        ("split search into=web", "There is already a service web; choose another name with into=NAME."),
        ("split search signup", "Search and Sign-up are not all in one service."),
        ("split search replicas=13", "search can have at most 12 replicas."),
        ("split search replicas=11", "costs $66,000; you have $60,000."),
        ("merge wep catalog", "did you mean web?"),
        ("merge main-db web", "main-db is a store; only two services or two stores can be merged."),
        ("restart web", "web does not run yet"),
        ("restart nobody", "There is no service nobody; there is web, "),
        ("restart mail", "mail belongs to an external provider; you cannot restart it."),
        ("rollback web", "web runs its first version; there is none to roll back to."),
        ("forecast-answer 5", "The question has 4 choices."),
    ],
)
def test_a_refusal_is_a_sentence_that_says_what_would_be_possible(text: str, says: str) -> None:
    session = a_session(began=False)
    why = session.place(text)
    assert why is not None
    assert says in why
    assert why.endswith((".", "?"))
    assert not why.endswith("?.")
    assert session.orders == []


def test_the_facilitator_is_told_of_unknown_cards_targets_and_zones() -> None:
    session = a_session(events=())
    for text, says in (
        ("inject slow-dependancy web", "did you mean slow-dependency?"),
        ("inject slow-dependency wep", "did you mean web?"),
        ("inject zone-loss zone=c", "There is no zone c; zones: a."),
    ):
        why = session.place(text, "facilitator")
        assert why is not None
        assert says in why


def test_settings_change_what_they_name_and_keep_the_rest() -> None:
    session = a_session(began=False)
    order(session, "set web>recommendations timeout=300ms retries=2 fallback=on")
    order(session, "set web>recommendations timeout=off backoff=50ms")
    (link,) = session.world.links
    assert (link.settings.timeout_ms, link.settings.retries, link.settings.backoff_ms, link.settings.fallback) == (
        None, 2, 50.0, True,
    )  # fmt: skip


def test_a_breaker_stops_asking_a_callee_that_fails() -> None:
    def asked(switch: str) -> float:
        session = a_session(began=False, ticks=120)
        order(session, f"set web>catalog timeout=300ms breaker={switch}", "begin", "inject slow-dependency catalog")
        session.advance(60)
        total = 0.0
        for _ in range(40):
            session.advance(1)
            total += session.world.reading.arrivals[[s.id for s in session.world.services].index("catalog")]
        return total

    with_it, without = asked("on"), asked("off")
    assert with_it < 0.5 * without


def test_a_rollback_cures_a_bad_deploy_after_its_time_and_nothing_else() -> None:
    session = a_session(events=(), ticks=1200)
    session.advance(10)
    order(session, "inject bad-deploy catalog", "inject slow-dependency catalog lasts=900s")
    session.advance(1)
    order(session, "rollback catalog")
    session.advance(1)
    assert session.place("rollback catalog") == "catalog is already rolling back."
    session.advance(239)
    assert [fault.card for fault in session.world.faults] == ["bad-deploy", "slow-dependency"]
    session.advance(1)
    assert [fault.card for fault in session.world.faults] == ["slow-dependency"]
    assert next(s.version for s in session.world.services if s.id == "catalog") == 1


def test_a_bad_version_that_is_merged_into_another_service_can_still_be_rolled_back() -> None:
    session = a_session(events=(), ticks=1500)
    session.advance(1)
    order(session, "inject bad-deploy identity")
    session.advance(1)
    order(session, "merge identity catalog")
    session.advance(601)
    assert [(fault.card, fault.target) for fault in session.world.faults] == [("bad-deploy", "catalog")]
    order(session, "rollback catalog")
    session.advance(241)
    assert session.world.faults == ()


def test_a_rolling_restart_keeps_serving_and_one_of_all_refuses() -> None:
    def restarted(how: str) -> Session:
        session = a_session(events=(), ticks=900)
        session.advance(60)
        order(session, f"restart identity how={how}")
        session.advance(100)
        return session

    rolling, every = restarted("rolling"), restarted("all")
    assert sli(rolling.world.tally.journeys[1]) > 0.99
    assert sli(every.world.tally.journeys[1]) < 0.7
    assert any(line.cause == "down" and line.where == "identity" for line in every.world.tally.ledger)
    assert every.place("restart identity") == "identity is already restarting."
    every.advance(60)
    assert every.world.reading.refused[1] == 0
    assert rolling.world.services[1].restart_until == 60 + 2 * 120


def test_a_restart_cures_what_its_card_says() -> None:
    game = a_game(STREAMING, events=())
    stuck = replace(game.rules.failure["bad-deploy"], id="stuck", ends_when="restart", deploys=False)
    session = Session(replace(game, rules=replace(game.rules, failures=(stuck,))))
    order(session, "begin")
    session.advance(1)
    order(session, "inject stuck catalog")
    session.advance(1)
    order(session, "restart catalog")
    session.advance(1)
    assert session.world.faults == ()


def test_answers_to_the_forecast_are_kept_and_change_no_score() -> None:
    with_answer, without = a_session(began=False, ticks=30), a_session(began=False, ticks=30)
    order(with_answer, "forecast-answer 3", "begin")
    order(without, "begin")
    for session in (with_answer, without):
        session.advance(30)
    assert with_answer.world.answer == 2
    assert with_answer.world.tally.journeys == without.world.tally.journeys
