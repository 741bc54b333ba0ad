"""Entry: one line of a room's log. What is in the log has happened, and nothing else has."""

from dataclasses import dataclass

HOST = "host"
ROOM = "room"
"""Who the room itself is: its clock and its notes."""
FACILITATOR = "facilitator"
"""Whose orders the host's are, in everybody's game."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log. Only the room numbers and stamps them."""

    n: int
    """Counted from 1."""
    round: int
    tick: int
    """The room's tick when it came: where it enters a game."""
    who: str
    """A person's code, `host`, `facilitator` or `room`."""
    seq: int
    """The sender's count of its messages; 0: nobody waits for an answer."""
    kind: str
    """`open`, `join`, `order`, `answer`, `do`, `lesson`, `clock`, `note`, `result` or `hand-in`."""
    text: str
