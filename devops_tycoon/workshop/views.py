"""What a client without a simulator of its own is shown: the company as it sees itself, as plain values."""

from typing import Any

from devops_tycoon.debrief.timeline import when
from devops_tycoon.orders import moves, usable
from devops_tycoon.play.journal import result_line
from devops_tycoon.play.session import Session
from devops_tycoon.sim.detection.health import health
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.sim.operations.measures import failed_share, open_incident
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.score import score, sli
from devops_tycoon.sim.text import dollars
from devops_tycoon.sim.values.watching import AVERAGES, PERCENTILES, needs
from devops_tycoon.sim.values.world import World

FACTS = 30
OPTIONS = 80
_WORDS = {"ok": "well", "hot": "busy", "failing": "failing", "down": "down"}
_ROOMS = ("begin", "onward", "undo")
"""Orders that are the room's business, or that a list would only invite to press by mistake."""


def standing(session: Session) -> dict[str, Any]:
    """Return what the board says of a game. Scores are of the truth; a company may see less of itself."""
    world, rules = session.world, session.rules
    reached = score(world, rules)
    return {
        "tick": world.tick,
        "when": when(rules, world.tick),
        "score": reached.points,
        "uptime": round(reached.uptime, 6),
        "good": round(1 - failed_share(world), 4),
        "orders": world.tally.orders,
        "over": session.over,
        "trouble": open_incident(world) is not None,
        "result": result_line(session) if session.over else "",
    }


def view(session: Session) -> dict[str, Any]:
    """Return everything that a page shows of a game, from what its company can see."""
    world, rules = session.seen, session.rules
    scenario = rules.scenario
    return {
        "title": scenario.title,
        "briefing": scenario.briefing,
        "tick": world.tick,
        "when": when(rules, world.tick),
        "phase": world.phase,
        "cash": dollars(world.cash_cents),
        "hands": _hands(world),
        "journeys": _journeys(world, rules),
        **small_map(world, rules),
        "goals": _goals(session, world),
        "facts": [[tick, fact.text, fact.bad] for tick, fact in session.facts[-4 * FACTS :] if not fact.hidden][
            -FACTS:
        ],
        "options": _options(world, rules),
        "usage": [kind.usage for kind in usable(rules) if kind.verb not in _ROOMS],
        "question": _question(world, rules),
        "pending": [
            *[f"{project.order} (ready in week {project.week})" for project in world.projects],
            *[str(pending.order) for pending in world.pending if pending.by != FACILITATOR],
        ],
    }


def _facts(session: Session) -> list[list[Any]]:
    """Return what was in the news lately."""
    lately = session.facts[-4 * FACTS :]
    return [[tick, fact.text, fact.bad] for tick, fact in lately if not fact.hidden][-FACTS:]


def small_map(world: World, rules: Rules) -> dict[str, Any]:
    """Return the services and who calls whom."""
    from devops_tycoon.sim.effects.graph import service_graph  # networkx takes a while to load, and a room draws no map

    return {
        "services": [_service(world, rules, number) for number in range(len(world.services))],
        "links": [list(link) for link in service_graph(world, rules).edges],
    }


def _service(world: World, rules: Rules, number: int) -> dict[str, Any]:
    service, reading = world.services[number], world.reading
    measured = not needs(world.sight, AVERAGES)
    queues = not needs(world.sight, PERCENTILES)
    return {
        "id": service.id,
        "kind": service.kind,
        "state": _WORDS.get(health(world, rules, number), "unknown"),
        "replicas": service.replicas,
        "busy": round(reading.utilisation[number], 3) if measured else None,
        "waiting": max(0, round(reading.in_system[number] - reading.slots[number])) if measured and queues else None,
    }


def _journeys(world: World, rules: Rules) -> list[dict[str, Any]]:
    measured = not needs(world.sight, AVERAGES)
    return [
        {
            "id": journey.id,
            "title": journey.title,
            "good": round(sli(tally), 5) if measured and tally.valid else None,
            "slo": journey.slo,
        }
        for journey, tally in zip(rules.journeys, world.tally.journeys, strict=True)
    ]


def _goals(session: Session, world: World) -> list[dict[str, Any]]:
    if needs(world.sight, AVERAGES):
        return [{"text": g.text, "met": False, "says": "not measured"} for g in session.rules.scenario.goals]
    return [{"text": r.goal.text, "met": r.met, "says": r.says} for r in score(world, session.rules).goals]


def _hands(world: World) -> str:
    free = sum(until <= world.tick for until in world.busy)
    return f"{free} of {len(world.busy)} responders free"


def _options(world: World, rules: Rules) -> list[dict[str, str]]:
    """Return what could be ordered now, each with the service that it is about and its price."""
    if world.phase == "over":
        return []
    found = []
    for order in moves(world, rules):
        if order.verb in (*_ROOMS, "forecast-answer"):
            continue
        price = order.price_cents(world, rules)
        found.append(
            {
                "order": str(order),
                "about": str(getattr(order, "service", "") or getattr(order, "caller", "")),
                "price": dollars(price) if price else "",
                "why_not": "",
            }
        )
        if len(found) == OPTIONS:
            break
    return found


def _question(world: World, rules: Rules) -> dict[str, Any] | None:
    asked = rules.scenario.question
    if asked is None:
        return None
    return {
        "text": asked.text,
        "choices": list(asked.choices),
        "mine": world.answer + 1,
        "open": world.tick == 0 and world.phase == "planning",
    }
