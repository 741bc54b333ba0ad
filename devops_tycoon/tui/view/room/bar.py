"""The room's own lines on a player's screen: what the clock does and why, who one is, and what the host says."""

from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge
from devops_tycoon.tui.view.room.fields import Told, items, left, line, name, pace, part, poll_open, state, whole
from devops_tycoon.tui.view.status import spaced

RECONNECTING = "reconnecting…"
MUCH_BEHIND = 40
"""Ticks behind the room's clock from which it is worth a word."""


def bar_rows(welcome: Told, now: Told, connected: bool, behind: int, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return one line about the room, and a second one if the facilitator has something to say."""
    doing = line(now, "state", 20)
    colour = "ok" if doing == "running" else "accent"
    left_part: list[Segment] = [(" Room: ", "dim"), (state(now), colour)]
    notes = [pace(now)] if doing == "running" else []
    notes += [left(now)] if doing == "planning" and left(now) else []
    why = line(now, "why")
    notes += [why] if why and doing != "running" else []
    notes += [f"catching up, {behind} ticks behind"] if behind > MUCH_BEHIND else []
    left_part += [(f" · {note}", "text") for note in notes]
    place = standing(welcome, now)
    right: list[Segment] = [(f"{place}  ", "dim")] if place and width >= 100 else []
    right += [(f"{name(now) or name(welcome)} {line(welcome, 'me', 6)}  ", "name")]
    right += [("connected" if connected else RECONNECTING, "dim" if connected else "hot"), (" ", "ground")]
    return (spaced(left_part, right, width), *said_rows(now, width, glyphs))


def said_rows(now: Told, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the facilitator's message and an open question; nothing if there is neither."""
    message, mark = line(now, "message"), ">" if glyphs == "ascii" else "▸"
    asked: list[Segment] = []
    if poll_open(now):
        mine = whole(part(now, "poll"), "mine")
        word = f"v changes your answer ({mine})" if mine else "v answers"
        asked = [(" Question: ", "accent"), (f"{fit(line(part(now, 'poll'), 'text'), max(12, width // 3))} ", "text")]
        asked += [(f"{word} ", "key")]
    if not message:
        return (merge(asked),) if asked else ()
    told: list[Segment] = [(f" {mark} Facilitator: ", "accent"), (message, "text")]
    if width < 100 and asked:
        return (spaced(told, [], width), merge(asked))
    return (spaced(told, asked, width),)


def standing(welcome: Told, now: Told) -> str:
    """Return the player's place on the board, or that it is hidden."""
    rows = [row for row in items(part(now, "board"), "rows") if isinstance(row, dict)]
    if not rows:
        return "board hidden" if "board" in now and not now["board"] else ""
    mine = next((row for row in rows if row.get("code") == welcome.get("me")), None)
    among = [row for row in rows if mine is not None and bool(row.get("late")) == bool(mine.get("late"))]
    late = ", joined late" if mine is not None and mine.get("late") else ""
    return f"place {whole(mine, 'rank')} of {len(among)}{late}" if mine is not None else ""
