"""Homework: a room without a clock. Everybody plays alone, when they like, and hands in the recording.

A recording is a stranger's text. What is said here of it is only that it is of the right game and short enough to be
played; whether it is true, playing it again tells (`reruns`), and nothing else does.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from devops_tycoon.content.problem import ContentError, clean
from devops_tycoon.debrief.run import Run
from devops_tycoon.play.replay import Replay, read_text
from devops_tycoon.sim.rules.difficulty import ENGINEER
from devops_tycoon.sim.step import RULES
from devops_tycoon.workshop.entry import Entry
from devops_tycoon.workshop.room import HOMEWORK, Room

HAND_IN = "hand-in"
"""The kind of an entry that keeps a recording, byte for byte as it came."""
LARGEST = 64 * 1024
"""Bytes of a recording. An evening with an order a minute has a tenth of it."""
LONGEST_LINE = 300
"""Characters of a line: what reads lines takes time by the square of their length, and no order is so long."""
MOST_HAND_INS = 20
"""Of one person in a round: nobody fills the disk, and nobody draws lots until the dice please."""
TOO_LARGE = f"The file is too large for a recording of this game; expected at most {LARGEST // 1024} KiB."
_ENDS = "The homework has ended; nothing more is accepted."


class HandInError(Exception):
    """A recording is not taken; the sentence says why."""


def why_not_hand_in(room: Room, code: str) -> str | None:
    """Return the sentence that refuses whatever someone would hand in now, or None."""
    person = room.person(code)
    if person is None or person.removed:
        return "You are not in this room."
    if not room.lesson.homework:
        return "This room plays together on one clock; there is nothing to hand in."
    if room.state != HOMEWORK:
        return _ENDS
    if person.handed >= MOST_HAND_INS:
        return f"You have handed in {MOST_HAND_INS} times, the maximum; your latest counts."
    return None


def recording(raw: bytes, room: Room, code: str) -> str:
    """Return the text of a recording that the room can take of someone; raise HandInError."""
    if len(raw) > LARGEST:
        raise HandInError(TOO_LARGE)
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise HandInError("This is not a recording: it is not UTF-8 text.") from None
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise HandInError(f"This is not a recording of this game: a line is longer than {LONGEST_LINE} characters.")
    try:
        replay = read_text(text, "the recording")
    except ContentError as error:
        more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
        raise HandInError(f"This is not a recording: {error.problems[0]}{more}.") from None
    why = _wrong_game(replay, room) or _not_played_alone(replay, code)
    if why:
        raise HandInError(clean(why))
    return text


def _wrong_game(replay: Replay, room: Room) -> str:
    """Return the sentence about a recording of another game than the room's; empty: it is of this one."""
    lesson = room.lesson
    wanted = (
        ("Scenario", "lesson", lesson.scenario, ""),
        ("Seed", "seed", str(room.seed), ""),
        ("Difficulty", "difficulty", lesson.difficulty, ENGINEER.id),
        ("Rules", "rules version", RULES, ""),
        ("Content", "content version", lesson.content, ""),
    )
    for tag, name, ours, otherwise in wanted:
        theirs = replay.tag(tag, otherwise)
        if theirs != ours:
            return f"This is a recording of another game: its {name} is {theirs[:60]}; expected {ours}."
    for tag, what in (("Trace", "with its own demand trace"), ("File", "from a scenario file")):
        if replay.tag(tag):  # it would change the game, or have the room read a file that a stranger names
            return f"This recording was made {what}; the homework is the lesson shipped with the game."
    return ""


def _not_played_alone(replay: Replay, code: str) -> str:
    """Return the sentence about a recording that is not one person's whole game; empty: it is."""
    if any(order.by for order in replay.orders):
        return "It contains orders by someone else; in homework everyone plays alone."
    player = replay.tag("Player")
    if player not in ("", code):
        return f"It was recorded by {player[:40]}; you are {code}."
    if not replay.tag("Result") or replay.truncated:
        return "The game is not over; continue with the same command, then hand it in."
    return ""


def remember(log: list[Entry], entry: Entry) -> None:
    """Append to a log that is held in memory; of the recordings of one person only the newest keeps its text.

    The disk keeps them all.
    """
    if entry.kind == HAND_IN:
        for at in range(len(log) - 1, -1, -1):
            old = log[at]
            if (old.kind, old.who, old.round) == (HAND_IN, entry.who, entry.round):
                log[at] = Entry(old.n, old.round, old.tick, old.who, old.seq, old.kind, "")
                break
    log.append(entry)


def newest(log: Iterable[Entry], number: int) -> dict[str, str]:
    """Return the recording that counts of everybody who handed in during a round: the newest."""
    return {entry.who: entry.text for entry in log if entry.kind == HAND_IN and entry.round == number}


def decisions(run: Run) -> str:
    """Return a digest of what a person decided and when, without their name; empty: nothing, which nobody copies."""
    return blake2b(repr(run.own).encode(), digest_size=8).hexdigest() if run.own else ""


def alike(made: Mapping[str, str]) -> dict[str, list[str]]:
    """Return by code who else made the very same decisions."""
    return {
        code: [other for other, theirs in made.items() if mine and other != code and theirs == mine]
        for code, mine in made.items()
    }


def words(handed: int, checked: Mapping[str, Any] | None) -> str:
    """Return how someone's homework stands, for the host and for themselves."""
    if not handed:
        return "nothing handed in"
    times = "handed in once" if handed == 1 else f"handed in {handed} times"
    if not checked:
        return f"{times}, being verified"
    if checked.get("problem"):
        return f"{times}, NOT VERIFIED: {clean(str(checked['problem']))}"
    same = [clean(str(code)) for code in checked.get("same", ())]
    stands = f"{times}, score {checked.get('score', 0)}, uptime {float(checked.get('uptime', 0)):.3%}"
    return stands + (f", same decisions as {' '.join(same)}" if same else "")
