"""What a room refuses, and which orders a host's command places."""

from devops_tycoon.workshop.commands import Command
from devops_tycoon.workshop.room import (
    BEGINS,
    DEBRIEF,
    ENDED,
    HISTORY,
    LOBBY,
    PAUSED,
    PLANNING,
    RUNNING,
    TICKING,
    Person,
    Room,
)

_FOR_A_CLASS = (
    "start", "pause", "resume", "pace", "step", "more", "inject", "lock", "unlock", "ask", "close-poll", "board",
)  # fmt: skip
"""Commands that need a common clock, or people who look at the same time."""


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
        return "Failures can be injected only during a shift."
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
