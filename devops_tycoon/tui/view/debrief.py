"""The debrief as one page of rows."""

from devops_tycoon.debrief.detection import beliefs, said, shares
from devops_tycoon.debrief.timeline import Moment, timeline
from devops_tycoon.play.session import MARK_EVERY, Session
from devops_tycoon.sim.planning.next_act import may_go_on
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.difficulty import ENGINEER
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.score import explain, score
from devops_tycoon.sim.text import duration, percent, plural, short
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.tui.draw.bars import bar
from devops_tycoon.tui.draw.charts import Series, framed_chart
from devops_tycoon.tui.draw.text import fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.company.delivery import delivery_rows, responding_rows
from devops_tycoon.tui.view.company.losses import cause_rows, fault_rows
from devops_tycoon.tui.view.company.results import book_rows, chapter_rows, medal_rows
from devops_tycoon.tui.view.wrap import wrapped

_MICRO = 1_000_000
MOST_MOMENTS = 60


def debrief_rows(session: Session, width: int, glyphs: Glyphs) -> list[Row]:
    """Return everything that a debrief says, top down: result, course, losses, incidents, story, lesson."""
    world, rules = session.world, session.rules
    result = score(world, rules)
    ending = ("You reached your goals.", "ok") if result.won else ("You did not reach your goals.", "failing")
    rows: list[Row] = [
        (),
        merge([(" " + ending[0], ending[1]), (f"   Uptime {percent(result.uptime)}", "title")]),
        merge(
            [(f" Score {result.points} of 1000 · grade {result.grade} · seed {world.seed}{_level(rules)}", "accent")]
        ),
        *_onward(session),
        (),
    ]
    yes, no = ("v", "x") if glyphs == "ascii" else ("✓", "✗")
    for goal in result.goals:
        sign, style = (yes, "ok") if goal.met else (no, "failing")
        rows.append(merge([(f" {sign} ", style), (fit(f"{goal.goal.text}: {goal.says}", width - 3), "text")]))
    rows += [merge([(f"   {line}", "dim")]) for text in explain(result) for line in wrapped(text, width - 3)]
    led = rules.scenario.in_company_mode
    rows += [merge([(f" {line}", "failing")]) for line in wrapped(world.ending, width - 2)] if world.ending else []
    rows += _under("Medals", medal_rows(world, rules, width, glyphs))
    rows += _under("The acts so far", chapter_rows(session, width))
    if not result.won:
        rows += _section("Next time", [rules.scenario.next_move], width)
    every = MARK_EVERY * rules.scenario.tick_s // 60
    rows += [*_heading(f"Good requests (%), every {every} min"), *_course(session, width, glyphs)]
    rows += [*_heading("Where requests were lost"), *_losses(session, width, glyphs)]
    if led:
        rows += [*cause_rows(world, width, glyphs), *fault_rows(world, rules, width, glyphs)]
    rows += [*_heading("Incidents"), *_incidents(session, width)]
    rows += responding_rows(world, rules, width) if led else []
    rows += _seen_and_true(session, width)
    if led:
        rows += _under("Delivery, in DORA's five (a mirror, no points)", delivery_rows(world, rules, width))
        rows += _under("Money", book_rows(world))
    rows += [*_heading("What happened   (> your orders, * not visible then)"), *_story(session, width)]
    rows += _forecast(session, width)
    rows += _section("What it teaches", [rules.scenario.lesson], width)
    rows += _section("To talk about", list(rules.scenario.debrief), width)
    museum = rules.scenario.museum
    rows += _section(f"Museum: {museum.title}", [museum.text, f"Source: {museum.source}"], width)
    return [*rows, ()]


def _heading(text: str) -> list[Row]:
    return [(), merge([(f" {text}", "accent")])]


def _under(title: str, rows: list[Row]) -> list[Row]:
    """Return rows with their heading, or nothing."""
    return [*_heading(title), *rows] if rows else []


def _onward(session: Session) -> list[Row]:
    """Say that another act follows, and which key leads on."""
    then = session.rules.next
    if then is None or not may_go_on(session.world, session.rules):
        return []
    return [merge([(f" o opens act {then.scenario.act}, {then.scenario.title}, with this company.", "accent")])]


def _level(rules: Rules) -> str:
    return f" · {rules.level.id}" if rules.level != ENGINEER else ""


def _section(title: str, texts: list[str], width: int) -> list[Row]:
    rows = _heading(title)
    for text in texts:
        rows += [merge([(f" {line}", "text")]) for line in wrapped(text, width - 2)]
    return rows


