"""Every key of the play screen; the keys of orders come from their classes."""

from textual.binding import Binding, BindingType

from devops_tycoon.orders import kinds
from devops_tycoon.tui.view.panes import PANES

PLAY_BINDINGS: list[BindingType] = [
    Binding("space", "pause", "Begin, pause, resume", id="play.pause"),
    Binding("plus,equals_sign", "faster", "Faster", id="play.faster"),
    Binding("minus", "slower", "Slower", id="play.slower"),
    Binding("full_stop", "one_tick", "One tick", id="play.step"),
    Binding("enter,a", "order('')", "Act", id="play.act"),
    Binding("colon,o", "order(':')", "Any order", id="play.order"),
    Binding("p", "plan", "Planning", id="play.plan"),
    Binding("w", "why", "Why", id="play.why"),
    Binding("i", "locate", "Incident", id="play.locate"),
    *[Binding(pane.key, f"pane('{pane.id}')", pane.title) for pane in PANES],
    Binding("tab", "next_pane(1)", "Next pane", id="play.tab"),
    Binding("shift+tab", "next_pane(-1)", "Previous pane", id="play.back_tab"),
    Binding("pageup", "back(5)", "Older news", id="play.older"),
    Binding("pagedown", "back(-5)", "Newer news", id="play.newer"),
    Binding("question_mark,f1", "help", "Help", id="play.help"),
    Binding("q", "leave", "Leave", id="play.leave"),
    Binding("left,h", "walk('left')", "Caller", id="map.left"),
    Binding("right,l", "walk('right')", "Callee", id="map.right"),
    Binding("up,k", "walk('up')", "Up", id="map.up"),
    Binding("down,j", "walk('down')", "Down", id="map.down"),
    Binding("z", "zoom", "Zoom", id="map.zoom"),
    Binding("f", "focus_on", "Focus on the selection", id="map.focus"),
    Binding("T", "tidy", "Tidy the map", id="map.tidy"),
    *[
        Binding(kind.key, f"order('{verb}')", kind.footer or verb, id=f"play.{verb}")
        for verb, kind in kinds().items()
        if kind.key
    ],
]
