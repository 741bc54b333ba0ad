"""The menu of the title: a line for every game that can be played."""

from devops_tycoon.content.headings import Heading

KINDS = ("lesson", "campaign", "act", "daily", "sandbox")
"""In the order in which they stand in the menu."""


def place(heading: Heading) -> tuple[int, int, str]:
    """Return the position of a game in the menu; games of unknown kind come last."""
    kind = KINDS.index(heading.kind) if heading.kind in KINDS else len(KINDS)
    return kind, heading.number, heading.id


def entry(heading: Heading) -> str:
    """Return a game's line in the menu."""
    if heading.kind == "campaign":
        return "Campaign   All acts in sequence"
    number = f" {heading.number}" if heading.kind in ("lesson", "act") else ""
    return f"{heading.kind.capitalize() + number:<10} {heading.title}"
