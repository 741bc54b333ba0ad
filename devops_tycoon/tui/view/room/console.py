"""The facilitator's panels: who is in, what the clock does, what happened, and how people come in."""

from collections.abc import Sequence

from devops_tycoon.tui.draw.text import clean, fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge
from devops_tycoon.tui.view.room.fields import Told, items, left, line, name, pace, part, state, whole
from devops_tycoon.tui.view.room.homework import is_odd
from devops_tycoon.tui.view.status import spaced

PANES = ("people", "board", "events", "questions")
BEHIND = 60
"""Ticks behind from which a simulation is worth a word."""


def clock_row(welcome: Told, now: Told, connected: bool, clock: str, width: int, glyphs: Glyphs) -> Row:
    """Return the lesson, what the clock does, and how many are in."""
    doing = line(now, "state", 20)
    sign = {"running": "▶", "history": "▶", "paused": "▮▮"}.get(doing, "·") if glyphs != "ascii" else ""
    title = fit(line(welcome, "title", 80) or line(welcome, "scenario", 80), max(12, width // 4), middle=False)
    parts: list[Segment] = [
        (f" {title}  ", "title"),
        (f"{sign} {state(now)}  ".lstrip(), "ok" if sign == "▶" else "accent"),
    ]
    parts += [(f"{clock}  ", "text")] if clock else []
    parts += [] if doing == "homework" else [(f"tick {whole(now, 'tick')}  ", "dim"), (pace(now), "dim")]
    parts += [(f"  planning: {left(now)}", "hot")] if left(now) else []
    people = [person for person in items(now, "roster") if isinstance(person, dict) and not person.get("removed")]
    here = sum(bool(person.get("connected")) for person in people)
    handed = sum(whole(person, "handed") > 0 for person in people)
    came = (
        f"{handed} of {len(people)} have handed in  " if doing == "homework" else f"{here} of {len(people)} connected  "
    )
    right: list[Segment] = [(came, "name")]
    right.append(("connected " if connected else "reconnecting… ", "dim" if connected else "hot"))
    return spaced(parts, right, width)


def why_row(now: Told, width: int) -> Row:
    """Return the problem, if any, or why the clock is paused, and what every player reads."""
    problem, why, message = line(now, "problem"), line(now, "why"), line(now, "message")
    if problem:
        return ((fit(f" Problem: {problem}", width, middle=False), "failing"),)
    out: list[Segment] = [(" Waiting for the simulators. ", "hot")] if now.get("behind") is True else []
    out += [(f" {why} ", "accent")] if why else []
    locked = [clean(str(verb)) for verb in items(now, "locked")]
    out += [(f" Locked: {', '.join(locked)} ", "hot")] if locked else []
    out += [(" On every screen: ", "dim"), (message, "text")] if message else []
    return spaced(out, [(" ", "ground")], width)


def join_row(now: Told, width: int) -> Row:
    """Return how people come in, on one line."""
    code, addresses = line(now, "code", 12), addresses_of(now)
    first = addresses[0] if addresses else "…"
    return spaced(
        [(" Join: ", "dim"), (first, "name"), ("  code ", "dim"), (code, "key")], [("j enlarges it ", "dim")], width
    )


def addresses_of(now: Told) -> list[str]:
    """Return where the room can be reached."""
    return [clean(str(address))[:80] for address in items(now, "addresses")]


def join_rows(now: Told, qr: Sequence[str], width: int, height: int) -> tuple[Row, ...]:
    """Return address, code and command, and the QR code if it fits: without it everything can still be typed."""
    addresses, code = addresses_of(now), line(now, "code", 12)
    first = addresses[0] if addresses else ""
    bare = first.removeprefix("http://").rstrip("/")
    rows: list[Row] = [((" Code       ", "dim"), (code, "key"))]
    rows += [((" Browser    ", "dim"), (address, "name")) for address in addresses[:3]]
    command = f"devops-tycoon workshop join {bare} {code}"
    rows += _spread("Terminal   ", command, command.rpartition(" join ")[0] + " join", f"{bare} {code}", width)
    screen = line(now, "screen", 120)
    rows += _spread("Projector  ", f"{first}screen#{screen}", f"{first}screen#", screen, width)
    if qr and len(qr) + len(rows) + 1 <= height and len(qr[0]) + 1 <= width:
        return (*rows, (), *(((" ", "ground"), (qr_line, "qr")) for qr_line in qr))
    return tuple(rows[:height])


def _spread(label: str, whole_text: str, first: str, second: str, width: int) -> list[Row]:
    """Return a text on one line, or on two where it would be cut."""
    if len(label) + len(whole_text) + 1 <= width:
        return [((f" {label}", "dim"), (whole_text, "text"))]
    return [((f" {label}", "dim"), (first, "text")), ((" " * (len(label) + 3), "ground"), (second, "text"))]


def roster_rows(now: Told, picked: int, width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the people, the picked one marked."""
    people = roster(now)
    if not people:
        return (((" Nobody has joined yet.", "dim"),),)
    standing = {row.get("code"): row for row in items(part(now, "board"), "rows") if isinstance(row, dict)}
    room = max(8, min(24, width - 34))
    fits = max(1, height - 1)
    top = max(0, min(picked - fits // 2, len(people) - fits))
    rows = [
        _person(person, standing.get(person.get("code"), {}), top + n == picked, room, glyphs)
        for n, person in enumerate(people[top : top + fits])
    ]
    return (merge([(f"   code  {pad('name', room)} score ord  notes", "dim")]), *rows)


def _person(person: Told, row: Told, picked: bool, room: int, glyphs: Glyphs) -> Row:
    mark = (">" if glyphs == "ascii" else "▸") if picked else " "
    notes: list[Segment] = []
    if not person.get("connected"):
        notes.append(("away ", "hot"))
    if row.get("trouble"):
        notes.append(("incident ", "failing"))
    if whole(person, "behind") > BEHIND:
        notes.append((f"{whole(person, 'behind')} behind ", "hot"))
    if person.get("late"):
        notes.append(("late ", "dim"))
    if whole(person, "reports"):
        notes.append((f"{whole(person, 'reports')} reports ", "hot"))
    if "handed" in person:
        notes = [(f"{whole(person, 'handed')} handed in", "hot" if is_odd(person) else "dim")]
    score = str(whole(row, "score")) if row else "–"
    return merge(
        [
            (f" {mark} {pad(line(person, 'code', 6), 5)} ", "accent" if picked else "dim"),
            (f"{pad(name(person), room)} ", "accent" if picked else "name"),
            (f"{score:>5} {whole(row, 'orders'):>3}  ", "number"),
            *notes,
        ]
    )


def roster(now: Told) -> list[Told]:
    """Return the people who were not removed."""
    return [person for person in items(now, "roster") if isinstance(person, dict) and not person.get("removed")]


def event_rows(now: Told, width: int, height: int) -> tuple[Row, ...]:
    """Return what the room did, the newest first."""
    rows: list[Row] = []
    for event in reversed(items(now, "events")):
        if isinstance(event, list) and len(event) == 2:
            tick, text = event
            rows.append(
                (
                    (f" {tick if isinstance(tick, int) else 0:>6}  ", "dim"),
                    (fit(str(text), width - 9, middle=False), "text"),
                )
            )
    return tuple(rows[:height]) or (((" Nothing has happened yet.", "dim"),),)


def tabs_row(pane: str, width: int) -> Row:
    """Return the panes of a small console, the shown one marked."""
    out: list[Segment] = [(" ", "ground")]
    for number, known in enumerate(PANES, 1):
        out += [(f"{number} {known.capitalize()}", "selected" if known == pane else "dim"), ("  ", "ground")]
    return spaced(out, [("tab next ", "dim")], width)
