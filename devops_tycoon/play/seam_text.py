"""A proposed split, in lines of text: numbers and no advice."""

from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.operations.services import owner_of, unknown
from devops_tycoon.sim.partition.seams import NEW, Seam, seam_of
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars, plural
from devops_tycoon.sim.values.world import World


def seam_lines(world: World, rules: Rules, text: str) -> list[str]:
    """Return what a split means, asked for as `catalog search data=moved`; a sentence where it is impossible."""
    words = text.split()
    parts = tuple(word for word in words if "=" not in word)
    options = [word for word in words if "=" in word]
    if not parts or any(option not in ("data=shared", "data=moved") for option in options):
        return ["seam: expected one or more capabilities, and data=moved if their tables move too."]
    for part in parts:
        if part not in rules.capability:
            return [unknown("capability", part, rules.capability)]
    seam = seam_of(world, rules, parts, "moved" if "data=moved" in options else "shared")
    if seam is None:
        home = owner_of(world, parts[0])
        return [f"{', '.join(parts)}: not part of one service{f'; {parts[0]} is in {home.id}' if home else ''}."]
    return lines_of(seam)


def lines_of(seam: Seam) -> list[str]:
    """Return the numbers of a split, one kind a line."""
    part = " ".join(seam.capabilities)
    chatty = sorted((c for c in seam.crossings if c.per_s >= 0.5), key=lambda crossing: -crossing.per_s)[:3]
    calls = ", ".join(f"{c.caller}>{c.callee} {c.per_s:.0f}/s" for c in chatty)
    extra = ", ".join(f"{journey} +{ms:.1f} ms" for journey, ms in seam.extra_ms if ms > 0)
    shared = ", ".join(f"{who} reads {table}" for who, table in seam.shared)
    lines = [
        f"Split {part} off {seam.parent}, at the peak of the coming shift:",
        f"  calls between the two: {seam.calls_per_s:.0f}/s" + (f" ({calls})" if calls else ""),
        f"  network time: {extra or 'none'}",
        f"  tables it owns: {', '.join(seam.tables) or 'none'}; services whose data it reads: {len(seam.owners)}",
        f"  data shared across: {shared or 'none'}",
        f"  its share of the work {seam.own_share:.0%}, of the requests {seam.wait_share:.0%}",
    ]
    for when, fates in (("today", seam.together), ("after the split", seam.apart)):
        lines += [f"  {when}, if {_name(who)} fails: {', '.join(lost) or 'nothing'} fails too" for who, lost in fates]
    busy = dict(seam.before.busy)
    lines.append(
        "  busy: "
        + ", ".join(
            f"{_name(who)} {f'{busy[who]:.0%} → ' if who in busy else ''}{share:.0%}"
            for who, share in seam.after.busy
            if abs(share - busy.get(who, 0.0)) >= 0.005 or who not in busy
        )
    )
    for (journey, before), (_, after) in zip(seam.before.p99_s, seam.after.p99_s, strict=True):
        lines.append(f"  p99 of {journey}: {1000 * before:.0f} ms → {1000 * after:.0f} ms")
    lines.append(
        f"  it takes {weeks(seam.effort)} engineer-weeks and {plural(seam.lead_weeks, 'week')}, "
        f"and {dollars(seam.rent_cents_per_week)} more a week"
    )
    return lines


def _name(service: str) -> str:
    return {NEW: "the part", f"{NEW}-db": "its store"}.get(service, service)
