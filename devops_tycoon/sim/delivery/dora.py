"""DORA's five measures of delivery, as a mirror and not as points (definitions: dora.dev, updated in January 2026).

A shift stands for its quarter, so days are the calendar's; recovery is of the shift and stays in minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from devops_tycoon.sim.basis import Rules, World
from devops_tycoon.sim.timing.calendar import day_of

LAST = 50
"""The fail rate is of the last so many deployments."""


@dataclass(frozen=True, slots=True)
class Dora:
    """None where nothing happened that could be measured."""

    deployment_frequency_per_day: float
    lead_time_days: float | None
    """Median over changes, from ready to live."""
    change_fail_rate: float | None
    recovery_minutes: float | None
    """Median over failed deployments, from the first member that had it to the last."""
    rework_rate: float | None
    """Share of deployments that only repaired what an earlier one had brought."""


def dora(world: World, rules: Rules) -> Dora:
    """Return the DORA metrics of company mode, over the whole game so far."""
    deployments = world.tally.deployments
    days = day_of(rules, world.tick)
    leads = [day_of(rules, d.live) - day_of(rules, at) for d in deployments for at in d.readies]
    failed = [d for d in deployments if d.failed]
    recent = deployments[-LAST:]
    tick_min = rules.scenario.tick_s / 60
    return Dora(
        deployment_frequency_per_day=len(deployments) / days if days else 0.0,
        lead_time_days=median(leads),
        change_fail_rate=len([d for d in recent if d.failed]) / len(recent) if recent else None,
        recovery_minutes=median([(d.recovered - d.began) * tick_min for d in failed]),
        rework_rate=len([d for d in deployments if d.unplanned]) / len(deployments) if deployments else None,
    )


def median(values: Sequence[float]) -> float | None:
    """Return the middle value, or None of nothing."""
    if not values:
        return None
    ranked = sorted(values)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2
