"""Which keys the play screen offers at this moment, the most useful first."""

from devops_tycoon.tui.view.keys import Key

RIGHT = (Key("?", "Help", "help"), Key("q", "Leave", "leave"))

_ORDERS = (
    Key("⏎", "Act", "order('')"),
    Key("u", "Scale", "order('scale')"),
    Key("s", "Split", "order('split')"),
    Key("e", "Set", "order('set')"),
)
_MORE = (
    Key("w", "Why", "why"),
    Key(":", "Any order", "order(':')"),
    Key("r", "Restart", "order('restart')"),
    Key("b", "Rollback", "order('rollback')"),
    Key("F2", "Settings", "app.settings"),
)


_TROUBLE = Key("x", "Make trouble", "order('inject')")
_DEPLOY = Key("d", "Deploy", "order('deploy')")


def play_keys(phase: str, paused: bool, led: bool = False, trouble: bool = False) -> tuple[Key, ...]:
    """Return the keys of planning, of a shift that runs or stands, and of the end; `trouble`: players may make some."""
    orders = (_ORDERS[0], _DEPLOY, *_ORDERS[1:]) if led else (_TROUBLE, *_ORDERS) if trouble else _ORDERS
    if phase == "over":
        return (Key("space", "Debrief", "pause"), _MORE[0])
    if phase == "planning":
        return (
            Key("p", "Planning", "plan") if led else Key("space", "Begin", "pause"),
            *_ORDERS,
            _MORE[0],
            _MORE[1],
            Key("tab", "Panes", "next_pane"),
            _MORE[4],
        )
    if paused:
        return (
            Key("space", "Go on", "pause"),
            Key("i", "Incident" if led else "Trouble", "locate"),
            *orders,
            Key(".", "Step", "one_tick"),
            *_MORE,
        )
    return (
        Key("space", "Pause", "pause"),
        Key("+", "Faster", "faster"),
        Key("-", "Slower", "slower"),
        Key("i", "Incident" if led else "Trouble", "locate"),
        *orders,
        *_MORE,
    )
