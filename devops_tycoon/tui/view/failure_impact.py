"""What hangs on what: who is hurt when a service fails, and what alone can fail a journey (asked for with `w`)."""

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import percent
from devops_tycoon.sim.values.watching import TRACES, needs
from devops_tycoon.sim.values.world import World


def hurt_with(world: World, rules: Rules, name: str) -> list[str]:
    """Return sentences about the blast radius of a service."""
    from devops_tycoon.sim.effects.graph import (  # networkx takes 0.2 s to load
        blast_radius,
        choke_points,
        journeys_through,
    )

    callers = blast_radius(world, rules, name)
    titles = {journey.id: journey.title for journey in rules.journeys}
    journeys = [titles[journey] for journey in journeys_through(world, rules, name)]
    lines = [f"If it fails, it can hurt: {_list(callers)}. Journeys that reach it: {_list(journeys)}."]
    behind = choke_points(world, rules).get(name, ())
    if behind:
        lines.append(f"Every path to {_list(behind)} leads through it.")
    return lines


def lone_points(world: World, rules: Rules) -> list[str]:
    """Return, for every journey, where its time goes and whose loss alone drops it below its SLO.

    Each loss is tried in the model at the demand of this moment.
    """
    from devops_tycoon.sim.effects.graph import critical_path, single_points_of_failure

    lines = []
    for journey in rules.journeys:
        untraced = needs(world.sight, TRACES)
        if untraced:
            lines.append(f"{journey.title}: the critical path is not measured: {untraced}.")
        else:
            path = " → ".join(rules.capability[name].title for name in critical_path(world, rules, journey.id))
            lines.append(f"{journey.title}: the critical path is {path}.")
        points = single_points_of_failure(world, rules, journey.id)
        lost = [
            f"{'one replica of ' if p.kind == 'replica' else p.kind + ' '}{p.what} ({percent(p.sli)} left)"
            for p in points
        ]
        below = f"would fall below {percent(journey.slo)}"
        lines.append(
            f"{journey.title} {below} without: {_list(lost)}." if lost else f"{journey.title} survives any one loss."
        )
    return lines


def _list(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names) if names else "nothing"
