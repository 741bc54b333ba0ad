"""A proposed cut, in lines of text: numbers and no advice."""

from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.operations.services import owner_of, unknown
from devops_tycoon.sim.partition.seams import NEW, Seam, seam_of
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars
from devops_tycoon.sim.values.world import World


def seam_lines(world: World, rules: Rules, text: str) -> list[str]:
    """Return what a cut means, asked for as `catalog search data=moved`; a sentence where it is none."""
    words = text.split()
    parts = tuple(word for word in words if "=" not in word)
    options = [word for word in words if "=" in word]
    if not parts or any(option not in ("data=shared", "data=moved") for option in options):
        return ["seam takes capabilities and, if they should come along, data=moved for their tables."]
    for part in parts:
        if part not in rules.capability:
            return [unknown("capability", part, rules.capability)]
    seam = seam_of(world, rules, parts, "moved" if "data=moved" in options else "shared")
    if seam is None:
        home = owner_of(world, parts[0])
        return [f"{', '.join(parts)}: no cut through one service{f'; {parts[0]} is in {home.id}' if home else ''}."]
    return lines_of(seam)


def lines_of(seam: Seam) -> list[str]:
    """Return the numbers of a cut, one kind a line."""
    part = " ".join(seam.capabilities)
    chatty = sorted((c for c in seam.crossings if c.per_s >= 0.5), key=lambda crossing: -crossing.per_s)[:3]
    calls = ", ".join(f"{c.caller}>{c.callee} {c.per_s:.0f}/s" for c in chatty)
    extra = ", ".join(f"{journey} +{ms:.1f} ms" for journey, ms in seam.extra_ms if ms > 0)
    shared = ", ".join(f"{who} asks {table}" for who, table in seam.shared)
    lines = [
        f"Cut {part} out of {seam.parent}, at the peak of the coming shift:",
        f"  calls across it: {seam.calls_per_s:.0f}/s" + (f" ({calls})" if calls else ""),
        f"  network time: {extra or 'none'}",
        f"  tables it owns: {', '.join(seam.tables) or 'none'}; owners of what it asks: {len(seam.owners)}",
        f"  data across it: {shared or 'none'}",
        f"  its share of the own work {seam.own_share:.0%}, of the requests {seam.wait_share:.0%}",
    ]
    for when, fates in (("today", seam.together), ("then", seam.apart)):
        lines += [f"  {when}, if {_name(who)} dies: {', '.join(lost) or 'nothing'} fails" for who, lost in fates]
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
        lines.append(f"  99 of 100 {journey}: {1000 * before:.0f} ms → {1000 * after:.0f} ms")
    lines.append(
        f"  it takes {weeks(seam.effort)} engineer-weeks and {seam.lead_weeks} weeks, "
        f"and {dollars(seam.rent_cents_per_week)} more every week"
    )
    return lines


def _name(service: str) -> str:
    return {NEW: "the part", f"{NEW}-db": "its store"}.get(service, service)
