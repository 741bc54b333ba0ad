"""What the console says about itself."""

from devops_tycoon.tui.view.room.console import addresses_of
from devops_tycoon.tui.view.room.fields import Told
from devops_tycoon.workshop.commands import USAGE

CONSOLE_HELP = [
    "You control everyone's clock. Space starts, pauses and resumes; + and - change the pace; . plays one tick while "
    "paused; t adds a minute of planning, after which planning ends by itself.",
    "x injects a failure for everyone (Tab edits its target first); l locks or unlocks a kind of order; k asks a "
    "question and closes it; m shows a message on every screen (an empty one removes it); b shows, hides or "
    "freezes the board.",
    "↑↓ select a person; n renames, R removes (with confirmation). Z starts another round with the same people, E "
    "ends the lesson (both with confirmation). j shows address, code and QR code; e shows where grades and replays "
    "are; 1 to 4 and Tab switch panes.",
    "Homework (host --homework) has no clock: 3 shows who has handed in and whether the replay was verified. E ends "
    "it: no more homework is accepted, and the debrief is made.",
    "Each key runs one of these commands; : lets you type them:",
    *USAGE.values(),
]


def export_help(now: Told, folder: str) -> list[str]:
    """Return where grades, replays and the class debrief can be had."""
    address = next(iter(addresses_of(now)), "")
    ready = "The class debrief is ready" if now.get("ready") else "The class debrief is made when the lesson ends (E)"
    kept = folder or "the room's folder"
    number = now.get("round", 1)
    return [
        f"{ready}; the projector page and the players' pages show it: {address}",
        f"grades.csv, debrief.html and replays.zip are then written to round-{number} in {kept}",
        f"To write them elsewhere after leaving: devops-tycoon workshop export {kept} -o OUTPUT",
        "The room stays in its folder until you delete it; devops-tycoon workshop purge removes old rooms.",
    ]
