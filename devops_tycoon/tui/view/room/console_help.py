"""What the console says about itself."""

from devops_tycoon.tui.view.room.console import addresses_of
from devops_tycoon.tui.view.room.fields import Told
from devops_tycoon.workshop.commands import USAGE

CONSOLE_HELP = [
    "You hold the clock of everybody. space starts, pauses and goes on; + and - change the pace; . plays one tick "
    "while paused; t gives a minute more to plan (the planning then ends by itself).",
    "x makes trouble for everybody (tab changes its target first); l locks or unlocks a kind of order; k asks a "
    "question and closes it; m writes a message on every screen (an empty one takes it away); b shows, hides, "
    "freezes the board.",
    "↑↓ pick a person; n renames, R removes (and asks). Z begins another round with the same people, E ends the "
    "lesson; both ask. j shows address, code and QR code; e says where grades and replays are; 1 to 4 and tab "
    "change the pane.",
    "Of homework (host --homework) there is no clock: 3 shows who has handed in and what came of playing it again, E "
    "ends it. Nothing is taken then, and the debrief is made.",
    "Every key is one of these commands, and : takes them as text:",
    *USAGE.values(),
]


def export_help(now: Told, folder: str) -> list[str]:
    """Return where grades, replays and the class debrief can be had."""
    address = next(iter(addresses_of(now)), "")
    ready = (
        "The class debrief is ready" if now.get("ready") else "After the lesson (E ends it) the class debrief is made"
    )
    kept = folder or "the room's folder"
    number = now.get("round", 1)
    return [
        f"{ready}; the projector's page and the players' pages show it: {address}",
        f"grades.csv, debrief.html and replays.zip are written then to round-{number} in {kept}",
        f"After you have left, the same as files elsewhere: devops-tycoon workshop export {kept} -o OUTPUT",
        "The room is kept in its folder until you delete it: devops-tycoon workshop purge removes old ones.",
    ]
