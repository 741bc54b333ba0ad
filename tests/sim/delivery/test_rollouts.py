"""How new versions reach their replicas, and what they do there."""

from dataclasses import replace

import pytest

from devops_tycoon.sim.delivery.changes import card_of, odds
from devops_tycoon.sim.delivery.rollout import under_way
from devops_tycoon.sim.values.delivery import METHODS, Change
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import Adopted, World
from tests.builders import order, replicas, service_number, watched
from tests.delivering import by_deploys, delivering, fleet, play, said, wait_for

ALL = ("ci", "cd-pipeline", "canary", "blue-green")


def share(world: World, service: str = "web") -> int:
    rollout = under_way(world, service)
    return rollout.share if rollout else -1


def test_a_big_bang_is_a_short_outage_and_everybody_has_it() -> None:
    session = delivering(*ALL, how="big-bang", tick_s=1)
    session.advance(10)
    wait_for(session, "web", "")
    order(session, "deploy web")
    refused: list[float] = []
    for before, after in watched(session, 400):
        if after.tally.deploys > before.tally.deploys or refused:
            refused.append(sum(after.reading.refused))
    assert 15 <= len([number for number in refused if number > 0]) <= 25
    assert session.world.delivery.shipped == 1


def test_a_rolling_deploy_is_replica_by_replica_and_refuses_nobody() -> None:
    session = delivering(*ALL, how="rolling", tick_s=2)
    session.advance(5)
    wait_for(session, "web", "")
    order(session, "deploy web")
    seen, slots, web = [], [], service_number(session.world, "web")
    for _, after in watched(session, 600):
        seen.append(share(after))
        slots.append(after.reading.slots[web])
        assert sum(after.reading.refused) == 0
    shares = sorted(set(seen))
    count = replicas(session.world, "web")
    assert len([part for part in shares if 0 <= part < WHOLE]) == count
    assert seen == sorted(seen[: seen.index(max(seen)) + 1]) + seen[seen.index(max(seen)) + 1 :]
    assert min(slots) == pytest.approx(max(slots) * (count - 1) / count)


def test_a_blue_green_deploy_switches_at_once_and_pays_two_fleets_until_the_old_one_goes() -> None:
    session = delivering(*ALL, how="blue-green", tick_s=2)
    session.advance(5)
    wait_for(session, "web", "")
    order(session, "deploy web")
    calm = session.world.cash_cents
    session.advance(120)  # the pipeline's hands
    assert {0, -1} >= {share(session.world)}
    before = session.world.cash_cents
    session.advance(50)
    both = before - session.world.cash_cents
    seen = {share(after) for _, after in watched(session, 600)}
    before = session.world.cash_cents
    session.advance(50)
    assert seen == {0, WHOLE, -1}
    assert calm > before
    assert both > before - session.world.cash_cents


@pytest.mark.long
@pytest.mark.parametrize("how", METHODS)
def test_the_same_changes_are_bad_however_they_are_deployed(how: str) -> None:
    session = delivering(*ALL, how=how, tick_s=1)
    session.advance(10)
    wait_for(session, "web", "", "slow-query", "", "wrong-data")
    order(session, "deploy web")
    session.advance(1700)
    begun = set(said(session, "fault"))
    titles = [session.rules.failure[card].title for card in ("slow-query", "wrong-data")]
    assert begun == {f"{title} on web begins." for title in titles}


