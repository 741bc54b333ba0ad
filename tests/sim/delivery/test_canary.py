"""What a canary can see, and what it cannot."""

import pytest

from devops_tycoon.play.session import Session
from devops_tycoon.sim.delivery.canary import CANNOT_JUDGE, FINE, WORSE, needed, verdict
from devops_tycoon.sim.delivery.changes import CARDS
from devops_tycoon.sim.values.delivery import Sample
from tests.delivering import TICK_S, by_deploys, delivering, fleet, play, said, wait_for

NOTICED_S = 600
"""Somebody notices trouble after ten minutes and rolls back, however it was deployed."""


def a_bad_batch(rate: float, how: str, card: str) -> Session:
    """Play twenty minutes in which four changes, the third of them bad, are shipped by the pipeline."""
    session = delivering("cd-pipeline", "canary", "auto-canary", how=how, rules=fleet(rate, seconds=1200))
    play(session, 295)
    wait_for(session, "web", "", "", card, "")
    while session.world.phase == "shift":
        play(session, 10)
        if any(session.world.tick - fault.began >= NOTICED_S / TICK_S for fault in session.world.faults):
            session.place("rollback web")
    return session


def lost(rate: float, how: str) -> tuple[float, list[str]]:
    """Return the requests lost to what the deploy brought, by how often each kind comes, and what canaries said."""
    total, words = 0.0, []
    for card, share in CARDS:
        session = a_bad_batch(rate, how, card)
        total += share * by_deploys(session) / 1_000_000
        words += said(session, "canary")
    return total, words


@pytest.mark.long
def test_a_canary_halves_what_bad_deploys_cost_at_a_thousand_requests_a_second_and_cannot_judge_at_one() -> None:
    rolling, _ = lost(1000, "rolling")
    canary, words = lost(1000, "canary")
    assert canary < rolling / 2
    assert any("is worse" in text for text in words)
    _, words = lost(1, "canary")
    assert len(words) >= len(CARDS)
    assert all("cannot judge" in text and "promoted unjudged" in text for text in words)


def test_a_difference_counts_when_it_is_no_accident_and_when_enough_were_asked() -> None:
    usual = Sample(10_000, 10, 1350)
    assert verdict(Sample(10_000, 300, 1350), usual) == WORSE
    assert verdict(Sample(10_000, 10, 3000), usual) == WORSE
    assert verdict(Sample(10_000, 14, 1380), usual) == FINE
    assert verdict(Sample(90, 80, 80), Sample(90, 0, 12)) == CANNOT_JUDGE
    assert verdict(Sample(1000, 1, 140), Sample(1000, 1, 130)) == CANNOT_JUDGE
    assert needed(usual) > 1000
    assert needed(Sample(1000, 400, 130)) > 10 * needed(usual)


def test_trouble_that_both_halves_have_is_not_the_canarys() -> None:
    session = delivering("cd-pipeline", "canary", "auto-canary", how="canary", rules=fleet(200, seconds=1200))
    play(session, 295)
    wait_for(session, "web", "")
    play(session, 200)
    session.place("inject bad-deploy catalog", by="facilitator")
    play(session, 300)
    (text,) = said(session, "canary")
    assert "is worse" not in text


def test_configuration_goes_to_canary_and_baseline_alike_unless_it_is_code() -> None:
    outcomes = []
    for practices in ((), ("config-as-code",)):
        session = delivering(
            "cd-pipeline", "canary", "auto-canary", *practices, how="canary", rules=fleet(200, seconds=900)
        )
        play(session, 295)
        wait_for(session, "web", "bad-config-push")
        play(session, 600)
        outcomes.append(any("is worse" in text for text in said(session, "canary")))
    assert outcomes == [False, True]


def test_what_a_canary_was_too_small_to_judge_the_watch_over_all_replicas_still_takes_back() -> None:
    session = delivering(
        "cd-pipeline", "canary", "auto-canary", "auto-rollback", how="canary", rules=fleet(1, seconds=2400)
    )
    play(session, 295)
    wait_for(session, "web", "slow-query")
    play(session, 1400)
    (text,) = said(session, "canary")
    assert "cannot judge" in text
    assert said(session, "rollback")
    assert not session.world.faults
    (deployment,) = session.world.tally.deployments
    assert deployment.failed
