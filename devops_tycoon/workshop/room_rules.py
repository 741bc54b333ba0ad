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
        return f"This is homework: everyone plays alone, without a shared clock; {verb} has no effect."
    person = room.person(command.about) if verb in ("rename", "remove") else None
    if verb in ("rename", "remove") and (person is None or person.removed):
        return f"No player has the code {command.about}."
    if over and verb in ("start", "pause", "resume", "step", "more", "inject", "lock", "unlock", "end"):
        return "The lesson has ended; use reset to start another round."
    if verb == "start" and state not in (LOBBY, PLANNING):
        return "The lesson has started; use resume to continue." if state == PAUSED else "The lesson has started."
    if verb == "pause" and state not in TICKING:
        return "The clock is not running."
    if verb in ("resume", "step") and state != PAUSED:
        return "The clock is not paused." + (" Use start to begin." if state in (LOBBY, PLANNING) else "")
    if verb == "more" and state != PLANNING:
        return "No planning is under way."
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
        return "Only the facilitator starts shifts."
    if room.state in (LOBBY, HISTORY):
        return (
            "The lesson has not started yet."
            if room.state == LOBBY
            else "The history is playing; you can act once planning starts."
        )
    if room.state in (ENDED, DEBRIEF):
        return "The lesson is over."
    return None


def why_not_answer(room: Room, poll: int, choice: int) -> str | None:
    """Return the sentence that refuses an answer to a poll, or None."""
    asked = room.poll
    if asked is None or asked.id != poll or not asked.open:
        return "The poll is closed."
    if not 1 <= choice <= len(asked.choices):
        return f"Expected a choice from 1 to {len(asked.choices)}."
    return None


def consequences(room: Room, command: Command) -> tuple[str, ...]:
    """Return the orders that a host's command places in everybody's game."""
    if command.verb == "inject":
        return (str(command),)
    if command.verb == "start":
        begins = room.lesson.history > 0 if room.state == LOBBY else room.shift_is_over
        return ("begin",) if begins else ()
    return ()
