"""What a company can build helps in one run and harms in another; both are played."""

from dataclasses import replace
from typing import Any

import pytest

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.effects.graph import single_points_of_failure
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.sim.rules.scenario import StartService
from devops_tycoon.sim.values.world import Adopted
from tests.builders import replicas
from tests.leading import leading_session, to_lead
from tests.sim.practices.play import busy, good, lost, played, quarterly, since, takes_s, two_games

CALM = {"browse": 40.0, "play": 25.0}
RUSH = {"browse": 160.0, "play": 80.0}
"""A tenth more than the four disks of the main database can do."""
GROWN = {"browse": 256.0, "play": 128.0}
"""Two thirds more than they can do: only a cache makes it look easy."""
PLAYING = {"browse": 20.0, "play": 400.0}


def start_services(**changes: dict[str, Any]) -> tuple[StartService, ...]:
    """Return the streaming lesson's services, some of them with other numbers."""
    services = to_lead().scenario.services
    return tuple(replace(s, **changes.get(s.id.replace("-", "_"), {})) for s in services)


def players_apart() -> tuple[StartService, ...]:
    """Return the services with playback in one of its own."""
    web, *others = to_lead().scenario.services
    apart = ("playback", "licences", "devices")
    rest = tuple(name for name in web.capabilities if name not in apart)
    player = replace(web, id="player", replicas=1, capabilities=tuple(n for n in web.capabilities if n in apart))
    return (replace(web, capabilities=rest), player, *others)


def refused(session: Session, text: str) -> bool:
    """Say whether an order of the facilitator is refused."""
    return session.place(text, FACILITATOR) is not None


# ---- machines and stores ---------------------------------------------------------------------------------------------


def test_bigger_machines_carry_a_rush_but_help_comes_later_and_the_rent_doubles() -> None:
    small, big = played(two_games("scale-up", "main-db", loads=RUSH, ticks=120), 60)
    assert good(small, "play") < 0.9 < 0.99 < good(big, "play")
    small, big = played(two_games("scale-up", "web", loads=CALM, ticks=400), 250, "scale web +1")
    assert [replicas(g.world, "web") for g in (small, big)] == [5, 4]
    assert quarterly(big) < quarterly(small)


def test_read_replicas_carry_a_rush_but_members_do_not_find_what_they_just_wrote() -> None:
    alone, copied = played(two_games("read-replica", "main-db", loads=RUSH, ticks=120), 60)
    assert good(copied, "play") > good(alone, "play") + 0.1
    alone, copied = played(two_games("read-replica", "main-db", loads=CALM, ticks=120), 60)
    assert lost(alone, "stale") == 0 < lost(copied, "stale")
    assert good(copied, "play") < good(alone, "play")
    assert busy(copied, "main-db") < 0.3 * busy(alone, "main-db")


def test_copies_lag_more_the_more_is_written() -> None:
    shares = []
    for times in (1, 4):
        loads = {journey: rate * times for journey, rate in CALM.items()}
        _, copied = two_games("read-replica", "main-db", loads=loads, ticks=120)
        played((copied,), 60)
        shares.append(1 - good(copied, "play"))
    assert shares[1] > 1.1 * shares[0]


def test_shards_carry_a_rush_but_one_key_cannot_be_divided() -> None:
    whole, cut = played(two_games("shard", "main-db", loads=RUSH, ticks=120), 60)
    assert good(cut, "play") > good(whole, "play") + 0.1
    evening = {"browse": 110.0, "play": 60.0}
    whole, cut = played(two_games("shard", "main-db", loads=evening, ticks=200), 30)
    assert takes_s(cut, "play") > 0
    assert refused(whole, "inject hot-key main-db")
    played((cut, cut), 60, "inject hot-key main-db")
    whole.advance(60)
    assert good(whole, "play") > 0.99
    assert good(cut, "play") < 0.9


