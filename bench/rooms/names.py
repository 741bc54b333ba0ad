"""Hostile names through the cleaning that every name goes through."""

import unicodedata
from random import Random
from typing import Any

from rich.cells import cell_len

from devops_tycoon.workshop.names import NAME_CELLS, clean_name

PIECES = (
    "\x00", "\x07", "\x08", "\r", "\n", "\t", "\x1b[2J", "\x1b]0;owned\x07", "\x1b]8;;http://x\x1b\\",
    "\x1bP+q\x1b\\", "\x7f", "\x9b31m", "\x85", "\xad", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e",
    "\u200f", "\u2028", "\u2029", "\u202a", "\u202d", "\u202e", "\u2060", "\u2066", "\u2069", "\ufeff",
    "\ufff9", "\ufffd", "\uffff", "\ud800", "\udfff", "\udc80", "\ue000", "\U000f0000", "\U000e0001",
    "\U000e0041", "\ufe0f", "\u0301", "\u0489", "\u20dd", "\u0e49", "\u0f77", "\u1161", "\u11a8", "\uac00",
    "\u3164", "\u115f", "\u2800", "\u034f", "\u180e", "\u17b4", "\ufdfa", "\U0001242b", "\u202e",
    "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f3f4\u200d\u2620\ufe0f",
    "\U0001f1e9\U0001f1ea", "\U0001f44d\U0001f3fd", "\xe9", "\xc5", "\ufb01", "\u6f22\u5b57",
    "\uff57\uff49\uff44\uff45", "[b]", "[/b]", "[@click=app.quit]x[/]", "[link=http://x]",
    "<script>alert(1)</script>", "<img src=x onerror=1>", "&lt;", "'\"", "; DROP TABLE", "=1+1", "@SUM", "-2",
    "\\", "%s", "{0}", "../", "CON", "null", "None", " ", "   ", "\xa0", "\u3000", "a", "Ada", "Z", "0",
)  # fmt: skip
_LETTERS = (0x20, 0x7F), (0x80, 0x300), (0x300, 0x370), (0x590, 0x700), (0xE00, 0xE80), (0x2000, 0x2070), (0, 0x110000)
HIDDEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180b\u180c\u180d\u180e\u180f")
"""What draws nothing, whatever Unicode calls it."""


def measure(count: int = 200_000, seed: int = 1) -> dict[str, Any]:
    """Clean so many hostile names; return how many came out wrong, by what is wrong with them, and an example."""
    dice = Random(f"names {seed}")  # noqa: S311 — it draws trials, no secrets
    wrong: dict[str, int] = {}
    example, empty = "", 0
    for _ in range(count):
        name = hostile(dice)
        clean = clean_name(name)
        empty += not clean
        for what in faults(clean):
            example = example or f"{what}: {name!a} became {clean!a}"
            wrong[what] = wrong.get(what, 0) + 1
    return {"names": count, "wrong": wrong, "example": example, "empty": empty}


def hostile(dice: Random) -> str:
    """Return a name that somebody might try: tricks in a row, noise, a pile of marks, or very much of something."""
    kind = dice.random()
    if kind < 0.6:
        return "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 8)))
    if kind < 0.85:
        low, high = dice.choice(_LETTERS)
        return "".join(chr(dice.randrange(low, high)) for _ in range(dice.randint(1, 40)))
    if kind < 0.95:
        return dice.choice(("a", "", "漢", "ก")) + "".join(
            chr(dice.randrange(0x300, 0x370)) for _ in range(dice.randint(1, 60))
        )
    return dice.choice(PIECES) * dice.choice((50, 500, 3000))


def faults(name: str) -> list[str]:
    """Return what is wrong with a cleaned name."""
    found = []
    kinds = {unicodedata.category(char) for char in name}
    if kinds & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}:
        found.append("a control, private or lone character")
    if "Cf" in kinds:
        found.append("a direction or zero-width character")
    if any(char in HIDDEN or "\ufe00" <= char <= "\ufe0f" for char in name):
        found.append("a hidden character")
    if cell_len(name) > NAME_CELLS:
        found.append("too wide")
    if clean_name(name) != name:
        found.append("cleaning again changes it")
    if name != name.strip() or "  " in name:
        found.append("loose spaces")
    if _piles(name):
        found.append("a pile of marks")
    return found


def _piles(name: str) -> bool:
    marks = 2  # the first needs a letter
    for char in name:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks > 2:
            return True
    return False
