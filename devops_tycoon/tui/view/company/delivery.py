"""The five DORA metrics as rows, and the response times to incidents."""

from devops_tycoon.play.response_times import responding
from devops_tycoon.sim.delivery.dora import Dora, dora
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import duration, percent, plural
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.text import pad
from devops_tycoon.tui.draw.values import Row, merge
from devops_tycoon.tui.view.wrap import wrapped

_WORDS = (("mttd", "to notice"), ("mtta", "to acknowledge"), ("mttr", "to recover"))


def delivery_rows(world: World, rules: Rules, width: int) -> list[Row]:
    """Return the five measures, and what waits to be deployed."""
    measured: Dora = dora(world, rules)
    shown = (
        ("Deployment frequency", f"{measured.deployment_frequency_per_day:.2f} a day"),
        ("Lead time for changes", _days(measured.lead_time_days)),
        ("Change failure rate", "–" if measured.change_fail_rate is None else percent(measured.change_fail_rate)),
        (
            "Failed deployment recovery",
            "–" if measured.recovery_minutes is None else duration(60 * measured.recovery_minutes),
        ),
        ("Rework rate", "–" if measured.rework_rate is None else percent(measured.rework_rate)),
    )
    rows = [merge([("   ", "ground"), (pad(name, 26), "dim"), (value, "text")]) for name, value in shown]
    waiting = sum(ready.changes for ready in world.delivery.ready)
    if waiting:
        told = f"{plural(waiting, 'change')} waiting; they will ship together as one large deploy."
        rows += [merge([(f"   {line}", "hot")]) for line in wrapped(told, width - 4)]
    return rows


def responding_rows(world: World, rules: Rules, width: int) -> list[Row]:
    """Return MTTD, MTTA and MTTR in one sentence, where there was an incident."""
    typical = responding(world, rules)
    parts = [f"{name.upper()} {duration(took.mean_s)} {what}" for name, what in _WORDS if (took := typical[name])]
    if not parts:
        return []
    told = f"On average since the start: {', '.join(parts)}."
    return [merge([(f"   {line}", "dim")]) for line in wrapped(told, width - 4)]


def _days(days: float | None) -> str:
    return "–" if days is None else f"{days:.1f} days"
