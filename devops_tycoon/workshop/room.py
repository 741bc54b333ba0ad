"""The room as one frozen value: what its log says so far. It knows no game; it knows people and a clock."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from devops_tycoon.workshop.commands import Command, read_command
from devops_tycoon.workshop.entry import FACILITATOR, HOST, Entry

LOBBY, HISTORY, PLANNING, RUNNING, PAUSED, HOMEWORK, ENDED, DEBRIEF = (
    "lobby", "history", "planning", "running", "paused", "homework", "ended", "debrief",
)  # fmt: skip
TICKING = (HISTORY, RUNNING)
HISTORY_PACE = 64
MOST_PEOPLE = 300
EVENTS = 20
BEGINS = ("begin", "onward")
"""Orders with which time goes on: in a room they are the facilitator's."""
_FORECAST = "forecast-answer "
_FOR_A_CLASS = (
    "start", "pause", "resume", "pace", "step", "more", "inject", "lock", "unlock", "ask", "close-poll", "board",
)  # fmt: skip
"""Commands that need a common clock, or people who look at the same time."""
_HANDS_IN = "Everybody plays alone and hands in the recording, until the facilitator ends the homework."


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is played; fixed when the room is opened."""

    scenario: str
    """An id, or the path of a file on the host's machine."""
    content: str
    difficulty: str
    seed: int
    ends: tuple[int, ...]
    """The tick at which each shift ends."""
    history: int
    """Ticks that are played by nobody before the first planning that counts."""
    code: str
    free_names: bool
    title: str = ""
    choices: int = 0
    """Answers that the lesson's forecast question offers."""
    homework: bool = False
    """Everybody plays alone, at their own pace, and hands in the recording."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who joined."""

    code: str
    name: str
    token: str
    """Its hash."""
    joined: int = 0
    late: bool = False
    removed: bool = False
    seq: int = 0
    """The highest number of a message of theirs that is stored."""
    forecast: int = 0
    """Their answer to the lesson's question; 0: none."""
    handed: int = 0
    """How often they have handed in their homework."""
    watching: bool = False
    """They came when this round was over: there is nothing of theirs to rank or to grade."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A question of the host's."""

    id: int
    text: str
    choices: tuple[str, ...]
    answers: tuple[tuple[str, int], ...] = ()
    """(code, choice), the choices counted from 1."""
    open: bool = True

    @property
    def counts(self) -> list[int]:
        """How many chose what."""
        given = [choice for _, choice in self.answers]
        return [given.count(number) for number in range(1, len(self.choices) + 1)]


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that a room is, between two entries of its log."""

    lesson: Lesson
    last: int = 0
    """The number of the last entry."""
    round: int = 1
    seed: int = 1
    tick: int = 0
    state: str = LOBBY
    begun: int = 0
    """Shifts that have begun."""
    pace: int = 4
    people: tuple[Person, ...] = ()
    locked: tuple[str, ...] = ()
    message: str = ""
    polls: tuple[Poll, ...] = ()
    board: str = "shown"
    events: tuple[tuple[int, str], ...] = ()
    seq: int = 0
    """The host's."""
    why: str = ""
    """Why the clock stands."""

    @property
    def until(self) -> int:
        """The tick at which the clock stops by itself."""
        end = self.lesson.ends[self.begun - 1] if self.begun else 0
        return min(end, self.lesson.history) if self.state == HISTORY else end

    @property
    def shift_is_over(self) -> bool:
        """Whether nothing can tick before another shift begins."""
        return self.tick >= (self.lesson.ends[self.begun - 1] if self.begun else 0)

    @property
    def poll(self) -> Poll | None:
        """The newest poll."""
        return self.polls[-1] if self.polls else None

    def person(self, code: str) -> Person | None:
        """Return who has a code."""
        number = int(code[1:]) if code[1:].isdigit() else 0
        return self.people[number - 1] if 0 < number <= len(self.people) else None


def code_of(number: int) -> str:
    """Return the code of the n-th person, counted from 1."""
    return f"P{number:02}"


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
    """Return the room at a round's beginning. Whoever sees others' homework before the end knows what to copy."""
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


