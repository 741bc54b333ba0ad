"""Verifying a replay: play it again and compare every mark."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devops_tycoon.content.problem import ContentError
from devops_tycoon.orders import parse
from devops_tycoon.play.journal import result_line
from devops_tycoon.play.parallel import LOCAL, spread
from devops_tycoon.play.replay import Replay, game_of, read, read_text, text_of
from devops_tycoon.play.result import result
from devops_tycoon.play.session import Mark, Session
from devops_tycoon.sim.timing.clock import last_tick


@dataclass(frozen=True)
class Verdict:
    """The outcome of playing a replay again."""

    session: Session
    problem: str
    """The first difference; empty: everything is as recorded."""
    finished: bool
    """The replay was recorded to the end of the game."""

    @property
    def verified(self) -> bool:
        """Whether the recording is true as far as it goes."""
        return not self.problem


def verify(path: Path) -> Verdict:
    """Play a replay file again; raise ContentError where it cannot be played."""
    return _verified(read(path), str(path))


def verify_text(text: str, name: str) -> Verdict:
    """Play the text of a replay again, wherever it came from; raise ContentError, naming `name`, if it cannot be."""
    return _verified(read_text(text, name), name)


def _verified(replay: Replay, name: str) -> Verdict:
    session = Session(game_of(replay, name))
    for _ in playing(session, replay):
        problem = _first_difference(session, replay)
        if problem:
            return Verdict(session, problem, finished=False)
    problem = _first_difference(session, replay) or _missing_mark(session, replay) or _wrong_result(session, replay)
    return Verdict(session, problem, finished=session.over)


def verify_all(
    files: Sequence[Path], jobs: int = 1, backend: str = LOCAL, watch: Callable[[dict[str, Any]], object] | None = None
) -> list[dict[str, Any]]:
    """Verify several files, in several processes or on a cluster where asked; return their documents in their order.

    The files are read here and their texts are sent: a cluster's workers need not share the disk. A file that cannot
    be used is a document as well. `watch` is told each document as it comes.
    """
    documents = []
    for found in spread(_document, map(_carried, files), min(jobs, len(files)), backend):
        documents.append(found)
        if watch:
            watch(found)
    return documents


def document(file: Path) -> dict[str, Any]:
    """Return the result of a verified replay, or what is wrong with it."""
    return _document(_carried(file))


Carried = tuple[str, str, str]
"""A file's name, its text, and why it has none (or nothing)."""


def _carried(file: Path) -> Carried:
    """Read a file, so that another machine needs no disk of this one."""
    try:
        return str(file), text_of(file), ""
    except ContentError as error:
        return str(file), "", str(error)


def _document(carried: Carried) -> dict[str, Any]:
    """Return what comes of a file's text; whatever is wrong with it is said, and never raised."""
    name, text, unreadable = carried
    try:
        if unreadable:
            return _unusable(name, unreadable)
        verdict = verify_text(text, name)
    except ContentError as error:
        return _unusable(name, str(error))
    said = verdict.problem
    if not said:
        how = result_line(verdict.session) if verdict.finished else f"so far, to tick {verdict.session.world.tick}"
        said = f"verified: {how}"
    head = {"file": name, "verified": verdict.verified, "unusable": False, "says": said}
    return {**head, **(result(verdict.session) if verdict.verified else {})}


def _unusable(name: str, why: str) -> dict[str, Any]:
    return {"file": name, "verified": False, "unusable": True, "says": why}


def playing(session: Session, replay: Replay, *, to_the_end: bool = False) -> Iterator[int]:
    """Play a replay in a fresh session, and yield every tick that was reached.

    It stops at the last order or mark, or (`to_the_end`) where the player left.
    """
    end = min(replay.left_tick if to_the_end else replay.last_tick, last_tick(session.game.rules))
    at = 0
    while True:
        while at < len(replay.orders) and replay.orders[at].tick <= session.world.tick and not session.over:
            session.enter(parse(replay.orders[at].order), replay.orders[at].by)
            at += 1
        if session.world.tick >= end or session.world.phase != "shift":
            return
        session.advance()
        yield session.world.tick


def _first_difference(session: Session, replay: Replay) -> str:
    """Compare the newest mark of the session with the recorded one."""
    number = len(session.marks) - 1
    if number < 0 or number >= len(replay.marks):
        return ""
    mine, theirs = session.marks[number], replay.marks[number]
    return "" if mine == theirs else _says(theirs, mine)


def _says(theirs: Mark, mine: Mark) -> str:
    if theirs.tick != mine.tick:
        return f"the mark at tick {theirs.tick} should stand at tick {mine.tick}"
    return f"the mark at tick {mine.tick} differs: recorded {theirs.digest}, played {mine.digest}"


def _missing_mark(session: Session, replay: Replay) -> str:
    """Refuse recordings with marks that playing does not reach, or without marks that it does."""
    if len(replay.marks) > len(session.marks):
        return f"the mark at tick {replay.marks[len(session.marks)].tick} is never reached"
    if len(replay.marks) < len(session.marks) and (replay.tag("Ticks") or session.marks[-1].tick < session.world.tick):
        return f"the mark at tick {session.marks[len(replay.marks)].tick} is missing"
    if len(session.orders) < len(replay.orders):
        return f"the order at tick {replay.orders[len(session.orders)].tick} is never reached"
    return ""


def _wrong_result(session: Session, replay: Replay) -> str:
    """Compare the closing tags with what came out."""
    ticks, result = replay.tag("Ticks"), replay.tag("Result")
    if ticks and ticks != str(session.world.tick):
        return f"the recording says {ticks[:20]} ticks, playing it gives {session.world.tick}"
    if result and result != result_line(session):
        return f"the recording says {result[:80]!r}, playing it gives {result_line(session)!r}"
    return ""
