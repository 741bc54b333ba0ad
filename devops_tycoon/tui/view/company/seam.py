"""The numbers of a seam, as rows. The player decides whether to cut."""

from collections.abc import Iterator

from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.partition.seams import NEW, Seam
from devops_tycoon.sim.text import dollars, duration, percent, plural, short
from devops_tycoon.tui.draw.text import cells, pad
from devops_tycoon.tui.draw.values import Row, merge
from devops_tycoon.tui.view.wrap import wrapped

_LABEL = 13
NOTHING_CHOSEN = (
    "Space selects capabilities of one service; this shows the seam around them. A good seam has few calls across "
    "it, one owner of the data, and different scaling or risk on its sides."
)


def seam_rows(seam: Seam | None, sizes: str, moves_data: bool, width: int) -> tuple[Row, ...]:
    """Return what crosses a cut, what it adds, whose data it shares, what fails together, and who gets busy.

    `sizes` says how large the part would be: the numbers are of a part of that size.
    """
    if seam is None:
        return tuple(merge([(line, "dim")]) for line in wrapped(NOTHING_CHOSEN, width))
    rows: list[Row] = []
    for label, text, style in _lines(seam, sizes, moves_data, 3 if width >= 50 else 2):
        room = max(_LABEL, cells(label) + 1)
        for number, line in enumerate(wrapped(text, width - room)):
            rows.append(merge([(pad("" if number else label, room), "dim"), (line, style)]))
    return tuple(rows)


def _lines(seam: Seam, sizes: str, moves_data: bool, most: int) -> Iterator[tuple[str, str, str]]:
    """Yield label, text and style of each number, of a kind at most so many."""
    rent = dollars(seam.rent_cents_per_week)
    lead = plural(seam.lead_weeks, "week")
    yield "it takes", f"{weeks(seam.effort)} engineer-weeks, lead time {lead}, {rent} more weekly", "accent"
    yield "its size", sizes, "accent"
    chatty = sorted(seam.crossings, key=lambda crossing: -crossing.per_s)[:most]
    calls = ", ".join(f"{c.caller}→{c.callee} {short(c.per_s)}" for c in chatty)
    yield "calls across", f"{short(seam.calls_per_s)} a second" + (f": {calls}" if calls else ""), "text"
    extra = [f"{journey} +{ms:.1f} ms" for journey, ms in sorted(seam.extra_ms, key=lambda e: -e[1]) if ms >= 0.05]
    yield "network time", ", ".join(extra[:most]) or "none", "text"
    owners = f"reads data owned by {plural(len(seam.owners), 'service')}"
    yield "tables", f"owns {', '.join(seam.tables) or 'none'}; {owners}", "ok" if len(seam.owners) <= 1 else "hot"
    if seam.shared and moves_data:
        shared = ", ".join(f"{who} reads {table}" for who, table in seam.shared[:3])
        more = f" and {len(seam.shared) - 3} more" if len(seam.shared) > 3 else ""
        yield "across it", shared + more, "hot"
    yield "its share", f"{percent(seam.own_share)} of the work, {percent(seam.wait_share)} of the requests", "text"
    yield "busy", _busy(seam), "text"
    slower = [
        f"{journey} {duration(before)} → {duration(after)}"
        for (journey, before), (_, after) in zip(seam.before.p99_s, seam.after.p99_s, strict=True)
        if duration(before) != duration(after)
    ]
    if slower:
        yield "p99", ", ".join(slower[:most]), "text"
    for name, journeys in seam.apart[:4]:
        every = len(journeys) == len(seam.extra_ms)
        lost = "everything fails" if every else f"{', '.join(journeys)} fail" if journeys else "nothing fails"
        yield f"without {_name(name)}", lost, "text"


def _busy(seam: Seam) -> str:
    before = dict(seam.before.busy)
    parts = [
        f"{_name(name)} {f'{percent(before[name])} → ' if name in before else ''}{percent(share)}"
        for name, share in seam.after.busy
        if name not in before or abs(share - before[name]) >= 0.005
    ]
    return ", ".join(parts) or "as before"


def _name(service: str) -> str:
    return {NEW: "the part", f"{NEW}-db": "its store"}.get(service, service)
