"""Names and messages of people: cleaned wherever they come in, and given to those who have none."""

import unicodedata

from rich.cells import cell_len

from devops_tycoon.content.problem import printable

NAME_CELLS = 24
"""Cells of a terminal that a name may take."""
MESSAGE_CELLS = 240
_LONGEST_INPUT = 4096
_MARKS = 2
"""Combining marks that one letter may carry; no script in use needs more, and piles of them climb over their line."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that draw nothing: Unicode does not class them as spaces."""

CALM = (
    "Able", "Agile", "Amber", "Ample", "Astute", "Awake", "Bold", "Brave", "Breezy", "Bright", "Brisk", "Calm",
    "Candid", "Careful", "Cheerful", "Clear", "Clever", "Cosy", "Crisp", "Curious", "Daring", "Deft", "Eager",
    "Earnest", "Fair", "Fleet", "Frank", "Gentle", "Glad", "Golden", "Honest", "Jolly", "Keen", "Kind", "Lively",
    "Loyal", "Lucid", "Lucky", "Mellow", "Merry", "Modest", "Neat", "Nimble", "Noble", "Patient", "Placid", "Plucky",
    "Prompt", "Proud", "Quick", "Quiet", "Ready", "Silver", "Smart", "Steady", "Sunny", "Swift", "Tidy", "Warm", "Wise",
)  # fmt: skip
ANIMALS = (
    "Auk", "Badger", "Bat", "Bear", "Beaver", "Bee", "Bison", "Camel", "Cat", "Crab", "Crane", "Crow", "Deer",
    "Dolphin", "Dove", "Duck", "Eagle", "Egret", "Elk", "Falcon", "Ferret", "Finch", "Fox", "Frog", "Gecko", "Goat",
    "Goose", "Hare", "Hawk", "Hedgehog", "Heron", "Horse", "Ibex", "Jay", "Kiwi", "Koala", "Lark", "Lemur", "Lynx",
    "Magpie", "Marmot", "Marten", "Mole", "Moose", "Newt", "Otter", "Owl", "Panda", "Penguin", "Puffin", "Quail",
    "Raven", "Robin", "Seal", "Stork", "Swan", "Tapir", "Toad", "Walrus", "Wren",
)  # fmt: skip
_STEP = 1597
"""Coprime to the number of pairs: a walk by this step meets each pair once."""


def clean_text(text: str, cells: int) -> str:
    """Return the text on one line of at most so many cells, without any character that could play tricks.

    Cleaning twice is cleaning once.
    """
    text = text[:_LONGEST_INPUT]
    for _ in range(8):  # what a round leaves may compose anew; it gets shorter every time that it changes
        before, text = text, _shortened(_harmless(unicodedata.normalize("NFC", text)), cells)
        if text == before:
            return text
    return "".join(char for char in text if char.isascii())


def clean_name(text: str) -> str:
    """Return a name fit for every list and screen; empty: nothing of it was."""
    return clean_text(text, NAME_CELLS)


def nickname(room: int, number: int) -> str:
    """Return the name of someone who brought none: distinct for the first 3,600 people of a room."""
    pairs = len(CALM) * len(ANIMALS)
    at = (room + number * _STEP) % pairs
    return f"{CALM[at // len(ANIMALS)]} {ANIMALS[at % len(ANIMALS)]}"


def _harmless(text: str) -> str:
    """Return the text without control, direction, zero-width and blank characters, with single spaces."""
    kept: list[str] = []
    marks = _MARKS  # a mark needs a letter to stand on
    for char in text:
        kind = unicodedata.category(char)
        if kind == "Zs" or char in "\t\n\r":
            kept.append(" ")
            marks = _MARKS
        elif char in _BLANK or not printable(char) or _selects(char):
            continue
        elif kind in ("Mn", "Me"):
            marks += 1
            if marks <= _MARKS:
                kept.append(char)
        else:
            kept.append(char)
            marks = 0
    return " ".join("".join(kept).split())


def _selects(char: str) -> bool:
    """Say whether it only selects a variant of the character before it."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or "\u180b" <= char <= "\u180f"


def _shortened(text: str, cells: int) -> str:
    """Return as much of the beginning as fits."""
    while cell_len(text) > cells:
        text = (
            text[: max(cells // 2, len(text) - max(1, cell_len(text) - cells))] if len(text) > 2 * cells else text[:-1]
        )
    return text.strip()
