"""Laws that hold in every tick of any game, whoever plays and whatever trouble is made."""

import math
from dataclasses import replace

from hypothesis import Phase, given
from hypothesis import strategies as st

from devops_tycoon.orders import kinds, moves
from devops_tycoon.play.session import Session
from devops_tycoon.sim.numerics.digest import digest
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.sim.planning.start import start
from devops_tycoon.sim.rules.shift import Shift
from devops_tycoon.sim.values.world import World
from tests.builders import LESSONS, a_game, lesson, watched
from tests.examples import examples

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A game is long; shrinking one would take minutes."""
TROUBLE = ("slow-dependency", "bad-deploy", "instance-kill", "network-partition", "zone-loss")


def short(scenario: str) -> tuple[Shift, ...]:
    """Return at most two shifts of a lesson, 50 ticks each."""
    return tuple(replace(shift, ticks=50) for shift in lesson(scenario).scenario.shifts[:2])


def checked(before: World, after: World) -> None:
    """Assert what must hold between two ticks."""
    reading = after.reading
    same_services = [s.id for s in before.services] == [s.id for s in after.services]
    for number in range(len(after.services)):
        came = reading.arrivals[number]
        gone = reading.served[number] + reading.rejected[number] + reading.refused[number]
        if same_services and before.phase == after.phase == "shift":
            stayed = after.flow.level[number] - before.flow.level[number]
            scale = max(came, before.flow.level[number], after.flow.level[number], 1e-6)
            assert abs(came - gone - stayed) <= 1e-9 * scale
        assert 0.0 <= reading.utilisation[number] <= 1.0 + 1e-9
    for values in (reading.valid, reading.good, reading.mean_s, after.flow.level):
        assert all(math.isfinite(value) and value >= 0.0 for value in values)
    lost = sum(j.valid - j.good for j in after.tally.journeys)
    assert sum(line.bad for line in after.tally.ledger) == lost
    assert sum(incident.bad for incident in after.tally.incidents) <= lost
    for old, new in zip(before.tally.journeys, after.tally.journeys, strict=True):
        assert new.valid >= old.valid
        assert new.good >= old.good
    assert sorted(c for s in after.services for c in s.capabilities) == sorted(
        c for s in before.services for c in s.capabilities
    )
    assert len({s.id for s in after.services}) == len(after.services)
    assert all(1 <= s.replicas <= s.most for s in after.services)
    assert all(fault.ends > fault.began for fault in after.faults)
    assert after.cash_cents <= before.cash_cents


@examples(20, phases=WITHOUT_SHRINKING)
@given(st.sampled_from(LESSONS), st.integers(0, 99), st.data())
def test_random_orders_and_random_trouble_break_no_law(scenario: str, seed: int, data: st.DataObject) -> None:
    session = Session(a_game(scenario, 0, seed, shifts=short(scenario), cash_cents=10**9, zones=2, responders=9))
    assert kinds()["inject"].facilitator
    while not session.over:
        if session.world.phase == "planning":
            session.place("begin")
        possible = list(moves(session.seen, session.rules))
        for chosen in data.draw(st.lists(st.sampled_from(possible), max_size=4)):
            session.place(chosen)
        for card in data.draw(st.lists(st.sampled_from(TROUBLE), max_size=2)):
            target = data.draw(st.sampled_from([s.id for s in session.world.services]))
            where = "zone=a" if card == "zone-loss" else target
            assert session.place(f"inject {card} {where} lasts=20s", FACILITATOR) is None
        before = session.world
        for step in watched(session, 25):
            checked(*step)
            before = step[1]
        assert before is session.world or session.world.phase != "shift"


@examples(6)
@given(st.sampled_from(LESSONS), st.integers(0, 2**63 - 1))
def test_the_same_seed_and_orders_are_the_same_world_and_another_seed_is_not(scenario: str, seed: int) -> None:
    def play(seed: int) -> tuple[bytes, str]:
        session = Session(a_game(scenario, 40, seed))
        for text in ("scale web +1", "begin"):
            session.place(text)
        session.advance(40)
        return digest(session.world), session.digest

    assert play(seed) == play(seed)
    assert play(seed) != play(seed ^ 1)


def test_a_game_begins_with_nothing_on_the_books() -> None:
    for scenario in LESSONS:
        world = start(a_game(scenario).rules, 5)
        assert world.phase == "planning"
        assert not world.tally.ledger
        assert {j.valid for j in world.tally.journeys} == {0}
