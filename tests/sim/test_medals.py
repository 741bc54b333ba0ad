"""Medals are for how a game was won, and the ledger sums to all that was lost whichever way it is read."""

from dataclasses import replace
from typing import Any

from devops_tycoon.debrief.document import debrief_document
from devops_tycoon.play.summary import summary
from devops_tycoon.sim.rules.scenario import Goal
from devops_tycoon.sim.score.losses import by_cause, by_fault
from devops_tycoon.sim.score.medals import MEDALS, medals
from devops_tycoon.sim.values.accounts import Entry
from devops_tycoon.sim.values.delivery import Deployment
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.world import World
from tests.builders import a_session, a_world, order, some_rules
from tests.leading import to_lead

EASY = some_rules(goals=())
LED = to_lead(leading={"promise": 0.9})


def won(**tally: Any) -> World:
    """Return a world at the end of a game that asked for nothing."""
    world = a_world()
    return replace(world, phase="over", shift=9, tally=replace(world.tally, **tally))


def earned(world: World, led: bool = False) -> set[str]:
    return {medal.id for medal in medals(world, LED if led else EASY)}


def an_incident(noticed: int, mitigated: int) -> Incident:
    return Incident(1, "", 0, noticed, mitigated, 5)


def test_a_game_that_is_lost_or_under_way_has_no_medals() -> None:
    assert medals(a_world(), EASY) == ()
    hopeless = some_rules(goals=(Goal("cash", "", 1e12, None, "be rich"),))
    assert medals(won(), hopeless) == ()


def test_few_services_are_counted_without_stores_and_providers() -> None:
    world = won()
    own = [service for service in world.services if service.kind == "service"]
    rest = tuple(service for service in world.services if service.kind != "service")
    assert "few-services" not in earned(world)
    assert "few-services" in earned(replace(world, services=(*own[:4], *rest)))


def test_a_promise_that_was_kept_is_a_medal_and_a_refund_takes_it() -> None:
    assert "no-refund" in earned(won(), led=True)
    assert "no-refund" not in earned(replace(won(), books=(Entry("refunds", -5),)), led=True)
    assert "no-refund" not in earned(won())  # nothing was promised


def test_trouble_that_is_noticed_soon_and_mended_is_worth_two() -> None:
    assert {"quick-detect", "all-mended"} <= earned(won(incidents=(an_incident(299, 400),)))
    assert not {"quick-detect", "all-mended"} & earned(won(incidents=(an_incident(301, FOREVER),)))
    assert not {"quick-detect", "all-mended"} & earned(won())


def test_deploys_that_never_had_to_be_taken_back_are_a_medal() -> None:
    fine = Deployment(1, "web", 1, "rolling", 0, 5, failed=False, recovered=0, unplanned=False)
    assert "no-rollback-needed" in earned(won(deployments=(fine,)))
    assert "no-rollback-needed" not in earned(won(deployments=(fine, replace(fine, failed=True))))
    assert "no-rollback-needed" not in earned(won())


def test_medals_have_names_of_their_own_and_say_why() -> None:
    names = [name for name, _, _ in MEDALS]
    assert len(set(names)) == len(names)
    assert all(medal.why.endswith(".") for medal in medals(won(), EASY))


def test_both_readings_of_the_ledger_sum_to_every_lost_request() -> None:
    session = a_session(ticks=120)
    order(session, "inject bad-deploy web")
    session.advance(60)
    order(session, "inject slow-dependency recommendations")
    session.advance(60)
    lost = sum(tally.valid - tally.good for tally in session.world.tally.journeys)
    assert lost > 0
    assert sum(bad for _, bad in by_cause(session.world)) == lost
    assert sum(bad for _, bad in by_fault(session.world)) == lost
    said = summary(session)
    assert any(line.startswith("By cause: ") for line in said)
    assert any(line.startswith("By fault: ") and "bad-deploy" in line for line in said)
    document = debrief_document(session)
    assert sum(line["bad"] for line in document["losses"]["by_fault"]) == document["valid"] - document["good"]
    assert document["medals"] == []


def test_a_win_shows_its_medals_in_the_summary_and_the_debrief() -> None:
    session = a_session(ticks=30, goals=(), events=())
    session.advance(30)
    assert {medal["id"] for medal in debrief_document(session)["medals"]} >= {"thrifty"}
    assert any(line.startswith("  medal: Thrifty.") for line in summary(session))
