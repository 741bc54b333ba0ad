"""Changes come over the shift, wait, and are what the pipeline says of itself."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from devops_tycoon.play.game import Game, load
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import verify
from devops_tycoon.sim.delivery.changes import odds
from devops_tycoon.sim.delivery.methods import method_of
from devops_tycoon.sim.delivery.pipeline import lanes, says
from devops_tycoon.sim.phases.faults import faults
from devops_tycoon.sim.values.delivery import METHODS
from devops_tycoon.sim.values.units import WHOLE
from tests.builders import SHIPPED, order, watched
from tests.delivering import TICK_S, delivering, fleet, play, wait_for
from tests.leading import all_offered, to_lead
from tests.play.records import recorded
from tests.soak.wishes import a_wish


def a_company(changes: float) -> Game:
    return Game(to_lead(ticks=120, leading={"changes_per_week": changes}), 1)


def test_what_free_hands_have_made_becomes_ready_evenly_over_the_shift() -> None:
    session = Session(a_company(changes=1.0))
    order(session, "adopt runbooks", "begin")
    assert session.world.delivery.due == 51  # four engineers, thirteen weeks, less one for the runbooks
    ready = []
    for _, after in watched(session, 120):
        ready.append(sum(entry.changes for entry in after.delivery.ready))
    assert ready == sorted(ready)
    assert ready[-1] == 51
    assert 24 <= ready[59] <= 27


def test_a_service_with_more_capabilities_has_more_changes_and_stores_have_none() -> None:
    session = Session(a_company(changes=20.0))
    order(session, "begin")
    session.advance(119)
    counted = Counter({entry.service: entry.changes for entry in session.world.delivery.ready})
    kinds = {service.id: service.kind for service in session.world.services}
    assert all(kinds[name] == "service" for name in counted)
    assert counted.most_common(1)[0][0] == "web"
    assert counted["web"] > 1.5 * counted["recommendations"] > counted["catalog"]


def test_half_a_change_is_a_matter_of_luck() -> None:
    made = []
    for seed in range(40):
        session = delivering(seed=seed, leading={"changes_per_week": 0.5 / 52})
        made.append(session.world.delivery.due)
    assert 10 < sum(made) < 30


def test_the_pipeline_tells_what_waits_how_risky_it_is_and_how_it_would_go() -> None:
    session = delivering("cd-pipeline", "canary", "auto-canary", how="canary", rules=fleet(200))
    play(session, 10)
    wait_for(session, "web", "", "", "")
    lane = next(lane for lane in lanes(session.seen, session.rules) if lane.service == "web")
    assert (lane.waiting, lane.held, lane.how, lane.rollout) == (3, 0, "canary", None)
    assert lane.odds == odds(session.world, session.rules, 3)
    play(session, 430)
    lane = next(lane for lane in lanes(session.seen, session.rules) if lane.service == "web")
    assert lane.waiting == 0
    assert lane.rollout is not None
    assert "canary · baking · 10%" in says(lane.rollout)


def test_a_method_that_cannot_be_used_gives_way_to_the_next_simpler() -> None:
    session = delivering("cd-pipeline", how="rolling")
    world, rules = session.world, session.rules
    assert method_of(world, rules, "web") == "rolling"
    single = replace(world, services=tuple(replace(s, replicas=1) for s in world.services))
    assert method_of(single, rules, "web") == "big-bang"
    assert method_of(replace(world, practices=()), rules, "web") == "big-bang"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("deploy web how=canary", "canary needs the practice canary; adopt it while planning."),
        ("deploy main-db", "main-db is a store; only services are deployed."),
        ("deploy catalog", "catalog has no changes to deploy yet."),
        ("deliver all how=blue-green", "blue-green needs the practice blue-green; adopt it while planning."),
        ("thaw", "Deploys are not frozen."),
    ],
)
def test_what_cannot_be_delivered_is_refused_with_what_would_make_it_possible(text: str, why: str) -> None:
    session = delivering(rules=all_offered(to_lead(ticks=360, tick_s=TICK_S)))
    play(session, 10)
    wait_for(session, "web", "")
    assert session.place(text) == why


def test_in_a_freeze_nothing_is_deployed_until_the_thaw() -> None:
    session = delivering()
    play(session, 10)
    wait_for(session, "web", "")
    order(session, "freeze")
    session.advance()
    assert session.place("freeze") == "Deploys are already frozen."
    assert session.place("deploy web") == "Deploys are frozen; thaw first."
    order(session, "thaw")
    session.advance()
    order(session, "deploy web")


def test_a_company_that_delivers_has_no_versions_that_come_from_nowhere() -> None:
    """Cards of deploys come by hazard only where nobody delivers."""
    struck = []
    for changes in (0.0, 1.0):
        rules = to_lead(hazards=True, leading={"changes_per_week": changes})
        cards = tuple(replace(card, per_hour=1.0 if card.id == "bad-deploy" else 0.0) for card in rules.failures)
        rules = replace(rules, failures=cards)
        session = delivering(rules=rules)
        world, _ = faults(session.world, rules)
        struck.append(len(world.faults))
    assert struck == [1, 0]


def test_a_service_that_is_merged_away_leaves_its_changes_to_the_rest_and_its_bad_version_is_found_before() -> None:
    session = delivering("cd-pipeline", how="big-bang", seconds=900)
    play(session, 295)
    wait_for(session, "catalog", "", "bad-deploy")
    play(session, 400)
    assert any(fault.target == "catalog" for fault in session.world.faults)
    play(session, 205)
    assert session.world.phase == "planning"
    assert not session.world.faults  # a move belongs to a plan, and by then what is broken has been found
    session.world = replace(session.world, delivery=replace(session.world.delivery, ready=()))
    wait_for(session, "catalog", "", "")
    order(session, "merge catalog web", "begin")
    session.advance()
    world = session.world
    assert "catalog" not in [service.id for service in world.services]
    assert world.delivery.ready == ()
    assert [(d.service, d.changes) for d in world.tally.deployments] == [("catalog", 2), ("web", 2)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_change_waits_is_on_its_way_or_has_reached_the_members_whatever_is_ordered(seed: int) -> None:
    dice = Random(seed)
    leading = {"changes_per_week": 6.0, "debt": 90}
    rules = all_offered(to_lead(ticks=120, tick_s=10, responders=6, cash_cents=10**10, leading=leading))
    practices = [p.id for p in rules.practices if p.group == "delivery" and dice.random() < 0.7]
    session = delivering(*practices, seed=seed, rules=rules)
    while not session.over:
        world = session.world
        service, other = dice.choice(world.services).id, dice.choice(world.services).id
        how = dice.choice(METHODS)
        for text in (f"deploy {service}", f"rollback {other}", f"deliver all how={how}", f"merge {service} {other}"):
            if dice.random() < 0.3:
                session.place(text)
        session.place(a_wish(world, rules, dice))
        session.place("thaw")
        if world.phase == "planning":
            order(session, "begin")
        session.advance(dice.randint(1, 20))
        delivery = session.world.delivery
        waiting = sum(len(ready.items) for ready in delivery.ready)
        moving = sum(rollout.changes for rollout in delivery.rollouts if rollout.share < WHOLE)
        assert waiting + moving + delivery.shipped == delivery.next_change - 1
        assert all(ready.changes == len(ready.items) > 0 for ready in delivery.ready)
        names = [rollout.service for rollout in delivery.rollouts]
        assert len(names) == len(set(names))
        assert all(0 <= fault.share <= WHOLE for fault in session.world.faults)
        tally = session.world.tally
        assert sum(line.bad for line in tally.ledger) == sum(j.valid - j.good for j in tally.journeys)


@pytest.mark.long
def test_a_replay_with_deploys_under_way_is_played_again_to_the_same_digest(tmp_path: Path) -> None:
    text = (SHIPPED / "scenarios" / "worse-than-dead.toml").read_text()
    text = text.replace("growth = 1.0", "growth = 1.0\nweeks = 13").replace("act = 2", "act = 4", 1)
    for first, kind in ("storefront", "capability"), ("members-data", "store"):
        more = "".join(f', "{n.id}"' for n in load("act-3").rules.company.capabilities if n.kind == kind and n.act > 2)
        text = text.replace(f'"{first}"', f'"{first}"{more}')
    leading = """
[leading]
engineers = 4
salary_cents_per_week = 2_000
members = 100_000
fee_cents_per_month = 900
changes_per_week = 4
debt = 80
practices = ["ci", "cd-pipeline", "canary", "auto-canary", "auto-rollback"]
"""
    (tmp_path / "mine.toml").write_text(
        text.replace("[museum]", leading + "\n[museum]", 1).replace("ticks = 3600", "ticks = 1500")
    )
    game = load(str(tmp_path / "mine.toml"))
    plan = ((0, "deliver all how=canary"), (0, "deliver web how=rolling"), (0, "begin"), (700, "freeze"), (900, "thaw"))
    session = recorded(tmp_path / "x.replay", plan, 1500, game)
    assert session.world.tally.deploys > 5
    verdict = verify(tmp_path / "x.replay")
    assert verdict.problem == ""
    assert verdict.session.world == session.world