def with_person(room: Room, person: Person) -> Room:
    """Return the room in which somebody has changed."""
    at = int(person.code[1:]) - 1
    return replace(room, people=(*room.people[:at], person, *room.people[at + 1 :]))


def _ticked(room: Room) -> Room:
    if room.tick < room.until:
        return room
    if room.state == HISTORY:
        return replace(room, state=PLANNING, why="That was the company without you. Look around, then plan.")
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
        return replace(room, begun=room.begun + 1, state=state, why="", events=_event(room, "A shift begins"))
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
            return replace(room, state=PLANNING, why="Plan. The facilitator begins the shift.")
        case "start" if room.state == PLANNING and not room.shift_is_over:
            return replace(room, state=RUNNING, why="")
        case "pause":
            return replace(room, state=PAUSED, why="The facilitator has stopped the clock.")
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


def why_not_host(room: Room, command: Command) -> str | None:
    """Return the sentence that refuses a host's command now, or None."""
    verb, state = command.verb, room.state
    over = state in (ENDED, DEBRIEF)
    if room.lesson.homework and verb in _FOR_A_CLASS:
        return f"This is homework: everybody plays alone, without a common clock; {verb} would change nothing."
    person = room.person(command.about) if verb in ("rename", "remove") else None
    if verb in ("rename", "remove") and (person is None or person.removed):
        return f"There is nobody with the code {command.about}."
    if over and verb in ("start", "pause", "resume", "step", "more", "inject", "lock", "unlock", "end"):
        return "The lesson has ended; reset begins another round."
    if verb == "start" and state not in (LOBBY, PLANNING):
        return "It has started; resume goes on." if state == PAUSED else "It has started."
    if verb == "pause" and state not in TICKING:
        return "The clock stands."
    if verb in ("resume", "step") and state != PAUSED:
        return "It is not paused." + (" start begins." if state in (LOBBY, PLANNING) else "")
    if verb == "more" and state != PLANNING:
        return "Nobody is planning."
    if verb == "inject" and state not in (RUNNING, PAUSED):
        return "Trouble can be made while a shift runs."
    if verb == "close-poll" and (room.poll is None or not room.poll.open):
        return "No poll is open."
    return None


def why_not_order(room: Room, person: Person, verb: str) -> str | None:
    """Return the sentence with which the room (not the game) refuses a player's order, or None."""
    if person.removed:
        return "You are no longer in this room."
    if room.lesson.homework:
        return "This is homework: play it alone, then hand in the recording."
    if verb in room.locked:
        return f"The facilitator has locked {verb}."
    if verb in BEGINS:
        return "The facilitator begins the shifts."
    if room.state in (LOBBY, HISTORY):
        return "It has not begun yet." if room.state == LOBBY else "This is the company's past; look, and plan then."
    if room.state in (ENDED, DEBRIEF):
        return "The lesson is over."
    return None


def why_not_answer(room: Room, poll: int, choice: int) -> str | None:
    """Return the sentence that refuses an answer to a poll, or None."""
    asked = room.poll
    if asked is None or asked.id != poll or not asked.open:
        return "That poll is closed."
    if not 1 <= choice <= len(asked.choices):
        return f"The poll has {len(asked.choices)} answers."
    return None


def consequences(room: Room, command: Command) -> tuple[str, ...]:
    """Return the orders that a host's command places in everybody's game."""
    if command.verb == "inject":
        return (str(command),)
    if command.verb == "start":
        begins = room.lesson.history > 0 if room.state == LOBBY else room.shift_is_over
        return ("begin",) if begins else ()
    return ()


def settings(room: Room) -> dict[str, Any]:
    """Return what a client needs to simulate the same game."""
    lesson = room.lesson
    return {
        "scenario": lesson.scenario, "content": lesson.content, "difficulty": lesson.difficulty,
        "seed": room.seed, "round": room.round,
    }  # fmt: skip


__all__ = ["FACILITATOR", "HOST", "Lesson", "Person", "Poll", "Room", "after", "folded", "opened", "opening"]
