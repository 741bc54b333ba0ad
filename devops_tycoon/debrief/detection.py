"""What the company believed and what was true, worked out after the game, from facts and from the world."""

from dataclasses import dataclass

from devops_tycoon.debrief.timeline import when
from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.score import sli
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.watching import numbers

LOOKED_AROUND_S = 300
"""Where no service looked bad yet, the first one that did within this time was under suspicion."""

_HOW = {
    "alert": "an alert",
    "probe": "the probe from outside",
    "complaints": "complaints",
    "": "the share of failed members",
}


@dataclass(frozen=True, slots=True)
class Belief:
    """One incident as it was seen, and as it was."""

    incident: int
    when: str
    """When it was noticed."""
    how: str
    """What told: `alert`, `probe`, `complaints` or nothing particular."""
    after_s: int
    """Seconds from its beginning until then."""
    suspected: tuple[str, ...]
    """Services that looked bad at that time, in the order in which they began to."""
    fault: str
    """The title of what was behind it; empty: nothing was."""
    where: str
    """What it had hit."""
    blind: bool
    """The monitoring was broken when it was noticed."""


def beliefs(session: Session) -> list[Belief]:
    """Return what the company believed of each incident, and the truth."""
    return [_belief(session, incident) for incident in session.world.tally.incidents]


def _belief(session: Session, incident: Incident) -> Belief:
    title = session.rules.failure[incident.fault].title if incident.fault in session.rules.failure else ""
    soon = LOOKED_AROUND_S // session.rules.scenario.tick_s
    suspected: list[str] = []
    acting: list[str] = []
    where = ""
    for tick, fact in session.facts:
        if tick > incident.detected and (suspected or tick > incident.detected + soon):
            break
        if fact.kind == "alarm" and fact.where not in suspected:
            suspected.append(fact.where)
        elif fact.kind == "well" and fact.where in suspected:
            suspected.remove(fact.where)
        elif tick > incident.detected:
            continue
        elif fact.kind == "fault":
            acting.append(fact.text)
            where = fact.where if title and fact.text.startswith(title) else where
        elif fact.kind == "cured" and (begun := fact.text.replace(" is over.", " begins.")) in acting:
            acting.remove(begun)
    blinding = {card.title for card in session.rules.failures if card.target_kind == "telemetry"}
    return Belief(
        incident=incident.id,
        when=when(session.rules, incident.detected),
        how=incident.how,
        after_s=(incident.detected - incident.began) * session.rules.scenario.tick_s,
        suspected=tuple(suspected),
        fault=title,
        where=where,
        blind=any(text.startswith(name) for text in acting for name in blinding),
    )


def said(belief: Belief) -> tuple[str, str]:
    """Return what was seen, and what was true, as two sentences."""
    looks = f"{', '.join(belief.suspected)} looked bad" if belief.suspected else "no service looked bad"
    seen = f"{belief.when}, after {belief.after_s} s, by {_HOW[belief.how]}; {looks}."
    if not belief.fault:
        true = "no fault of yours was behind it."
    else:
        true = f"{belief.fault}, at {belief.where}." if belief.where else f"{belief.fault}."
    if belief.blind:
        true += " Your monitoring was broken, and its numbers stood still."
    return seen, true


def shares(session: Session) -> list[str]:
    """Return, for each journey that anybody was on, the share of good requests that was seen and the true one."""
    seen = session.seen
    lines = []
    for journey, shown, true in zip(
        session.rules.journeys, seen.tally.journeys, session.world.tally.journeys, strict=True
    ):
        if true.valid:
            known = f"you saw {sli(shown):.2%} good" if numbers(seen.sight) and shown.valid else "you had no number"
            lines.append(f"{journey.title}: {known}; it was {sli(true):.2%}.")
    return lines
