"""The review after a shift: the score so far, what broke and why, and what can be learned from it.

What was lost, why, and when faults began is the actual state: after the shift it gives no advantage.
"""

from devops_tycoon.play.response_times import times
from devops_tycoon.play.session import Session
from devops_tycoon.sim.detection.eyes import sight_level
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.score import budget_left, explain, score, sli
from devops_tycoon.sim.text import duration, percent, short
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.units import FOREVER, WHOLE
from devops_tycoon.sim.values.watching import NEEDS, OBJECTIVES
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.bars import gauge
from devops_tycoon.tui.draw.text import fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge
from devops_tycoon.tui.view.company.comparison import compared_rows, of_shift
from devops_tycoon.tui.view.company.delivery import delivery_rows, responding_rows
from devops_tycoon.tui.view.company.losses import losses_rows
from devops_tycoon.tui.view.company.summary import company_line
from devops_tycoon.tui.view.wrap import wrapped


def review_rows(session: Session, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the whole review, top down."""
    world, rules = session.world, session.rules
    return [
        (),
        merge([(" This shift", "accent")]),
        *compared_rows(session, width),
        *_heading("The game so far"),
        *_so_far(world, rules, width),
        *_heading("Error budgets since the start"),
        *_budgets(session, width, glyphs),
        *_heading("Incidents of this shift"),
        *_incidents(session, width),
        *_heading("Measured and actual"),
        *_seen_and_true(session, width),
        *_heading("Where requests were lost"),
        *losses_rows(world, rules, width, glyphs),
        *_heading("Delivery: the five DORA metrics (not scored)"),
        *delivery_rows(world, rules, width),
        *_heading("What can be learned"),
        *_lessons(world, rules, width),
        (),
    ]


def _heading(text: str) -> list[Row]:
    return [(), merge([(f" {text}", "accent")])]


def _text(text: str, width: int, style: str = "text", indent: str = " ") -> list[Row]:
    return [merge([(f"{indent}{line}", style)]) for line in wrapped(text, width - len(indent) - 1)]


def _so_far(world: World, rules: Rules, width: int) -> list[Row]:
    """Return the score so far with its parts."""
    result = score(world, rules)
    rows = [
        merge([(f" {result.points} of 1000 points so far, grade {result.grade}   ", "title"), *company_line(world)]),
    ]
    for line in explain(result):
        rows += _text(line, width, "dim", "   ")
    return rows


def _budgets(session: Session, width: int, glyphs: Glyphs) -> list[Row]:
    """Return every journey's share of good requests, this shift's and all, and what is left of what may fail."""
    world, rules, rows = session.world, session.rules, []
    room, wide = max(8, min(24, width - (76 if width >= 90 else 60))), width >= 90
    for journey, tally, here in zip(rules.journeys, world.tally.journeys, of_shift(session), strict=True):
        if not tally.valid:
            rows.append(merge([("   ", "ground"), (pad(journey.title, 24), "name"), ("no requests", "dim")]))
            continue
        left = budget_left(tally, journey.slo)
        style = "ok" if left > 0.5 else "hot" if left > 0 else "failing"
        line: list[Segment] = [
            ("   ", "ground"),
            (pad(journey.title, 24), "name"),
            (f"{percent(sli(tally)):>8} ", style),
        ]
        if wide:
            now = percent(here[1] / here[0]) if here[0] else "none"
            line.append((pad(f"({now} now)", 16), "text"))
        line.append((pad(f"needs {100 * journey.slo:g}%", 14), "dim"))
        if left > 0:
            line += [*gauge(left, room, glyphs, "bar" if left > 0.5 else "bar.hot"), (f" {percent(left)} left", "text")]
        else:
            line.append((f"budget spent {1 - left:.1f} times over", "failing"))
        rows.append(merge(line))
    return rows


def _began(world: World, rules: Rules) -> int:
    """Return the tick at which the shift began that is over now."""
    played = [shift.ticks for shift in rules.scenario.shifts[: world.shift]]
    return world.tick - played[-1] if played else 0


def _incidents(session: Session, width: int) -> list[Row]:
    """Return this shift's incidents as the company saw them and as they were."""
    world, rules = session.world, session.rules
    here = [incident for incident in world.tally.incidents if incident.detected >= _began(world, rules)]
    if not here:
        return _text("None.", width, "ok", "   ")
    rows: list[Row] = []
    for incident in here:
        rows += _incident(incident, rules, width)
    rows += responding_rows(world, rules, width)
    return rows


def _incident(incident: Incident, rules: Rules, width: int) -> list[Row]:
    took = times(incident, rules)
    what = rules.failure[incident.fault].title if incident.fault in rules.failure else "no single fault"
    hand = "never acknowledged" if took.acknowledge_s is None else f"acknowledged {duration(took.acknowledge_s)} later"
    over = "still open" if took.restore_s is None else f"over {duration(took.restore_s)} after it began"
    told = "members were told" if incident.updated >= 0 else "members were not told"
    how = f" by {incident.how}" if incident.how else ""
    rows = [merge([(f"   {incident.id}. ", "key"), (fit(what, width - 7, middle=False), "name")])]
    text = (
        f"Noticed{how} {duration(took.detect_s)} after it began, {hand}, {over}; {told}. "
        f"{short(incident.bad / WHOLE)} requests were lost."
    )
    return [*rows, *_text(text, width, "text", "      ")]


def _seen_and_true(session: Session, width: int) -> list[Row]:
    """Return where the company's own numbers differ from the truth."""
    world, rules = session.world, session.rules
    level = sight_level(world, rules)
    rows: list[Row] = []
    if not any(said.valid for said in session.seen.tally.journeys):
        return _text(f"User experience was not measured (needs {NEEDS[1].capitalize()}).", width, "hot", "   ")
    for journey, said, true in zip(rules.journeys, session.seen.tally.journeys, world.tally.journeys, strict=True):
        if not true.valid:
            continue
        shown = percent(sli(said)) if said.valid else "nothing"
        if shown != percent(sli(true)):
            rows += _text(f"{journey.title}: measured {shown}, actual {percent(sli(true))}", width, "text", "   ")
    if rows and level < OBJECTIVES:
        rows += _text(f"To see more, adopt {NEEDS[level + 1]}.", width, "dim", "   ")
    return rows or _text("Measured and actual were the same.", width, "ok", "   ")


def _lessons(world: World, rules: Rules, width: int) -> list[Row]:
    """Return what postmortems would open, and what the company could not see."""
    rows: list[Row] = []
    here = dict.fromkeys(i.fault for i in world.tally.incidents if i.detected >= _began(world, rules) and i.fault)
    for card in here:
        known = rules.failure.get(card)
        if known is None:
            continue
        rows.append(merge([(f"   {known.title}", "name")]))
        rows += _text(known.lesson, width, "text", "     ")
        answers = [practice.title for practice in rules.offers if card in practice.answers]
        done = "studied already" if card in world.studied else f"postmortem {card} halves their cost"
        if answers:
            rows += _text(f"Answered by {', '.join(answers)} ({done}).", width, "accent", "     ")
    missed = [i for i in world.tally.incidents if i.detected >= _began(world, rules) and i.detected > i.began]
    level = sight_level(world, rules)
    if missed and level < OBJECTIVES:
        late = max((i.detected - i.began) * rules.scenario.tick_s for i in missed)
        rows += _text(
            f"An incident was unnoticed for up to {duration(late)}; to see more, adopt {NEEDS[level + 1]}.",
            width,
            "hot",
            "   ",
        )
    still = [incident for incident in world.tally.incidents if incident.mitigated == FOREVER]
    if still:
        rows += _text("An incident is still open: it continues into the next shift.", width, "failing", "   ")
    return rows or _text("A quiet shift. Use quiet quarters to prepare for the next ones.", width, "dim", "   ")
