"""The debrief as plain values, for JSON."""

from typing import Any

from devops_tycoon.debrief.detection import beliefs
from devops_tycoon.debrief.timeline import timeline
from devops_tycoon.play.result import result
from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.losses import by_cause, by_fault
from devops_tycoon.sim.score.medals import medals
from devops_tycoon.sim.score.score import explain, score


def debrief_document(session: Session) -> dict[str, Any]:
    """Return the result with its explanation, the timeline and what the scenario teaches."""
    scenario = session.rules.scenario
    reached = score(session.world, session.rules)
    question = scenario.question
    return {
        **result(session),
        "title": scenario.title,
        "explained": list(explain(reached)),
        "medals": [{"id": m.id, "title": m.title, "why": m.why} for m in medals(session.world, session.rules)],
        "losses": {
            "by_cause": [{"cause": cause, "bad": bad} for cause, bad in by_cause(session.world)],
            "by_fault": [{"fault": fault, "bad": bad} for fault, bad in by_fault(session.world)],
        },
        "timeline": [
            {"tick": m.tick, "when": m.when, "kind": m.kind, "text": m.text, "bad": m.bad, "hidden": m.hidden}
            for m in timeline(session)
        ],
        "noticed": [
            {
                "incident": belief.incident,
                "when": belief.when,
                "how": belief.how,
                "after_s": belief.after_s,
                "suspected": list(belief.suspected),
                "fault": belief.fault,
                "where": belief.where,
                "blind": belief.blind,
            }
            for belief in beliefs(session)
        ],
        "forecast": None
        if question is None
        else {
            "question": question.text,
            "choices": list(question.choices),
            "right": question.answer,
            "yours": None if session.world.answer < 0 else session.world.answer,
            "why": question.why,
        },
        "lesson": scenario.lesson,
        "next_move": None if reached.won else scenario.next_move,
        "questions": list(scenario.debrief),
        "museum": {"title": scenario.museum.title, "text": scenario.museum.text, "source": scenario.museum.source},
    }
