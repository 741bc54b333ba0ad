"""A class after its lesson: plain values, and what every replay gives when it is played afresh."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from devops_tycoon.content.problem import ContentError
from devops_tycoon.debrief.run import Run, run_of
from devops_tycoon.play.replay import read_text
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import playing, verify_text
from devops_tycoon.sim.rules.difficulty import ENGINEER
from devops_tycoon.sim.timing.clock import last_tick

ODDS = 8
"""Other seeds that every team's decisions are played on."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person and the replay that the room kept."""

    code: str
    name: str
    replay: str
    joined_tick: int = 0
    late: bool = False
    forecast: int = 0
    """The choice, counted from 1; 0: none."""
    reports: int = 0
    """How often the person's own simulation was found to differ."""
    whole: bool = False
    """The recording was handed in: a player who left before the end has no score to compare."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A question of the host, with how many chose what."""

    text: str
    choices: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """A lesson that was held."""

    scenario: str
    seed: int
    difficulty: str
    seats: tuple[Seat, ...]
    events: tuple[tuple[int, str], ...] = ()
    """(tick, what the host did)."""
    polls: tuple[Poll, ...] = ()
    title: str = ""
    """Empty: as the scenario is called."""
    homework: bool = False
    """Everybody played alone and handed in a recording, or nothing."""


def runs(held: Class, jobs: int = 1) -> list[Run]:
    """Play every seat's replay afresh, in several processes where asked; return them in the order of the seats."""
    return played([(held.scenario, held.seed, held.difficulty, seat) for seat in held.seats], jobs)


def played(tasks: Sequence[tuple[str, int, str, Seat]], jobs: int = 1) -> list[Run]:
    """Play (scenario, seed, difficulty, seat), each from its text alone."""
    if jobs == 1 or len(tasks) < 2:
        return [run(task) for task in tasks]
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(run, tasks))


def run(task: tuple[str, int, str, Seat]) -> Run:
    """Play one seat's replay to where it was left; whatever is wrong with it is the run's problem, never an error."""
    scenario, seed, difficulty, seat = task
    about = Run(seat.code, seat.name, seat.joined_tick, seat.late, seat.reports, seat.forecast)
    if seat.whole and not seat.replay:
        return replace(about, problem="nothing was handed in")
    try:
        replay = read_text(seat.replay, seat.code)
        verdict = verify_text(seat.replay, seat.code)
    except ContentError as error:
        return replace(about, problem=str(error).splitlines()[0])
    session, problem = verdict.session, verdict.problem
    theirs = (replay.tag("Scenario"), replay.tag("Seed"), replay.tag("Difficulty", ENGINEER.id))
    if theirs != (scenario, str(seed), difficulty):
        problem = problem or "recorded in another game"
    if seat.whole and not verdict.finished:
        problem = problem or "not played to the end"
    if problem:  # it is not believed, and still everybody sees what its orders would have given
        session = Session(session.game)
        for _ in playing(session, replay, to_the_end=True):
            pass
    else:
        session.advance(min(replay.left_tick, last_tick(session.game.rules)) - session.world.tick)
    return run_of(
        session,
        seat.code,
        seat.name,
        joined_tick=seat.joined_tick,
        late=seat.late,
        reports=seat.reports,
        forecast=seat.forecast,
        problem=problem,
    )