def test_eight_changes_are_bad_together_with_fifteen_per_cent_and_debt_and_tiredness_add_to_it() -> None:
    world, rules = (session := delivering()).world, session.rules
    assert odds(world, rules, 8) == pytest.approx(0.15, abs=0.001)
    worse = replace(world, delivery=replace(world.delivery, debt=50))
    tired = replace(world, team=replace(world.team, fatigue=WHOLE // 2))
    tested = replace(world, practices=(Adopted("ci", "", 0),))
    assert odds(worse, rules, 8) == pytest.approx(odds(tired, rules, 8))
    assert odds(worse, rules, 8) > 0.2
    assert odds(tested, rules, 8) < 0.1


def test_a_fault_of_a_new_version_hits_no_more_than_its_share() -> None:
    session = delivering(*ALL, how="rolling", tick_s=2)
    session.advance(5)
    wait_for(session, "web", "bad-deploy")
    order(session, "deploy web")
    card = session.rules.failure["bad-deploy"].effects[0]
    storefront = session.rules.place["storefront"]
    met = 0
    for before, after in watched(session, 500):
        part = max(0, share(after))
        if 0 < part < WHOLE and part == share(before):
            met += 1
            assert after.reading.fail[storefront] <= part / WHOLE * card.error_pct / 100 + 1e-9
    assert met > 50


def test_every_request_lost_to_a_bad_deploy_stands_in_the_ledger_under_its_card() -> None:
    session = delivering(*ALL, how="blue-green", tick_s=2)
    session.advance(5)
    wait_for(session, "web", "bad-deploy")
    order(session, "deploy web")
    session.advance(500)
    tally = session.world.tally
    assert by_deploys(session) == sum(j.valid - j.good for j in tally.journeys) > 0
    assert {line.fault for line in tally.ledger} == {"bad-deploy"}


def test_a_rollback_ends_a_rollout_and_what_was_taken_back_waits_for_its_repair() -> None:
    session = delivering(*ALL, how="rolling", tick_s=2)
    session.advance(5)
    wait_for(session, "web", "bad-deploy", "")
    order(session, "deploy web")
    session.advance(300)
    assert 0 < share(session.world) < WHOLE
    assert session.world.faults
    order(session, "rollback web")
    session.advance(160)
    world = session.world
    assert not world.faults
    assert under_way(world, "web") is None
    (ready,) = world.delivery.ready
    assert [change.mended for change in ready.items] == [1, 0]
    assert all(change.again for change in ready.items)
    (deployment,) = world.tally.deployments
    assert deployment.failed
    assert world.delivery.shipped == 0


@pytest.mark.long
def test_a_shift_ends_in_the_middle_of_a_rollout() -> None:
    session = delivering(*ALL, how="rolling", tick_s=1)
    session.advance(1200)
    wait_for(session, "web", "bad-deploy")
    order(session, "deploy web")
    session.advance(600)
    world = session.world
    assert world.phase == "planning"
    assert not world.delivery.rollouts
    assert not world.faults
    assert world.services == tuple(replace(s, version=1) for s in world.services)
    assert sum(ready.changes for ready in world.delivery.ready) == 1
    order(session, "begin")
    session.advance(100)


def test_nobody_sees_which_changes_are_bad() -> None:
    session = delivering(*ALL, how="canary", tick_s=1)
    session.advance(10)
    wait_for(session, "web", "bad-deploy")
    order(session, "deploy web")
    session.advance(700)
    hidden = session.seen.delivery
    assert session.world.delivery.rollouts or session.world.delivery.live
    assert not any(r.fault or any(r.cards) or r.faults for r in hidden.rollouts)
    assert not any(any(entry.cards) or entry.faults for entry in hidden.live)


def test_a_mended_change_has_another_die() -> None:
    session = delivering()
    world, rules = session.world, session.rules

    def bad(mended: int) -> list[int]:
        return [n for n in range(1, 2000) if card_of(world, rules, Change(n, 0, 0, mended))]

    first, second = bad(0), bad(1)
    assert 20 < len(first) < 60
    assert len(set(first) & set(second)) < len(first) / 4


def test_a_leak_restarts_with_its_replicas_and_is_gone_only_with_its_version() -> None:
    session = delivering(*ALL, how="blue-green", seconds=3600, tick_s=10)
    play(session, 10)
    wait_for(session, "web", "memory-leak")
    order(session, "deploy web")
    play(session, 2400)
    storefront = session.rules.place["storefront"]
    leaking = session.world.reading.fail[storefront]
    order(session, "restart web how=all")
    play(session, 300)
    again = session.world.reading.fail[storefront]
    assert 0 < again < leaking / 2


def test_slowness_that_some_replicas_have_is_a_mixture_and_not_a_little_slowness_for_all() -> None:
    session = delivering(*ALL, how="rolling", rules=fleet(100))
    play(session, 295)
    wait_for(session, "web", "slow-query")
    late: dict[int, float] = {}
    for before, after in watched(session, 200):
        part = share(after)
        if part == share(before):
            late[part] = after.reading.late[0] / after.reading.valid[0]
    whole = late.pop(-1)
    assert whole > 0.1
    parts = {part: found for part, found in late.items() if part > 0}
    assert len(parts) == 9
    for part, found in parts.items():
        assert 0.6 * whole * part / WHOLE < found < 1.05 * whole * part / WHOLE
