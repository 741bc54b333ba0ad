"""Splits, merges and moved tables as projects: what they keep, what they take, and what they do while they last."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.orders import parse
from devops_tycoon.play.session import Session
from devops_tycoon.sim.demand.load import offered
from devops_tycoon.sim.effects.half_moved import BACKFILL, WRITES
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.operations.estate import services_owned
from devops_tycoon.sim.operations.services import find, with_service
from devops_tycoon.sim.planning.quarter import bills
from devops_tycoon.sim.score.score import sli, uptime
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import World
from tests.builders import order
from tests.companies import a_company, after, first_world, monolith, work_per_s
from tests.examples import examples

CLOUD = monolith(3)
TABLES = [node.id for node in CLOUD.capability.values() if node.kind == "store"]


def stores(world: World) -> float:
    work = work_per_s(world, CLOUD)
    return sum(work.get(s.id, 0.0) for s in world.services if s.kind == "store")


def services(world: World) -> float:
    work = work_per_s(world, CLOUD)
    return sum(work.get(s.id, 0.0) for s in world.services if s.kind == "service")


def halfway(text: str, done: int) -> World:
    """Return the company in the middle of a move."""
    return parse(text).under_way(first_world(CLOUD), CLOUD, done)


def good(session: Session) -> dict[str, float]:
    return {tally.journey: sli(tally) for tally in session.world.tally.journeys}


@given(st.lists(st.sampled_from(TABLES), min_size=1, max_size=6, unique=True))
@examples(15)
def test_moved_tables_are_asked_as_often_as_before(tables: list[str]) -> None:
    before = first_world(CLOUD)
    apart = after(before, CLOUD, f"move-data {' '.join(tables)} into=other")
    assert stores(apart) == pytest.approx(stores(before))
    assert work_per_s(apart, CLOUD)["web"] == pytest.approx(work_per_s(before, CLOUD)["web"])
    back = after(apart, CLOUD, "merge other main-db")
    assert [s.id for s in back.services] == [s.id for s in before.services]
    assert work_per_s(back, CLOUD) == pytest.approx(work_per_s(before, CLOUD))


def test_a_service_whose_tables_come_along_is_as_much_work_as_before() -> None:
    before = first_world(CLOUD)
    apart = after(before, CLOUD, "split bookmarks steering events into=watching data=moved")
    assert find(apart, "watching-db") is not None
    assert services(apart) == pytest.approx(services(before))
    assert stores(apart) == pytest.approx(stores(before))


@pytest.mark.parametrize("done", [0, WHOLE // 3, WHOLE // 2, WHOLE - 1])
def test_a_split_that_is_half_done_does_all_the_work_once(done: int) -> None:
    before = first_world(CLOUD)
    assert services(halfway("split catalog recommendations into=browsing", done)) == pytest.approx(services(before))


@pytest.mark.parametrize("done", [0, WHOLE // 2, WHOLE - 1])
def test_a_merge_that_is_half_done_does_all_the_work_once(done: int) -> None:
    apart = after(first_world(CLOUD), CLOUD, "split catalog search recommendations into=browsing")
    joining = parse("merge browsing web").under_way(apart, CLOUD, done)
    assert services(joining) == pytest.approx(services(apart))
    assert stores(joining) == pytest.approx(stores(apart))


def test_callers_go_the_new_way_one_after_the_other() -> None:
    new = [
        work_per_s(halfway("split catalog", done), CLOUD).get("catalog", 0.0) for done in range(0, WHOLE, WHOLE // 9)
    ]
    assert new[0] == 0.0
    assert new == sorted(new)
    assert len(set(new)) > 3
    whole = work_per_s(after(first_world(CLOUD), CLOUD, "split catalog"), CLOUD)["catalog"]
    assert new[-1] == pytest.approx(whole)


def test_a_journey_that_enters_there_goes_last() -> None:
    at = CLOUD.place["playback"]
    early, late = (halfway("split playback", done) for done in (WHOLE // 4, WHOLE - 1))
    entries = [
        next(d.entry for d in network_in_effect(world, CLOUD).demands if d.id == "play") for world in (early, late)
    ]
    assert entries[0] == at
    assert network_in_effect(late, CLOUD).nodes[entries[1]].id == "playback+new"


@pytest.mark.parametrize("done", [0, WHOLE // 2, WHOLE - 1])
def test_while_a_table_moves_its_writes_are_done_twice_and_the_copy_takes_disks(done: int) -> None:
    before = first_world(CLOUD)
    moving = halfway("move-data titles-data into=other", done)
    alone = work_per_s(after(before, CLOUD, "move-data titles-data into=other"), CLOUD)["other"]
    assert stores(moving) == pytest.approx(stores(before) + WRITES * alone)
    slots = [next(p.slots for p in network_in_effect(w, CLOUD).pools if p.id == "main-db") for w in (before, moving)]
    assert slots[1] == pytest.approx((1.0 - BACKFILL) * slots[0])


def test_a_move_takes_weeks_and_the_next_is_refused_with_the_time_that_is_left() -> None:
    session = a_company(3)
    effort = session.world.effort
    order(session, "split catalog")
    (project,) = session.world.projects
    assert 40 <= effort - session.world.effort <= 100  # research 4.1: four to ten engineer-weeks
    assert 3 <= project.week <= 6  # … and twenty to forty days
    assert find(session.world, "catalog") is None
    assert session.place("split search") == f"One move at a time: split catalog ends in {project.week} weeks."
    assert session.place("merge web web-2") is not None
    order(session, "begin")
    assert find(session.world, "catalog") is not None
    assert session.place("split search") == "Moving traffic takes weeks, not minutes; it belongs to the planning."


def test_moving_the_tables_too_takes_longer_and_more() -> None:
    world = first_world(CLOUD)
    shared, moved = parse("split catalog"), parse("split catalog data=moved")
    assert moved.effort(world, CLOUD) > shared.effort(world, CLOUD)
    assert moved.lead_weeks(world, CLOUD) > shared.lead_weeks(world, CLOUD) + 2
    assert moved.price_cents(world, CLOUD) > shared.price_cents(world, CLOUD)


def test_a_move_longer_than_the_quarter_is_played_half_done_with_both_ways_paid() -> None:
    session, idle = a_company(3), a_company(3)
    text = "split rental-queue inventory shipping into=post data=moved"
    order(session, text)
    lead = session.world.projects[0].week
    assert 13 < lead < 26
    foretold = sum(cents for _, cents in bills(session.world, session.rules))
    assert foretold < sum(cents for _, cents in bills(idle.world, idle.rules))
    cash = session.world.cash_cents
    order(session, "begin")
    assert session.world.cash_cents == cash + foretold
    for name in ("post", "post-db"):
        block = find(session.world, name)
        assert block is not None
        assert block.capabilities == ()
        assert block.arrived == WHOLE * 13 // lead
    session.advance(120)
    assert session.place(text) == "There is already a service post; choose another name with into=NAME."
    assert f"ends in {lead - 13} weeks" in str(session.place("split catalog"))
    order(session, "begin")
    post = find(session.world, "post")
    assert post is not None
    assert set(post.capabilities) == {"rental-queue", "inventory", "shipping"}
    assert not post.arriving
    assert not session.world.projects
    session.advance(60)
    assert min(good(session).values()) > 0.99


def test_requests_survive_a_move_under_way_and_its_end() -> None:
    session = a_company(3, ticks=60)
    order(session, "move-data titles-data members-data bookmarks-data into=other replicas=8", "begin")
    session.advance(60)
    order(session, "begin")
    session.advance(60)
    assert session.over
    assert min(good(session).values()) > 0.999


def test_a_quiet_store_is_ready_in_the_morning_and_a_busy_one_refuses_writes() -> None:
    lost = []
    for disks in (16, 2):
        session = a_company(1, disks=disks)
        order(session, "move-data queue-data into=lists")
        assert (offered(session.world, session.rules)["main-db"] > 0.6) == (disks == 2)
        order(session, "begin")
        assert [fault.card for fault in session.world.faults] == (["cut-over"] if disks == 2 else [])
        session.advance(119)
        lost.append(1.0 - good(session)["rent"])
    assert lost[0] < 0.001
    assert lost[1] > 0.05  # 30 % of the calls are refused; members try twice


def test_data_left_shared_dies_with_the_old_store_and_moved_data_does_not() -> None:
    outcomes = {}
    for data in ("shared", "moved"):
        session = a_company(3)
        cut = f"split bookmarks steering events into=watching data={data}"
        session.world = after(session.world, session.rules, cut)
        dead = find(session.world, "main-db")
        assert dead is not None
        session.world = with_service(session.world, replace(dead, replicas=0))
        order(session, "begin")
        session.advance(60)
        outcomes[data] = good(session)
    assert outcomes["shared"]["watch"] < 0.65
    assert outcomes["moved"]["watch"] > 0.99
    for journey in ("browse", "rent", "ship", "play"):
        assert max(outcome[journey] for outcome in outcomes.values()) < 0.5


DISTRIBUTED = [f"split {name}" for name in monolith(1).start_service["web"].capabilities[1:]]


def test_a_distributed_monolith_fails_oftener_and_costs_more() -> None:
    """Every capability a service, all tables in one store; each program gets one bad version, as each does in time."""
    outcomes = []
    for cuts in ([], DISTRIBUTED):
        session = a_company(1, ticks=600)
        session.world = after(session.world, session.rules, *cuts)
        weekly = sum(cents for _, cents in bills(session.world, session.rules))
        order(session, "begin")
        for service in [s.id for s in session.world.services if s.kind == "service"]:
            order(session, f"inject bad-deploy {service} lasts=30s")
            session.advance(40)
        session.advance(600)
        outcomes.append((uptime(session.world, session.rules), weekly, services_owned(session.world)))
    (one, money, few), (many, less, more) = outcomes
    assert (few, more) == (1, 12)
    assert many < one - 0.01
    assert less < money


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("split catalog data=moved into=search", "is already"),
        ("split recommendations data=moved", "no tables to move; leave the data shared."),
        ("move-data title-data into=x", "There is no table title-data; did you mean titles-data?"),
        ("move-data catalog into=x", "There is no table catalog"),
        ("move-data titles-data into=web", "web is a service, not a store; choose another name."),
        ("move-data titles-data into=main-db", "titles-data: already in main-db."),
        ("move-data titles-data stock-data into=x", "titles-data and stock-data are not all in one store."),
        ("move-data titles-data into=post-db", "post-db keeps stock-data, which inventory owns;"),
        ("move-data titles-data into=x replicas=99", "x can have at most 60 replicas."),
        ("merge main-db web", "main-db is a store; only two services or two stores can be merged."),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_with_the_reason(text: str, why: str) -> None:
    world = after(first_world(CLOUD), CLOUD, "split inventory into=post data=moved", "split search")
    said = parse(text).why_not(world, CLOUD)
    assert said is not None
    assert why in said


def test_tables_of_others_may_go_back_to_the_store_that_all_share() -> None:
    world = after(first_world(CLOUD), CLOUD, "split inventory into=post data=moved")
    assert parse("move-data stock-data into=main-db").why_not(world, CLOUD) is None
    assert find(after(world, CLOUD, "move-data stock-data into=main-db"), "post-db") is None


def test_every_service_of_ones_own_has_a_pipeline_to_pay() -> None:
    rules = monolith(1)
    one, two = first_world(rules), after(first_world(rules), rules, "split catalog")
    lines = [dict(bills(world, rules))["pipelines"] for world in (one, two)]
    assert lines == [-20_000 * 13, -2 * 20_000 * 13]