def test_a_cache_carries_a_rush_until_it_is_empty_and_knows_what_was() -> None:
    without, having = played(two_games("cache-tier", "main-db", loads=RUSH, ticks=400), 60)
    assert good(having, "play") > good(without, "play") + 0.1
    _, having = two_games("cache-tier", "main-db", loads=GROWN, ticks=400)
    having.advance(60)
    before = since(having, 30, "play")
    played((having,), 2, "inject cache-flush main-db")
    assert busy(having, "main-db") > 0.95
    assert since(having, 30, "play") < before - 0.05
    without, having = played(two_games("cache-tier", "main-db", loads=CALM, ticks=120), 60)
    assert lost(without, "stale") == 0 < lost(having, "stale")
    assert takes_s(having, "play") < takes_s(without, "play")


def test_a_store_without_a_primary_outlives_a_zone_and_works_harder_every_day() -> None:
    also = ("load-balancer", "multi-zone", "service-registry")
    patient = to_lead().scenario.defaults
    hasty = replace(patient, timeout_ms=500.0)
    quiet = {"browse": 20.0, "play": 12.0}  # so that two replicas of three carry a majority of copies
    games = two_games("nosql-quorum", "main-db", also=also, loads=quiet, zones=3, ticks=300, defaults=hasty)
    primary, quorum = played(games, 60, "inject zone-loss zone=a")
    assert good(primary, "play") < 0.3 < 0.8 < good(quorum, "play")
    primary, quorum = played(games, 60)
    assert since(primary, 60, "play") > 0.99  # a copy has taken over
    games = two_games("nosql-quorum", "main-db", also=also, loads=CALM, zones=3, ticks=120)
    primary, quorum = played(games, 60)
    assert busy(quorum, "main-db") > 1.4 * busy(primary, "main-db")
    assert lost(quorum, "stale") > 0
    assert good(quorum, "play") < good(primary, "play")


# ---- between services ------------------------------------------------------------------------------------------------

SHIPPING = {"ship": 10.0, "join": 5.0}


def test_a_queue_spares_the_caller_and_brings_everything_back() -> None:
    games = two_games("queue", "shipping>billing", loads=SHIPPING, ticks=400)
    direct, later = played(games, 60, "inject network-partition mail")
    assert good(direct, "ship") < 0.5 < 0.99 < good(later, "ship")
    games = two_games("queue", "shipping>billing", also=("timeout",), loads=SHIPPING, ticks=900)
    timeouts = ("set billing>mail timeout=1s", "inject network-partition mail lasts=600s")
    direct, later = played(games, 400, *timeouts)
    assert good(direct, "join") > 0.95  # their mails are gone, and that is all
    assert good(later, "join") < good(direct, "join") - 0.1  # the pile takes the workers of those who join


def test_a_queue_is_for_what_may_come_later() -> None:
    session = leading_session(ticks=10)
    why = session.place("adopt queue web>identity")
    assert why is not None
    assert "every answer of" in why
    assert session.place("adopt queue shipping>billing") is None


def test_callers_that_choose_near_are_quicker_and_as_strong_as_the_weakest_zone() -> None:
    also = ("load-balancer", "multi-zone")
    far, near = played(two_games("client-lb", also=also, loads=CALM, zones=3, ticks=120), 60)
    assert takes_s(near, "play") < takes_s(far, "play")
    tight = start_services(web={"concurrency": 3})
    loads = {"browse": 75.0, "play": 40.0}
    far, near = played(two_games("client-lb", also=also, loads=loads, zones=3, ticks=300, services=tight), 120)
    assert good(far, "browse") > 0.99
    assert good(near, "browse") < 0.95


# ---- doors -----------------------------------------------------------------------------------------------------------


