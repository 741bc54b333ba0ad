"""The room as one frozen value: lesson, people, clock, polls. It holds no game."""

from dataclasses import dataclass, replace
from typing import Any

LOBBY, HISTORY, PLANNING, RUNNING, PAUSED, HOMEWORK, ENDED, DEBRIEF = (
    "lobby", "history", "planning", "running", "paused", "homework", "ended", "debrief",
)  # fmt: skip
TICKING = (HISTORY, RUNNING)
HISTORY_PACE = 64
MOST_PEOPLE = 300
EVENTS = 20
BEGINS = ("begin", "onward")
"""Orders with which time goes on: in a room they are the facilitator's."""


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
    """Someone who joined."""

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
    """Why the clock is paused."""

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


def with_person(room: Room, person: Person) -> Room:
    """Return the room in which someone has changed."""
    at = int(person.code[1:]) - 1
    return replace(room, people=(*room.people[:at], person, *room.people[at + 1 :]))


def settings(room: Room) -> dict[str, Any]:
    """Return what a client needs to simulate the same game."""
    lesson = room.lesson
    return {
        "scenario": lesson.scenario, "content": lesson.content, "difficulty": lesson.difficulty,
        "seed": room.seed, "round": room.round,
    }  # fmt: skip
