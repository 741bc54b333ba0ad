"""Play line by line: for screen readers, pipes and slow connections. Every line in is one command."""

from collections.abc import Iterator
from typing import TextIO

from devops_tycoon.orders import usable
from devops_tycoon.play.outlook_text import outlook_lines
from devops_tycoon.play.seam_text import seam_lines
from devops_tycoon.play.session import Session
from devops_tycoon.play.summary import summary
from devops_tycoon.sim.detection.health import UNKNOWN, health
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.sim.score.score import score, sli
from devops_tycoon.sim.text import dollars, plural
from devops_tycoon.sim.timing.clock import shift_of, time_of_day
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.watching import AVERAGES, PERCENTILES, needs

MOST_TICKS = 20_000
"""Ticks that one `wait` may ask for."""

HELP = """Commands: an order (see below), or
  wait N     play N ticks (without N: 60)
  status     the state of every service and of the SLOs
  goals      the goals and how they stand
  seam CAPABILITY [CAPABILITY …] [data=moved]
             what a split there would separate, share and cost
  outlook    the forecast for the coming peak, if nothing fails
  help       this text
  quit       leave; the game is saved
"""


def play_text(session: Session, lines: TextIO, out: TextIO) -> bool:
    """Play until the game is over or the lines end; return whether the goals were met."""

    def say(*texts: str) -> None:
        for text in texts:
            out.write(text + "\n")
        out.flush()

    scenario = session.rules.scenario
    say(f"{scenario.title}. {scenario.briefing}", *goals(session), "Type help for the commands.")
    for line in prompted(lines, out):
        command, _, rest = line.strip().partition(" ")
        if command in ("quit", "exit"):
            break
        if command == "":
            continue
        if command == "help":
            say(HELP, *[f"  {kind.usage}" for kind in usable(session.rules)])
        elif command == "status":
            say(*status(session))
        elif command == "goals":
            say(*goals(session))
        elif command == "seam":
            say(*seam_lines(session.seen, session.rules, rest))
        elif command == "outlook":
            say(*outlook_lines(session.seen, session.rules))
        elif command == "wait":
            say(*wait(session, rest))
        else:
            before = len(session.facts)
            why = session.place(line.strip())
            say(f"Refused: {why}" if why else "Ordered.", *[fact.text for _, fact in session.facts[before:]])
        if session.world.phase == "over" and not session.over:
            say(*summary(session), "You won this act. For the next one: onward")
        if session.over:
            break
    if session.over:
        say(*summary(session))
    session.close()
    return score(session.world, session.rules).won


def prompted(lines: TextIO, out: TextIO) -> Iterator[str]:
    """Yield lines, with a prompt on a terminal."""
    while True:
        if lines.isatty():
            out.write("> ")
            out.flush()
        line = lines.readline()
        if not line:
            return
        yield line


def wait(session: Session, ticks: str) -> list[str]:
    """Play some ticks and say what happened in them."""
    ticks = ticks.strip() or "60"
    if not (ticks.isascii() and ticks.isdigit() and 0 < int(ticks[:9]) <= MOST_TICKS):
        return [f"wait takes a number of ticks from 1 to {MOST_TICKS}."]
    if session.world.phase == "planning":
        return ["Paused for planning. Place your orders, then: begin"]
    facts = session.advance(int(ticks))
    return [told(fact) for fact in facts if not fact.hidden] + status(session)[:1]


def told(fact: Fact) -> str:
    """Return a fact with a word for how bad it is."""
    return f"{'Alert: ' if fact.bad else ''}{fact.text}"


def status(session: Session) -> list[str]:
    """Return the state of journeys and services."""
    world, rules = session.seen, session.rules
    shift = shift_of(world, rules)
    unknown = needs(world.sight, AVERAGES)
    journeys = unknown and f"not measured, {unknown}"
    journeys = journeys or ", ".join(f"{tally.journey} {sli(tally):.2%}" for tally in world.tally.journeys)
    phase = "planning" if world.phase == "planning" else time_of_day(world, rules)
    lines = [f"{shift.day}, {phase}. Good so far: {journeys}. Cash {dollars(world.cash_cents)}."]
    for number, service in enumerate(world.services):
        reading, state = world.reading, health(world, rules, number)
        if state == UNKNOWN:
            lines.append(f"  {service.id}: not measured, {plural(service.replicas, 'replica')}")
            continue
        if needs(world.sight, PERCENTILES):
            busy = f"{reading.utilisation[number]:.0%} busy on average"
            lines.append(f"  {service.id}: {state}, {plural(service.replicas, 'replica')}, {busy}")
            continue
        waiting = max(0, round(reading.in_system[number] - reading.slots[number]))
        lines.append(
            f"  {service.id}: {state}, {plural(service.replicas, 'replica')}, "
            f"{reading.utilisation[number]:.0%} busy, {waiting} waiting"
        )
    if world.sight.frozen:
        lines.append("  Metrics are frozen, yet members are complaining: is monitoring down?")
    lines += [f"  in progress: {project.order}, ends in week {project.week}" for project in world.projects]
    lines += [f"  in progress: {pending.order}" for pending in world.pending if pending.by != FACILITATOR]
    return lines


def goals(session: Session) -> list[str]:
    """Return the goals and how they stand."""
    if needs(session.seen.sight, AVERAGES):
        return [f"Goal: {goal.text} (not measured)" for goal in session.rules.scenario.goals]
    return [f"Goal: {r.goal.text} (now {r.says})" for r in score(session.seen, session.rules).goals]
