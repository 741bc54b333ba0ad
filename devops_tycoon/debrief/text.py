"""The debrief as text."""

from devops_tycoon.debrief.detection import beliefs, said, shares
from devops_tycoon.debrief.timeline import line, timeline
from devops_tycoon.play.response_times import responding, times
from devops_tycoon.play.session import Session
from devops_tycoon.play.summary import summary
from devops_tycoon.sim.score.score import score
from devops_tycoon.sim.values.units import FOREVER


def debrief_text(session: Session) -> list[str]:
    """Return the debrief line by line: result, incidents, timeline, lesson, questions, museum."""
    world, scenario = session.world, session.rules.scenario
    lines = ["DEBRIEF", *summary(session), "", "INCIDENTS"]
    lines += [_incident(session, number) for number in range(len(world.tally.incidents))] or ["  none"]
    lines += [f"  {told}" for told in typical(session)]
    if session.rules.scenario.company_mode.observes:
        lines += ["", "MEASURED AND ACTUAL", *[f"  {line}" for line in shares(session)]]
        for belief in beliefs(session):
            seen, true = said(belief)
            lines += [f"  {belief.incident}. You saw: {seen}", f"     True:    {true}"]
    lines += ["", "TIMELINE  (> order, ! visible problem, * hidden from you)"]
    lines += [line(moment) for moment in timeline(session)]
    if scenario.question is not None:
        question = scenario.question
        yours = question.choices[world.answer] if world.answer >= 0 else "no answer"
        lines += ["", "FORECAST", f"  {question.text}", f"  You expected: {yours}"]
        lines += [f"  It is: {question.choices[question.answer]} {question.why}"]
    lines += ["", "LESSON", f"  {scenario.lesson}"]
    if not score(world, session.rules).won:
        lines += ["", "NEXT MOVE", f"  {scenario.next_move}"]
    lines += ["", "QUESTIONS", *[f"  {question}" for question in scenario.debrief]]
    lines += ["", "MUSEUM", f"  {scenario.museum.title}", f"  {scenario.museum.text}", f"  {scenario.museum.source}"]
    return lines


def _incident(session: Session, number: int) -> str:
    incident = session.world.tally.incidents[number]
    tick_s = session.rules.scenario.tick_s
    fault = (
        session.rules.failure[incident.fault].title if incident.fault in session.rules.failure else "no single fault"
    )
    noticed = (incident.detected - incident.began) * tick_s
    ended = (
        "still open"
        if incident.mitigated == FOREVER
        else f"over after {(incident.mitigated - incident.detected) * tick_s} s"
    )
    lost = f"{incident.bad / 1_000_000:,.0f} requests lost"
    how = f" by {incident.how}" if incident.how else ""
    hand = times(incident, session.rules).acknowledge_s
    taken = "" if hand is None else f", acknowledged after {hand} s"
    return f"  {incident.id}. {fault}: noticed{how} after {noticed} s{taken}, {ended}, {lost}"


def typical(session: Session) -> list[str]:
    """Return one line of means and medians, in company mode, if there were incidents."""
    if not session.rules.scenario.company_mode.observes:
        return []
    found = responding(session.world, session.rules)
    words = (("mttd", "to notice"), ("mtta", "to acknowledge"), ("mttr", "to restore"))
    parts = [
        f"{name.upper()} {took.mean_s:.0f} s {what} (median {took.median_s:.0f} s)"
        for name, what in words
        if (took := found[name]) is not None
    ]
    return [f"{'; '.join(parts)}."] if parts else []