def _course(session: Session, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the share of good requests between marks, one line a journey."""
    if len(session.samples) < 2:
        return [merge([(" too short to show", "dim")])]
    series, legend = [], []
    for number, journey in enumerate(session.rules.journeys):
        values: list[float] = []
        for (_, before), (_, after) in zip(session.samples, session.samples[1:], strict=False):
            valid, good = after[number][0] - before[number][0], after[number][1] - before[number][1]
            values.append(100.0 * good / valid if valid > 0 else values[-1] if values else 100.0)
        series.append(Series(values, f"series.{number % 4}"))
        legend += [(f" {journey.title} ", f"series.{number % 4}")]
    chart = framed_chart(series, width, 9, glyphs, low=0.0, high=100.0, left="begin", right="end")
    return [*chart, merge(legend)]


def _losses(session: Session, width: int, glyphs: Glyphs) -> list[Row]:
    ledger = session.world.tally.ledger
    whole = sum(line.bad for line in ledger)
    if whole < _MICRO / 2:
        return [merge([(" No requests were lost.", "ok")])]
    rows: list[Row] = []
    known = sorted((line for line in ledger if line.bad >= 0.001 * whole), key=lambda line: -line.bad)[:8]
    faults = {line.fault for line in known}
    for line in known:
        filled, empty = bar(line.bad / whole, 12, glyphs)
        where = line.where.replace(f"{USERS}→", "members→")
        fault = _title(session.rules, line.fault) if len(faults) > 1 else ""
        text = fit(f" {line.cause} at {where}{f', because of: {fault}' if fault else ''}", width - 21, middle=False)
        share = f" {percent(line.bad / whole):>6} "
        rows.append(merge([(share, "text"), (filled, "bar.failing"), (empty, "bar.empty"), (text, "text")]))
    if len(faults) == 1 and (only := _title(session.rules, known[0].fault)):
        rows.append(merge([(f" All of these because of: {only}.", "text")]))
    if len(known) < len(ledger):
        rows.append(merge([(f" and {plural(len(ledger) - len(known), 'smaller cause')}", "dim")]))
    rows.append(
        merge([(f" {short(whole / _MICRO)} requests were lost in all; every one has exactly one cause.", "dim")])
    )
    return rows


def _title(rules: Rules, card: str) -> str:
    return rules.failure[card].title if card in rules.failure else ""


def _incidents(session: Session, width: int) -> list[Row]:
    tick_s = session.rules.scenario.tick_s
    rows: list[Row] = []
    for incident in session.world.tally.incidents:
        noticed = (incident.detected - incident.began) * tick_s
        lasted = incident.mitigated - incident.detected
        ended = "still open" if incident.mitigated == FOREVER else _minutes(lasted, tick_s)
        lost = f"{short(incident.bad / _MICRO)} requests lost"
        what = _title(session.rules, incident.fault) or "no single fault"
        text = f"{incident.id}. {what}: noticed after {duration(noticed)}, {ended}, {lost}."
        rows += [merge([(f" {line}", "text")]) for line in wrapped(text, width - 2)]
    return rows or [merge([(" None.", "ok")])]


def _seen_and_true(session: Session, width: int) -> list[Row]:
    """Return measured and actual values; in a lesson everything was seen."""
    if not session.rules.scenario.company_mode.observes:
        return []
    rows = [
        *_heading("Measured and actual"),
        *[merge([(f" {line}", "text")]) for share in shares(session) for line in wrapped(share, width - 2)],
    ]
    for belief in beliefs(session):
        seen, true = said(belief)
        rows += [merge([(f" {line}", "text")]) for line in wrapped(f"{belief.incident}. Measured: {seen}", width - 2)]
        rows += [merge([(f"    {line}", "edge.slow")]) for line in wrapped(f"Actual: {true}", width - 5)]
    return rows


def _minutes(ticks: int, tick_s: int) -> str:
    return f"over after {duration(ticks * tick_s)}"


def _story(session: Session, width: int) -> list[Row]:
    moments = timeline(session)
    rows = [row for moment in moments[:MOST_MOMENTS] for row in _moment(moment, width)]
    if len(moments) > MOST_MOMENTS:
        rows.append(merge([(f" … and {len(moments) - MOST_MOMENTS} more; debrief FILE prints them all.", "dim")]))
    return rows


def _moment(moment: Moment, width: int) -> list[Row]:
    sign, style = " ", "text"
    if moment.hidden:
        sign, style = "*", "edge.slow"
    elif moment.kind == "ordered":
        sign, style = ">", "accent"
    elif moment.bad:
        sign, style = "!", "failing"
    when = pad(moment.when, 19)
    first, *rest = wrapped(moment.text, width - 24)
    rows: list[Row] = [merge([(f" {when}", "dim"), (f"{sign} ", style), (first, style)])]
    return rows + [merge([(" " * 22, "ground"), (line, style)]) for line in rest]


def _forecast(session: Session, width: int) -> list[Row]:
    question, answer = session.rules.scenario.question, session.world.answer
    if question is None:
        return []
    yours = "You did not answer." if answer < 0 else f"You expected: {question.choices[answer]}"
    right = answer == question.answer
    rows = _section("Your forecast", [question.text, yours], width)
    verdict = "You were right. " if right else f"The answer: {question.choices[question.answer]} "
    style = "ok" if right else "hot"
    return [*rows, *[merge([(f" {line}", style)]) for line in wrapped(verdict + question.why, width - 2)]]
