"""The result of a run as plain values: what `run`, `verify` and `debrief` print as JSON (INTERFACES.md)."""

from dataclasses import asdict
from typing import Any

from devops_tycoon.play.response_times import responding, times
from devops_tycoon.play.session import Session
from devops_tycoon.sim.delivery.dora import dora
from devops_tycoon.sim.rules.company import Journey
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.latencies import percentile_ms
from devops_tycoon.sim.score.score import budget_left, score, sli
from devops_tycoon.sim.step import RULES
from devops_tycoon.sim.values.tally import Chapter, Incident, JourneyTally
from devops_tycoon.sim.values.units import FOREVER

_MICRO = 1_000_000


def result(session: Session) -> dict[str, Any]:
    """Return everything a script wants to know about a run. Requests are micro-requests, so that they sum exactly."""
    world, rules = session.world, session.rules
    reached = score(world, rules)
    return {
        "scenario": rules.scenario.id,
        "seed": world.seed,
        "ticks": world.tick,
        "rules": RULES,
        "content": rules.fingerprint,
        "digest": session.digest,
        "won": reached.won,
        "uptime": reached.uptime,
        "nines": reached.nines,
        "score": reached.points,
        "grade": reached.grade,
        "valid": reached.valid,
        "good": reached.good,
        "journeys": {
            journey.id: _journey(journey, tally)
            for journey, tally in zip(rules.journeys, world.tally.journeys, strict=True)
        },
        "ledger": [
            {"cause": line.cause, "where": line.where, "fault": line.fault, "bad": line.bad}
            for line in sorted(world.tally.ledger, key=lambda line: (-line.bad, line.cause, line.where, line.fault))
        ],
        "incidents": [_incident(incident, rules) for incident in world.tally.incidents],
        "responding": {
            name: typical and {"mean_s": typical.mean_s, "median_s": typical.median_s}
            for name, typical in responding(world, rules).items()
        },
        "dora": _dora(session),
        "cash_cents": world.cash_cents,
        "goals": [{"goal": r.goal.text, "met": r.met, "value": r.value} for r in reached.goals],
        "orders": world.tally.orders,
        **({"chapters": [_chapter(chapter) for chapter in world.chapters]} if session.game.rules.next else {}),
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    """Return what was counted in an act of a campaign that is over."""
    tally = chapter.tally
    return {
        "scenario": chapter.scenario,
        "ticks": chapter.tick,
        "valid": sum(journey.valid for journey in tally.journeys),
        "good": sum(journey.good for journey in tally.journeys),
        "ledger": [
            {"cause": line.cause, "where": line.where, "fault": line.fault, "bad": line.bad} for line in tally.ledger
        ],
    }


def _journey(journey: Journey, tally: JourneyTally) -> dict[str, Any]:
    return {
        "valid": tally.valid,
        "good": tally.good,
        "degraded": tally.degraded,
        "sli": sli(tally),
        "slo": journey.slo,
        "budget_left": budget_left(tally, journey.slo),
        "p50_ms": percentile_ms(tally.latencies, 0.50),
        "p99_ms": percentile_ms(tally.latencies, 0.99),
    }


def _incident(incident: Incident, rules: Rules) -> dict[str, Any]:
    took = times(incident, rules)
    return {
        "id": incident.id,
        "fault": incident.fault,
        "began": incident.began,
        "detected": incident.detected,
        "mitigated": None if incident.mitigated == FOREVER else incident.mitigated,
        "bad": incident.bad,
        "how": incident.how,
        "acknowledged": None if incident.acknowledged == FOREVER else incident.acknowledged,
        "told_members": None if incident.updated < 0 else incident.updated,
        "detect_s": took.detect_s,
        "acknowledge_s": took.acknowledge_s,
        "restore_s": took.restore_s,
    }


def _dora(session: Session) -> dict[str, float | None]:
    """Return DORA's measures as far as anything was delivered; what did not happen is null."""
    world, rules = session.world, session.rules
    if rules.scenario.in_company_mode:
        return asdict(dora(world, rules))
    days = world.tick * rules.scenario.tick_s / 86_400
    return {
        "deployment_frequency_per_day": world.tally.deploys / days if days else 0.0,
        "lead_time_days": None,
        "change_fail_rate": None,
        "recovery_minutes": None,
        "rework_rate": None,
    }
