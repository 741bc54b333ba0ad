"""The signs of the map at each glyph level: health, kinds, arrows and a joint for every mix of line weights."""

import unicodedata

from devops_tycoon.tui.draw.values import Glyphs, Health, Kind

N, E, S, W = 1, 2, 4, 8

SIGNS: dict[Health, str] = {"ok": "●", "hot": "▲", "failing": "✖", "down": "○", "unknown": "?"}
ASCII_SIGNS: dict[Health, str] = {"ok": "o", "hot": "^", "failing": "X", "down": ".", "unknown": "?"}
KINDS: dict[Kind, str] = {"service": " ", "store": "≡", "provider": "◇", "users": "@"}
ASCII_KINDS: dict[Kind, str] = {"service": " ", "store": "=", "provider": "*", "users": "@"}

# Rows: weight of north, south (0 none, 1 light, 2 heavy); columns: weight of west, east in the same way.
_JOINTS = {
    (0, 0): " ╶╺╴─╼╸╾━",
    (0, 1): "╷╭┍╮┬┮┑┭┯",
    (0, 2): "╻┎┏┒┰┲┓┱┳",
    (1, 0): "╵╰┕╯┴┶┙┵┷",
    (1, 1): "│├┝┤┼┾┥┽┿",
    (1, 2): "╽┟┢┧╁╆┪╅╈",
    (2, 0): "╹┖┗┚┸┺┛┹┻",
    (2, 1): "╿┞┡┦╀╄┩╃╇",
    (2, 2): "┃┠┣┨╂╊┫╉╋",
}
_ASCII_TEXT = str.maketrans(
    {"×": "x", "…": "~", "−": "-", "–": "-", "—": "-", "ß": "ss", "∞": "inf", "÷": "/", "·": "."}
    | {"▸": ">", "→": ">", "›": ">", "•": "-", "≤": "<", "≥": ">", "✓": "v", "✗": "x", "“": '"', "”": '"', "’": "'"}
    | {"↑": "^", "↓": "v", "←": "<", "⏎": "enter", "█": "#", "░": "."}
)
_ASCII_STRAIGHT = {E | W: "-", E: "-", W: "-", N | S: "|", N: "|", S: "|", 0: " "}
_BROKEN = {E | W: "╍", N | S: "╏"}
_DOTTED = {E | W: "┄", N | S: "┊"}
_ASCII_HOT = {E | W: "=", N | S: "|"}
_ASCII_BROKEN = {E | W: "~", N | S: "!"}
_ASCII_DOTTED = {E | W: ".", N | S: ":"}


def _joint(mask: int, heavy: int) -> str:
    def weight(side: int) -> int:
        return 2 if heavy & side else 1 if mask & side else 0

    return _JOINTS[weight(N), weight(S)][weight(W) * 3 + weight(E)]


BOXES = tuple(tuple(_joint(mask, heavy & mask) for heavy in range(16)) for mask in range(16))


def line(mask: int, heavy: int, manner: str, glyphs: Glyphs) -> str:
    """Return the sign for a cell with arms `mask`, `heavy` of them thick, drawn plain, hot, slow or failing."""
    if glyphs == "ascii":
        table = {"failing": _ASCII_BROKEN, "slow": _ASCII_DOTTED, "hot": _ASCII_HOT}.get(manner, _ASCII_STRAIGHT)
        return table.get(mask) or _ASCII_STRAIGHT.get(mask, "+")
    if manner == "failing":
        return _BROKEN.get(mask) or BOXES[mask][heavy]
    if manner == "slow":
        return _DOTTED.get(mask) or BOXES[mask][heavy]
    return BOXES[mask][heavy]


def arrow(to_the_right: bool, required: bool, glyphs: Glyphs) -> str:
    """Return an arrowhead: filled for a call that is required, hollow for an optional one."""
    if glyphs == "ascii":
        return ">" if to_the_right else "<"
    if to_the_right:
        return "▸" if required else "▹"
    return "◂" if required else "◃"


def sign(health: Health, glyphs: Glyphs) -> str:
    """Return the sign of a state of health."""
    return (ASCII_SIGNS if glyphs == "ascii" else SIGNS).get(health, "?")


def kind_mark(kind: Kind, glyphs: Glyphs) -> str:
    """Return the small mark that tells a store, an outside provider and the users from a service."""
    return (ASCII_KINDS if glyphs == "ascii" else KINDS).get(kind, " ")


def ellipsis(glyphs: Glyphs) -> str:
    """Return what stands for the part of a name that was left out."""
    return "~" if glyphs == "ascii" else "…"


def plain(text: str, glyphs: Glyphs) -> str:
    """Return the text; at the ASCII level without accents, and a question mark for every character ASCII has not."""
    if glyphs != "ascii" or text.isascii():
        return text
    out = []
    for character in text.translate(_ASCII_TEXT):
        bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
        out.append(bare or ("" if unicodedata.combining(character) else "?"))
    return "".join(out)
