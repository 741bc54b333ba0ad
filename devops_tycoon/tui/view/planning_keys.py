"""Which keys the planning screen offers, the most useful first."""

from devops_tycoon.tui.view.keys import Key

KEYS = (
    Key("⏎", "Open, order", "open"),
    Key("b", "Begin", "begin"),
    Key("u", "Undo", "undo"),
    Key("+", "Scale", "scale"),
    Key("s", "Split", "cut"),
    Key("/", "Find", "filter"),
    Key(":", "Any order", "order"),
    Key("tab", "Panes", "next_pane(1)"),
    Key("m", "Map", "map"),
    Key("F2", "Settings", "app.settings"),
)
READING = (
    Key("tab", "Panes", "next_pane(1)"),
    Key("↑↓", "Scroll", "move(1)"),
    Key("b", "Begin", "begin"),
    Key("u", "Undo", "undo"),
    Key(":", "Any order", "order"),
    Key("m", "Map", "map"),
    Key("F2", "Settings", "app.settings"),
)
RIGHT = (Key("?", "Help", "help"), Key("q", "Leave", "leave"))
