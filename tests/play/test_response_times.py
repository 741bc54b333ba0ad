"""MTTD, MTTA and MTTR: of one incident, of a run, in the result and in the debrief."""

from dataclasses import replace

from devops_tycoon.debrief.text import debrief_text
from devops_tycoon.play.response_times import Times, Typical, responding, times
from devops_tycoon.play.result import result
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.units import FOREVER
from tests.builders import a_session, order
from tests.responding import on_shift, troubled

ONE = Incident(1, "bad-deploy", 10, 30, 130, 5, "alert", 90, -1)
TWO = Incident(2, "zone-loss", 200, 210, 300, 5, "probe", 215, 240)
OPEN = Incident(3, "zone-loss", 400, 410, FOREVER, 5)


def test_detection_and_the_end_are_counted_from_the_beginning_and_the_hand_from_the_notice() -> None:
    rules = on_shift(tick_s=2, ticks=10).rules
    assert times(ONE, rules) == Times(40, 120, 240)
    assert times(OPEN, rules) == Times(20, None, None)


def test_what_has_not_happened_is_in_no_mean() -> None:
    session = on_shift(ticks=10)
    assert responding(session.world, session.rules) == {"mttd": None, "mtta": None, "mttr": None}
    tally = replace(session.world.tally, incidents=(ONE, TWO, OPEN))
    found = responding(replace(session.world, tally=tally), session.rules)
    assert found == {"mttd": Typical(40 / 3, 10.0), "mtta": Typical(32.5, 32.5), "mttr": Typical(110.0, 110.0)}


def test_the_result_and_the_debrief_tell_when_it_was_noticed_taken_in_hand_and_over() -> None:
    session = troubled(on_shift(), "bad-deploy", "web")
    order(session, "rollback web")
    session.advance(580)
    (incident,) = session.world.tally.incidents
    document = result(session)
    (told,) = document["incidents"]
    assert {"id", "fault", "began", "detected", "mitigated", "bad"} < set(told)
    assert told["acknowledged"] == incident.acknowledged == 70
    assert told["acknowledge_s"] == 70 - incident.detected
    assert told["restore_s"] == incident.mitigated - incident.began
    assert document["responding"]["mtta"] == {"mean_s": told["acknowledge_s"], "median_s": told["acknowledge_s"]}
    lines = "\n".join(debrief_text(session))
    assert f"acknowledged after {told['acknowledge_s']} s" in lines
    assert f"MTTR {told['restore_s']} s to restore" in lines


def test_a_lesson_tells_of_its_incidents_as_before() -> None:
    session = troubled(a_session(events=()), "bad-deploy", "web", 200)
    (told,) = result(session)["incidents"]
    assert told["acknowledged"] is None
    assert "acknowledged after" not in "\n".join(debrief_text(session))
