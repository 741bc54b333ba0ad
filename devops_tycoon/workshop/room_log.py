"""The room as its log tells it: what each entry changes."""

import json
from collections.abc import Iterable
from dataclasses import replace

from devops_tycoon.workshop.commands import Command, read_command
from devops_tycoon.workshop.entry import FACILITATOR, Entry
from devops_tycoon.workshop.room import (
    DEBRIEF,
    ENDED,
    EVENTS,
    HISTORY,
    HOMEWORK,
    LOBBY,
    PAUSED,
    PLANNING,
    RUNNING,
    TICKING,
    Lesson,
    Person,
    Poll,
    Room,
    with_person,
)

_FORECAST = "forecast-answer "
_HANDS_IN = "Everyone plays alone and hands in the recording until the facilitator ends the homework."


def opening(lesson: Lesson) -> str:
    """Return the text of a log's first entry."""
    return json.dumps(
        {name: list(value) if isinstance(value := getattr(lesson, name), tuple) else value for name in Lesson.__slots__}
    )


def opened(first: Entry) -> Room:
    """Return the room that a log's first entry opens."""
    lesson = _lesson(first.text)
    return _as_it_begins(Room(lesson, first.n, seed=lesson.seed))


def _as_it_begins(room: Room) -> Room:
    """Return the room at a round's beginning. A player who sees others' homework before the end knows what to copy."""
    if room.lesson.homework:
        return replace(room, state=HOMEWORK, board="hidden", why=_HANDS_IN)
    return replace(room, state=LOBBY, board="shown", why="")


def _lesson(text: str) -> Lesson:
    told = json.loads(text)
    return Lesson(**{**told, "ends": tuple(told["ends"])})


def after(room: Room, entry: Entry) -> Room:
    """Return the room after an entry of its log. This is all that a restart needs."""
    if entry.kind == "clock":
        return _ticked(replace(room, last=entry.n, tick=int(entry.text)))
    room = replace(room, last=entry.n)
    if entry.kind == "join":
        told = json.loads(entry.text)
        late = room.tick > 0 or room.begun > 0
        over = room.state in (ENDED, DEBRIEF)
        person = Person(entry.who, told["name"], told["token"], room.tick, late, watching=over)
        return replace(room, people=(*room.people, person))
    if entry.kind == "do":
        return _told(replace(room, seq=max(room.seq, entry.seq)), read_command(entry.text))
    if entry.kind == "lesson":
        lesson = _lesson(entry.text)
        return _another_round(replace(room, lesson=lesson), lesson.seed)
    if entry.kind == "note":
        return _noted(room, entry.text)
    if entry.who == FACILITATOR:
        return _facilitated(room, entry)
    known = room.person(entry.who)
    if known is None:
        return room
    person = replace(known, seq=max(known.seq, entry.seq))
    if entry.kind == "hand-in":
        person = replace(person, handed=person.handed + 1)
    elif entry.kind == "answer":
        room = _answered(room, entry)
    elif entry.text.startswith(_FORECAST):
        person = replace(person, forecast=int(entry.text.split()[1]))
    return with_person(room, person)


def folded(log: Iterable[Entry]) -> Room:
    """Return the room that a whole log says: what `after` makes of it entry by entry, many times as fast.

    Nearly all of a log is players' orders, and nothing of those stays in a room but the newest number of each person.
    """
    entries = iter(log)
    last = next(entries)
    room = opened(last)
    newest: dict[str, int] = {}
    for last in entries:
        if last.kind == "order" and last.who != FACILITATOR and not last.text.startswith(_FORECAST):
            newest[last.who] = max(newest.get(last.who, 0), last.seq)
        else:
            room = after(room, last)
    people = (replace(p, seq=max(p.seq, newest[p.code])) if p.code in newest else p for p in room.people)
    return replace(room, last=last.n, people=tuple(people))


def _ticked(room: Room) -> Room:
    if room.tick < room.until:
        return room
    if room.state == HISTORY:
        return replace(room, state=PLANNING, why="This is how the company did without you. Look around, then plan.")
    if room.begun == len(room.lesson.ends):
        return replace(room, state=ENDED, why="The last shift is over.")
    return replace(room, state=PLANNING, why="The shift is over. Plan the next one.")


def _noted(room: Room, text: str) -> Room:
    """Heed the room's own notes: that it woke up after a crash or a sleep, and that the debrief is made."""
    if text == DEBRIEF:
        return replace(room, state=DEBRIEF, why="The debrief is ready.")
    if room.state in TICKING:
        return replace(room, state=PAUSED, why=text)
    return replace(room, why=text)


def _facilitated(room: Room, entry: Entry) -> Room:
    """Keep that an order of the host's went into everybody's game."""
    if entry.text == "begin":
        state = HISTORY if room.tick < room.lesson.history else RUNNING
        return replace(room, begun=room.begun + 1, state=state, why="", events=_event(room, "Shift started"))
    return replace(room, events=_event(room, entry.text))


def _event(room: Room, text: str) -> tuple[tuple[int, str], ...]:
    return (*room.events, (room.tick, text))[-EVENTS:]


def _answered(room: Room, entry: Entry) -> Room:
    number, choice = map(int, entry.text.split())
    polls = [
        replace(poll, answers=(*[a for a in poll.answers if a[0] != entry.who], (entry.who, choice)))
        if poll.id == number
        else poll
        for poll in room.polls
    ]
    return replace(room, polls=tuple(polls))


def _told(room: Room, command: Command) -> Room:
    """Do what a host's command changes in the room. The orders that it places are entries of their own."""
    match command.verb:
        case "start" if room.state == LOBBY and not room.lesson.history:
            return replace(room, state=PLANNING, why="Plan. The facilitator starts the shift.")
        case "start" if room.state == PLANNING and not room.shift_is_over:
            return replace(room, state=RUNNING, why="")
        case "pause":
            return replace(room, state=PAUSED, why="The facilitator paused the clock.")
        case "resume":
            return replace(room, state=RUNNING, why="")
        case "pace":
            return replace(room, pace=command.number)
        case "lock":
            return replace(room, locked=tuple(sorted({*room.locked, command.about})))
        case "unlock":
            return replace(room, locked=tuple(verb for verb in room.locked if verb != command.about))
        case "ask":
            polls = tuple(replace(poll, open=False) for poll in room.polls)
            return replace(room, polls=(*polls, Poll(len(polls) + 1, command.text, command.choices)))
        case "close-poll":
            return replace(room, polls=tuple(replace(poll, open=False) for poll in room.polls))
        case "say":
            return replace(room, message=command.text)
        case "board":
            return replace(room, board=command.about)
        case "rename" if person := room.person(command.about):
            return with_person(room, replace(person, name=command.text))
        case "remove" if person := room.person(command.about):
            return with_person(room, replace(person, removed=True))
        case "reset":
            return _another_round(room, command.number or room.seed)
        case "end":
            what = "homework" if room.lesson.homework else "lesson"
            return replace(room, state=ENDED, why=f"The facilitator has ended the {what}.")
    return room


def _another_round(room: Room, seed: int) -> Room:
    people = tuple(replace(p, joined=0, late=False, forecast=0, handed=0, watching=False) for p in room.people)
    anew = replace(
        room, round=room.round + 1, seed=seed, tick=0, begun=0, people=people, polls=(), events=(), message="",
    )  # fmt: skip
    return _as_it_begins(anew)
