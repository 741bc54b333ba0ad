"""The last shift compared with all shifts since the start, and the quarter's effect on the company."""

from devops_tycoon.play.session import Session
from devops_tycoon.sim.money.refunds import served
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.score import uptime_of
from devops_tycoon.sim.text import percent, short, whole_dollars
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.text import pad
from devops_tycoon.tui.draw.values import Row, merge
from devops_tycoon.tui.view.wrap import wrapped

_LABEL, _CELLS = 26, 16
Counts = tuple[tuple[int, int, int], ...]
"""(valid, good, degraded) micro-requests of each journey."""


def at_start(session: Session) -> World | None:
    """Return the world in which the shift began that is over now."""
    return next((world for world in reversed(session.turns) if world.phase == "shift"), None)


def planned_at(session: Session) -> World | None:
    """Return the world in which the planning began that led to this shift: what the quarter began with."""
    begun = False
    for world in reversed(session.turns):
        if begun and world.phase == "planning":
            return world
        begun = begun or world.phase == "shift"
    return None


def of_shift(session: Session) -> Counts:
    """Return what this shift alone served."""
    before = at_start(session)
    now = served(session.world)
    if before is None or len(before.tally.journeys) != len(now):
        return now
    return tuple((v - v0, g - g0, d - d0) for (v, g, d), (v0, g0, d0) in zip(now, served(before), strict=True))


def compared_rows(session: Session, width: int) -> list[Row]:
    """Return the figures of this shift and of all shifts in two columns, and a sentence that compares them."""
    world, rules, before = session.world, session.rules, at_start(session)
    if before is None:
        return []
    here, every = of_shift(session), served(world)
    old = len(before.tally.incidents), len(before.tally.deployments)
    figures = (
        ("Uptime", percent(uptime_of(here, rules)), percent(uptime_of(every, rules))),
        ("Requests lost", _lost(here), _lost(every)),
        ("Incidents", str(len(world.tally.incidents) - old[0]), str(len(world.tally.incidents))),
        ("Deploys", str(len(world.tally.deployments) - old[1]), str(len(world.tally.deployments))),
    )
    since = "in this act" if session.game.rules.next is not None else "since the start"
    rows = [merge([(pad("", 3 + _LABEL), "ground"), *[(pad(t, _CELLS), "dim") for t in ("this shift", since)]])]
    for name, one, all_of_them in figures:
        rows.append(
            merge([("   ", "ground"), (pad(name, _LABEL), "dim"), (pad(one, _CELLS), "title"), (all_of_them, "text")])
        )
    rows += _quarter(session, width)
    told, style = _verdict(here, every, rules)
    return [*rows, *[merge([(f"   {line}", style)]) for line in wrapped(told, width - 4)]]


def _lost(counts: Counts) -> str:
    return short(sum(valid - good for valid, good, _ in counts) / WHOLE)


def _quarter(session: Session, width: int) -> list[Row]:
    """Return what the whole quarter, weeks and shift, did to members, trust and cash."""
    world, old = session.world, planned_at(session)
    if old is None:
        return []
    members, cash = world.business.members - old.business.members, world.cash_cents - old.cash_cents
    trust = round(100 * (world.business.trust - old.business.trust) / WHOLE, 1)
    told = (
        f"The quarter: members {_signed(members, short(abs(members)))}, "
        f"trust {_signed(trust, f'{abs(trust):.1f} points')}, cash {_signed(cash, whole_dollars(abs(cash)))}."
    )
    return [merge([(f"   {line}", "text")]) for line in wrapped(told, width - 4)]


def _signed(value: float, text: str) -> str:
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else "as before"


def _verdict(here: Counts, every: Counts, rules: Rules) -> tuple[str, str]:
    """Return whether this shift was better than earlier ones."""
    earlier = tuple((v - v0, g - g0, d - d0) for (v, g, d), (v0, g0, d0) in zip(every, here, strict=True))
    now, wanted = uptime_of(here, rules), rules.scenario.uptime_target
    if not any(valid for valid, _, _ in earlier):
        far = "at or above the target" if now >= wanted else f"the target is {percent(wanted)}"
        return f"The first shift: {percent(now)} uptime; {far}.", "ok" if now >= wanted else "text"
    before = uptime_of(earlier, rules)
    if percent(now) == percent(before):
        return f"As good as earlier shifts ({percent(before)}).", "text"
    word, style = ("Better", "ok") if now > before else ("Worse", "hot")
    if now >= wanted and now < before:
        return f"Lower than in earlier shifts ({percent(before)}), but at or above the target.", "text"
    return f"{word} than earlier shifts ({percent(before)}).", style
