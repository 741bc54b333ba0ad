"""The fields of a room's messages, read defensively: what is missing or malformed gets a harmless default."""

from collections.abc import Mapping
from typing import Any

from devops_tycoon.workshop.names import MESSAGE_CELLS, NAME_CELLS, clean_text

Told = Mapping[str, Any]
"""A document that came over the wire."""

STATES = {
    "lobby": "waiting to start",
    "history": "playing the company's past",
    "planning": "planning",
    "running": "running",
    "paused": "paused",
    "homework": "homework",
    "ended": "lesson over",
    "debrief": "debrief",
}


def line(told: Told, key: str, most: int = MESSAGE_CELLS) -> str:
    """Return a text of the room's, cleaned and cut; empty if there is none."""
    value = told.get(key)
    return clean_text(value, most) if isinstance(value, str) else ""


def name(told: Told, key: str = "name") -> str:
    """Return a person's name, cleaned."""
    return line(told, key, NAME_CELLS)


def whole(told: Told, key: str, default: int = 0) -> int:
    """Return a whole number of the room's."""
    value = told.get(key)
    return value if isinstance(value, int) else default


def items(told: Told, key: str) -> list[Any]:
    """Return a list of the room's."""
    value = told.get(key)
    return value if isinstance(value, list) else []


def part(told: Told, key: str) -> Told:
    """Return a document inside the room's."""
    value = told.get(key)
    return value if isinstance(value, Mapping) else {}


def state(now: Told) -> str:
    """Return what the room is doing, in words."""
    known = line(now, "state", 20)
    return STATES.get(known, known or "no answer yet")


def left(now: Told) -> str:
    """Return how long the planning still lasts, or nothing."""
    seconds = now.get("left_s")
    return f"{seconds // 60}:{seconds % 60:02} left" if isinstance(seconds, int) and seconds >= 0 else ""


def pace(now: Told) -> str:
    """Return the room's pace."""
    number = whole(now, "pace")
    return f"{number} tick{'' if number == 1 else 's'} a second"


def poll_open(now: Told) -> bool:
    """Return whether a poll waits for answers."""
    return bool(part(now, "poll").get("open"))
