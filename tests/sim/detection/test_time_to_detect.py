"""How soon trouble is noticed, by how much was bought to notice it with."""

from dataclasses import replace

import pytest

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.rules.shift import Event
from devops_tycoon.sim.values.watching import BLIND, OBJECTIVES
from tests.builders import order
from tests.leading import to_lead

TROUBLE = {
    "bad-deploy": "catalog",
    "slow-dependency": "recommendations",
    "network-partition": "catalog",
}
SEEDS = (1, 2, 3)
TICK_S = 4


def time_to_detect(level: int, card: str, seed: int) -> float:
    """Return the seconds from the fault's beginning, a minute or more into the shift, until an incident opens."""
    event = Event(card=card, shift="", at_s=60.0, jitter_s=240.0, target=TROUBLE[card], lasts_s=1200.0)
    rules = to_lead(ticks=400, tick_s=TICK_S, events=(event,), leading={"seeing": level})
    session = Session(Game(rules, seed))
    order(session, "begin")
    while not session.world.tally.incidents and session.world.phase == "shift":
        session.advance()
    assert session.world.tally.incidents, f"{card} was never noticed at level {level} with seed {seed}"
    incident = session.world.tally.incidents[0]
    assert incident.fault == card
    return float((incident.detected - incident.began) * TICK_S)


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


@pytest.mark.long
def test_who_waits_for_complaints_notices_at_least_three_times_later_than_who_has_objectives() -> None:
    found = {level: [time_to_detect(level, card, seed) for card in TROUBLE for seed in SEEDS] for level in (0, 1, 2, 4)}
    medians = {level: median(times) for level, times in found.items()}
    assert medians[BLIND] >= 3 * medians[OBJECTIVES], (medians, found)
    assert sorted(medians.values(), reverse=True) == list(medians.values()), (medians, found)
    assert medians[2] <= 120, (medians, found)


def test_the_same_trouble_is_found_by_another_way_at_each_level() -> None:
    ways = {}
    for level in (BLIND, OBJECTIVES):
        rules = to_lead(ticks=600, tick_s=TICK_S, leading={"seeing": level})
        session = Session(Game(replace(rules), 1))
        order(session, "begin")
        session.advance(60)
        order(session, "inject bad-deploy catalog")
        session.advance(500)
        ways[level] = session.world.tally.incidents[0].how
    assert ways == {BLIND: "complaints", OBJECTIVES: "alert"}