def test_a_balancer_strikes_the_dead_off_and_may_forget_the_living() -> None:
    games = two_games("load-balancer", also=("multi-zone",), loads=CALM, zones=3, ticks=120)
    without, having = played(games, 60, "inject zone-loss zone=b")
    assert good(having, "play") > good(without, "play") + 0.05
    without, having = two_games("load-balancer", loads=CALM, ticks=120)
    assert refused(without, "inject lb-control-plane")
    without.advance(60)
    played((having,), 60, "inject lb-control-plane")
    assert takes_s(having, "browse") > 0
    assert good(without, "play") > 0.999
    assert good(having, "play") < 0.95
    assert any(line.where.startswith("load-balancer") for line in having.world.tally.ledger)
    assert busy(having, "main-db") < busy(without, "main-db")  # and everything behind it is green


@pytest.mark.long
def test_a_gateway_turns_away_what_would_come_too_late_and_shares_one_fate() -> None:
    without, having = played(two_games("edge-gateway", loads=RUSH, ticks=200), 150)
    assert good(having, "play") > good(without, "play") + 0.1
    assert lost(having, "shed") > 0
    loads = {**CALM, "join": 2.0}
    games = two_games("edge-gateway", loads=loads, ticks=200)
    without, having = played(games, 150, "inject slow-dependency recommendations")
    assert good(without, "join") > 0.99  # it never asks recommendations
    assert good(having, "join") < 0.9


def test_rented_caches_carry_a_premiere_and_can_be_down_or_emptied() -> None:
    without, having = played(two_games("cdn-rented", loads=PLAYING, ticks=400), 60)
    assert good(having, "play") > good(without, "play") + 0.1
    _, having = two_games("cdn-rented", loads={"browse": 20.0, "play": 600.0}, ticks=400)
    having.advance(60)
    before = since(having, 30, "play")
    played((having,), 1, "inject purge-mistake")
    assert since(having, 30, "play") < before - 0.02
    without, having = two_games("cdn-rented", loads=CALM, ticks=200)
    without.advance(60)
    played((having,), 60, "inject cdn-outage")
    assert good(without, "play") > 0.999
    assert good(having, "play") < 0.1


def test_own_caches_carry_a_premiere_and_are_only_so_big() -> None:
    without, having = played(two_games("cdn-own", loads=PLAYING, ticks=200), 60)
    assert good(having, "play") > good(without, "play") + 0.1
    games = two_games("cdn-own", loads={"browse": 80.0, "play": 25.0}, ticks=200, services=players_apart())
    without, having = played(games, 90, "inject slow-dependency recommendations")
    assert good(without, "play") > 0.99  # playback is a service of its own
    assert good(having, "play") < 0.95


# ---- places ----------------------------------------------------------------------------------------------------------


def test_three_zones_outlive_one_and_are_hit_three_times_as_often() -> None:
    games = two_games("multi-zone", loads=CALM, zones=3, ticks=300)
    assert [refused(g, "inject zone-loss zone=d") for g in games] == [True, True]
    one, three = played(games, 200, "inject zone-loss zone=a")
    assert good(one, "play") < 0.05
    assert good(three, "play") > 0.3
    assert since(three, 60, "play") > 0.99
    games = two_games("multi-zone", loads=CALM, zones=3, ticks=120)
    one, three = played(games, 30)
    assert takes_s(three, "play") > takes_s(one, "play") + 0.002
    one, three = played(games, 60, "inject zone-loss zone=c")
    assert good(one, "play") > 0.999  # nothing of it stands there
    assert good(three, "play") < 0.95
    assert quarterly(three) < quarterly(one)


@pytest.mark.parametrize(
    ("practice", "card", "after"),
    [("multi-region-passive", "region-loss", 275), ("second-provider", "provider-loss", 275)],
)
def test_another_place_serves_after_the_failover_and_costs_every_day(practice: str, card: str, after: int) -> None:
    games = two_games(practice, loads=CALM, tick_s=10, ticks=360)
    without, having = played(games, after, f"inject {card}")
    assert good(without, "play") < 0.01
    assert good(having, "play") < 0.1
    assert since(having, 30, "play") > 0.9
    assert since(without, 30, "play") < 0.01
    without, having = played(two_games(practice, loads=CALM, ticks=120), 60)
    assert takes_s(having, "play") > takes_s(without, "play")
    assert busy(having, "main-db") > busy(without, "main-db")
    assert quarterly(having) < quarterly(without)


