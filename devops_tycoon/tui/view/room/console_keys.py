"""Which keys the facilitator is offered at this moment, and the line above them."""

from devops_tycoon.tui.view.keys import Key

RIGHT = (Key(":", "Command", "type('', 'Command')"), Key("?", "Help", "help"), Key("q", "Leave", "leave"))
_PEOPLE = (Key("n", "Rename", "rename"), Key("R", "Remove", "remove"))
_SAY = Key("m", "Message", "type('say ', 'Message')")
_BOARD, _EXPORTS = Key("b", "Board", "board"), Key("e", "Exports", "export")
_OVER = ("ended", "debrief")


def console_keys(state: str) -> tuple[Key, ...]:
    """Return the keys that do something now, the most useful first."""
    if state in _OVER:
        return (_EXPORTS, Key("Z", "Another round", "reset"), _SAY, _BOARD, *_PEOPLE)
    always = (*_PEOPLE, Key("E", "End", "end"), Key("Z", "Reset", "reset"), _EXPORTS)
    if state == "homework":
        return (_SAY, *always)
    first = {"paused": "Resume", "running": "Pause", "history": "Pause", "lobby": "Start", "planning": "Begin shift"}
    clock = (Key("space", first[state], "pause"),) if state in first else ()
    more = (Key("t", "+1 min", "do('more 60')"),) if state == "planning" else ()
    step = (Key(".", "Step", "do('step 1')"),) if state == "paused" else ()
    return (
        *clock, *more, *step, Key("+", "Faster", "pace(1)"), Key("-", "Slower", "pace(-1)"),
        Key("x", "Inject", "inject"), _SAY, Key("k", "Ask", "poll"), _BOARD,
        Key("l", "Lock", "lock"), *always,
    )  # fmt: skip


def advice(state: str) -> str:
    """Return the hint above the keys."""
    if state in _OVER:
        first = "e: results and exports · Z: another round"
    else:
        first = "E: end the homework" if state == "homework" else "x: inject a failure"
    return f"{first} · m: message to everyone · : any command · ?: help"
