"""The panes of the planning screen."""

from devops_tycoon.tui.draw.text import cells
from devops_tycoon.tui.draw.values import Row, Segment, merge

PANES = ("plan", "projects", "people", "money", "quarter")
TITLES = {"plan": "1 Plan", "projects": "2 Projects", "people": "3 People", "money": "4 Money", "quarter": "5 Forecast"}


def tabs(pane: str, note: str, width: int) -> Row:
    """Return the line of panes, the current one in brackets, and a note at the right."""
    out: list[Segment] = [(" ", "ground")]
    for name, title in TITLES.items():
        out.append((f"[{title}] ", "accent") if name == pane else (f" {title}  ", "dim"))
    used = sum(cells(text) for text, _ in out)
    if used + cells(note) + 1 <= width:
        out.append((" " * (width - used - cells(note) - 1) + note, "dim"))
    return merge(out)
