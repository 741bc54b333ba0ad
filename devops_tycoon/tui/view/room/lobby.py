"""The lobby: the player's name, the lesson, and the state of the room."""

from devops_tycoon.tui.draw.values import Row
from devops_tycoon.tui.view.room.fields import Told, line, name, state, whole
from devops_tycoon.tui.view.wrap import wrapped

BACK = "If you lose the connection or close this window, join again with the same command."


def lobby_rows(welcome: Told, now: Told, connected: bool, width: int, height: int) -> tuple[Row, ...]:
    """Return the lobby's text; without a welcome it says that it looks for the room."""
    if not welcome:
        text = "Connecting to the room; retrying until it answers. q cancels."
        return tuple(((f" {told}", "accent"),) for told in wrapped(text, width - 2))
    who = f"You are {name(now) or name(welcome)} ({line(welcome, 'me', 6)})."
    title = line(welcome, "title", 80) or line(welcome, "scenario", 80)
    people = whole(now, "people", 1)
    rows: list[Row] = [
        ((f" {who}", "title"),),
        (),
        ((" Lesson: ", "dim"), (title, "name")),
        ((" Connected: ", "dim"), (f"{people} {'person' if people == 1 else 'people'}", "name")),
        ((" State: ", "dim"), (state(now), "accent")),
    ]
    rows += [((" Connection: ", "dim"), ("connected", "ok") if connected else ("reconnecting…", "hot")), ()]
    waits = line(now, "state", 20) in ("lobby", "")
    text = "Waiting for the facilitator; the game opens by itself." if waits else "Enter returns to the game."
    rows += [((f" {told}", "accent"),) for told in wrapped(text, width - 2)]
    message = line(now, "message")
    if message:
        rows += [(), ((" Message from the facilitator:", "dim"),)]
        rows += [((f" {told}", "text"),) for told in wrapped(message, width - 2)]
    rows += [(), *(((f" {told}", "dim"),) for told in wrapped(BACK, width - 2))]
    return tuple(rows[:height])
