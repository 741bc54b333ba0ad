"""What is left of a lesson, as files: grades, replays, the debrief of the class."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from devops_tycoon.content.find import assets
from devops_tycoon.content.problem import ContentError
from devops_tycoon.debrief.html.classpage import class_page
from devops_tycoon.debrief.html.lesson import Lesson
from devops_tycoon.debrief.run import Run, run_of
from devops_tycoon.lab.odds import Odds, all_odds, seeds_beside
from devops_tycoon.play.autoplay import drive_orders
from devops_tycoon.play.game import Game, load
from devops_tycoon.play.replay import read_text
from devops_tycoon.play.session import Recorded, Session
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.workshop.classroom import ODDS, Class, Seat, runs
from devops_tycoon.workshop.grades import grades_csv

_CODE = re.compile(r"[A-Za-z0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Leftover:
    """All that a lesson leaves, as bytes."""

    grades: bytes
    debrief: bytes
    replays: bytes


def leftover(held: Class, jobs: int = 1, odds: int = ODDS) -> Leftover:
    """Play everything afresh, once, and make all files of it; `odds` is the number of other seeds, 0 for none."""
    found = runs(held, jobs)
    game = load(held.scenario, held.seed, difficulty=held.difficulty)
    page = debrief_html(held, found, jobs, odds)
    grades = grades_csv(found, game.rules.scenario.question, homework=held.homework)
    return Leftover(grades, page.encode(), replays_zip(held))


def debrief_html(held: Class, found: Sequence[Run], jobs: int = 1, odds: int = ODDS) -> str:
    """Return the debrief of the class, from its runs (`classroom.runs`)."""
    game = load(held.scenario, held.seed, difficulty=held.difficulty)
    lesson = Lesson(
        rules=game.rules,
        seed=held.seed,
        runs=tuple(found),
        title=held.title,
        events=held.events,
        polls=tuple((poll.text, poll.choices, poll.counts) for poll in held.polls),
        solution=solution_run(game, found),
        odds=_odds(game, found, jobs, odds),
    )
    return class_page(lesson)


def export(held: Class, directory: Path, jobs: int = 1, odds: int = ODDS) -> list[Path]:
    """Write grades.csv, debrief.html and a replay of everybody into a directory; return their paths."""
    replays = _replays(held)
    made = leftover(held, jobs, odds)
    (directory / "replays").mkdir(parents=True, exist_ok=True)
    files = {directory / "grades.csv": made.grades, directory / "debrief.html": made.debrief}
    files |= {directory / "replays" / name: replay for name, replay in replays}
    for path, content in files.items():
        path.write_bytes(content)
    return list(files)


def replays_zip(held: Class) -> bytes:
    """Return everybody's replays in one archive; the same class gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, replay in _replays(held):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, replay, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def solution_run(game: Game, found: Sequence[Run]) -> Run | None:
    """Play the scenario's solution, if it has one, on the same dice with everything that the host injected."""
    if game.file or game.rules.campaign:
        return None
    file = assets() / "scenarios" / f"{game.rules.scenario.id}.solution.orders"
    if not file.is_file():
        return None
    orders = list(read_text(file.read_text(encoding="utf-8"), file.name, tags=False).orders)
    host = next((run.orders for run in found if run.result and not run.problem), ())
    injected = [Recorded(tick, text, by) for tick, text, by in host if by == FACILITATOR and text != "begin"]
    until = max((run.result["ticks"] for run in found if run.result), default=None)
    session = Session(replace(game, player=""))
    try:
        drive_orders(session, sorted([*orders, *injected], key=lambda order: order.tick), until)
    except ContentError:
        return None
    return run_of(session, "", "a known solution")


def _odds(game: Game, found: Sequence[Run], jobs: int, number: int) -> dict[str, Odds]:
    able = [run for run in found if run.result is not None and not run.problem]
    if number < 1 or not able:
        return {}
    plain = replace(game, player="")
    tasks = [
        (plain, tuple(Recorded(*order) for order in run.orders), "", run.result["ticks"] if run.result else None)
        for run in able
    ]
    found_odds = all_odds(tasks, seeds_beside(game.seed, number), jobs)
    return {run.code: one for run, one in zip(able, found_odds, strict=True)}


def _replays(held: Class) -> list[tuple[str, bytes]]:
    """Return (file's name, recording) of everybody who has one: of homework, not everybody hands in."""
    named = [(_file(seat), seat) for seat in sorted(held.seats, key=lambda one: one.code)]
    return [(name, seat.replay.encode()) for name, seat in named if seat.replay or not seat.whole]


def _file(seat: Seat) -> str:
    """Return the name of a seat's file: from its code alone, never from a name that someone chose."""
    if not _CODE.fullmatch(seat.code):
        raise ValueError(f"{seat.code!r} is no code of a seat")
    return f"{seat.code}.replay"
