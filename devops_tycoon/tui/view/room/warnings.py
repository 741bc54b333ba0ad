"""The warnings before commands that cannot be undone, whether a key or typed."""

from devops_tycoon.tui.view.room.fields import Told, line, whole

_WHAT = {
    "reset": "A new round starts with the same people; this round is kept.",
    "lesson": "Another lesson starts for everyone; this one is kept.",
    "end": "The game ends for everyone, and the class debrief is made.",
    "remove": "They cannot rejoin with that seat.",
}


def warning(command: str, now: Told) -> str:
    """Return what a command would do that cannot be undone; empty: nothing."""
    verb = command.split()[0] if command.split() else ""
    what = _WHAT.get(verb, "")
    if verb in ("reset", "lesson"):
        state, number = line(now, "state", 20), whole(now, "round")
        if state == "lobby":
            return ""  # nothing was played
        if state == "ended" and not now.get("ready"):
            what += (
                f" Its debrief is not ready yet: wait for it, or make it later with workshop export --round {number}."
            )
        elif state not in ("ended", "debrief"):
            what += f" It was not ended, so make grades and debrief later with workshop export --round {number}."
    return what
