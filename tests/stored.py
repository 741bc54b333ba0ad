"""Stored texts that must not change unseen: what differs is shown as a diff; REGENERATE_GOLDEN=1 stores them anew."""

import os
from difflib import unified_diff
from pathlib import Path

REGENERATE = os.environ.get("REGENERATE_GOLDEN") == "1"
MOST_LINES = 40
"""Lines of a diff; whoever needs more regenerates the file and reads `git diff`."""


def difference(path: Path, now: str) -> str:
    """Return how a text differs from the stored one as a short diff; empty if it does not. Store it if asked."""
    if REGENERATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, encoding="utf-8")
        return ""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if path.exists() and before == now:
        return ""
    lines = list(unified_diff(before.splitlines(), now.splitlines(), f"{path.name} as stored", "now", n=1, lineterm=""))
    more = [f"… {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join([*lines[:MOST_LINES], *more]) or f"{path.name} differs in line ends only"
