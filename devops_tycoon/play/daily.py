"""The daily challenge: everyone plays the same day and can share the result in one line."""

from datetime import date

from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.score import score

DAILY = "daily"
"""The scenario's id."""
_STEPS = "▁▂▃▄▅▆▇█"
_PARTS = 12
_WORST = 0.9
"""A part of the day with at most this share of good requests is drawn lowest."""


def seed_of(day: date) -> int:
    """Return the seed of a day: 2026-11-25 is 20261125."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(seed: int) -> str:
    """Return the day of a seed as it is written, or the seed itself if it is not a date."""
    try:
        return date(seed // 10_000, seed // 100 % 100, seed % 100).isoformat()
    except ValueError:
        return f"seed {seed}"


def share_line(session: Session) -> str:
    """Return the result in one line to share, without spoilers of the day."""
    reached = score(session.world, session.rules)
    day = day_of(session.game.seed)
    return f"DevOps Tycoon {day} · {reached.uptime:.2%} · {reached.points} {reached.grade} · {_curve(session)}"


def _curve(session: Session) -> str:
    """Return the share of good requests over the day, in twelve parts."""
    last, before, drawn = session.world.tick, (0, 0), ""
    for part in range(1, _PARTS + 1):
        until = last * part / _PARTS
        reached = [counts for tick, counts in session.samples if tick <= until]
        now = (sum(v for v, _ in reached[-1]), sum(g for _, g in reached[-1])) if reached else before
        valid, good = now[0] - before[0], now[1] - before[1]
        share = good / valid if valid else 1.0
        drawn += _STEPS[max(0, min(7, int(8 * (share - _WORST) / (1 - _WORST))))]
        before = now
    return drawn
