"""Every key of the planning screen."""

from textual.binding import Binding, BindingType

from devops_tycoon.tui.view.company.tabs import PANES

PLANNING_BINDINGS: list[BindingType] = [
    Binding("enter,space", "open", "Open, order", id="planning.open"),
    Binding("b", "begin", "Begin the shift", id="planning.begin"),
    Binding("u", "undo", "Undo the last order", id="planning.undo"),
    Binding("s", "cut", "Split or merge", id="planning.cut"),
    Binding("plus,equals_sign", "scale", "Scale", id="planning.scale"),
    Binding("colon,o", "order", "Any order", id="planning.order"),
    Binding("slash", "filter", "Find", id="planning.filter"),
    Binding("down,j", "move(1)", "Down", id="planning.down"),
    Binding("up,k", "move(-1)", "Up", id="planning.up"),
    Binding("pagedown", "move(10)", "Page down", id="planning.page"),
    Binding("pageup", "move(-10)", "Page up", id="planning.page_up"),
    Binding("home", "move(-999)", "Top", id="planning.top"),
    Binding("end", "move(999)", "End", id="planning.end"),
    *[Binding(str(n), f"pane('{name}')", name.capitalize()) for n, name in enumerate(PANES, 1)],
    Binding("tab", "next_pane(1)", "Next pane", id="planning.tab"),
    Binding("shift+tab", "next_pane(-1)", "Previous pane", id="planning.back_tab"),
    Binding("m", "map", "Map", id="planning.map"),
    Binding("escape", "back", "Show all, then the map", id="planning.back"),
    Binding("question_mark,f1", "help", "Help", id="planning.help"),
    Binding("q", "leave", "Leave", id="planning.leave"),
]
