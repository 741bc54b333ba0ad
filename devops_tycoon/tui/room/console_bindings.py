"""Every key of the facilitator's console."""

from textual.binding import Binding, BindingType

from devops_tycoon.tui.view.room.console import PANES

CONSOLE_BINDINGS: list[BindingType] = [
    Binding("s", "do('start')", "Start", id="console.start"),
    Binding("space", "pause", "Pause, resume", id="console.pause"),
    Binding("plus,equals_sign", "pace(1)", "Faster", id="console.faster"),
    Binding("minus", "pace(-1)", "Slower", id="console.slower"),
    Binding("full_stop", "do('step 1')", "One tick", id="console.step"),
    Binding("t", "do('more 60')", "One more minute of planning", id="console.more"),
    Binding("x", "inject", "Inject a failure", id="console.inject"),
    Binding("l", "lock", "Lock, unlock", id="console.lock"),
    Binding("k", "poll", "Ask a question", id="console.poll"),
    Binding("m", "type('say ', 'Message')", "Message", id="console.message"),
    Binding("b", "board", "Board", id="console.board"),
    Binding("n", "rename", "Rename", id="console.rename"),
    Binding("delete,R", "remove", "Remove", id="console.remove"),
    Binding("Z", "reset", "Reset", id="console.reset"),
    Binding("E", "end", "End", id="console.end"),
    Binding("e", "export", "Exports", id="console.export"),
    Binding("j", "join", "How to join", id="console.join"),
    Binding("colon", "type('', 'Command')", "Command", id="console.line"),
    *[Binding(str(n), f"pane('{pane}')", pane.capitalize()) for n, pane in enumerate(PANES, 1)],
    Binding("tab", "next_pane(1)", "Next pane", id="console.tab"),
    Binding("shift+tab", "next_pane(-1)", "Previous pane", id="console.back_tab"),
    Binding("down", "move(1)", "Down", id="console.down"),
    Binding("up", "move(-1)", "Up", id="console.up"),
    Binding("pagedown", "move(10)", "Page", id="console.page"),
    Binding("pageup", "move(-10)", "Page up", id="console.page_up"),
    Binding("question_mark,f1", "help", "Help", id="console.help"),
    Binding("q", "leave", "Leave", id="console.leave"),
]