def test_a_standby_rots_while_nobody_uses_it() -> None:
    slots = []
    for week in (0, 30, 300):
        _, having = two_games("multi-region-passive", loads=CALM, tick_s=10, ticks=360)
        having.world = replace(having.world, week=having.world.week + week)
        played((having,), 280, "inject region-loss")
        slots.append(network_in_effect(having.world, having.rules).pools[0].slots)
    assert slots[0] > slots[1] > slots[2] > 0.2 * 100


def test_two_regions_serve_on_and_every_write_is_done_twice() -> None:
    games = two_games("multi-region-active", loads=CALM, tick_s=10, ticks=100)
    without, having = played(games, 45, "inject region-loss")
    assert good(without, "play") < 0.01
    assert 0.4 < good(having, "play") < 0.7  # half of the members wait for seven minutes
    assert since(having, 30, "play") > 0.99
    without, having = played(two_games("multi-region-active", loads=CALM, ticks=120), 60)
    assert takes_s(having, "play") > takes_s(without, "play")
    assert 2 * busy(having, "main-db") > 1.05 * busy(without, "main-db")
    assert quarterly(having) < quarterly(without)


def test_a_copy_elsewhere_brings_the_data_back_sooner_and_is_read_every_night() -> None:
    games = two_games("offsite-backup", loads=CALM, ticks=500)
    without, having = played(games, 400, "inject provider-loss lasts=1200s")
    assert good(without, "play") < 0.01
    assert since(having, 60, "play") > 0.9
    without, having = played(two_games("offsite-backup", loads=CALM, ticks=120), 60)
    assert busy(having, "main-db") > 1.02 * busy(without, "main-db")


# ---- the wiring ------------------------------------------------------------------------------------------------------


def test_what_nobody_has_built_changes_nothing() -> None:
    session = leading_session(ticks=10)
    network = network_in_effect(session.world, session.rules)
    assert [pool.id for pool in network.pools] == [service.id for service in session.world.services]


def test_everything_at_once_still_adds_up() -> None:
    names = ("load-balancer", "edge-gateway", "multi-zone", "cdn-rented", "multi-region-active", "second-provider")
    _, having = two_games("shard", "main-db", also=names, loads=CALM, zones=3, ticks=200)
    more = [replace(having.world.practices[-1], practice=name) for name in ("cache-tier", "read-replica")]
    having.world = replace(having.world, practices=(*having.world.practices, *more))
    fresh = leading_session(zones=3, ticks=200)
    fresh.world = replace(fresh.world, practices=having.world.practices)
    played((fresh,), 1, "begin")
    played((fresh,), 60, "inject zone-loss zone=b", "inject region-loss")
    tally = fresh.world.tally
    assert sum(line.bad for line in tally.ledger) == sum(j.valid - j.good for j in tally.journeys)


def test_a_door_is_a_single_point_of_failure() -> None:
    _, having = two_games("load-balancer", loads=CALM, ticks=60)
    having.advance(5)
    points = single_points_of_failure(having.world, having.rules, "play")
    assert ("door", "load-balancer") in {(point.kind, point.what) for point in points}


def test_what_a_company_cannot_use_is_refused() -> None:
    rules = to_lead(zones=1)
    session = Session(Game(replace(rules, practices=tuple(replace(p, act=1) for p in rules.practices)), 1))
    for practice in ("load-balancer", "service-registry"):
        session.world = replace(session.world, practices=(*session.world.practices, Adopted(practice, "", 0)))
    assert session.place("adopt multi-zone") == "This scenario has only one zone."
    assert session.place("adopt scale-up payments") == "payments is a provider, not a service or store."
