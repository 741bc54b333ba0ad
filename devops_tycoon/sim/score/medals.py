"""Medals: ways of having played that are worth a name. Each is decided from the world alone, once a game is over."""

from collections.abc import Callable
from dataclasses import dataclass

from devops_tycoon.sim.basis import FOREVER, Rules, World
from devops_tycoon.sim.score.score import budget_left, score

FEW = 4
"""Services of one's own, stores and providers not counted [design value]."""
QUICK_S = 300
"""Noticed within five minutes [design value]: most of an error budget of 99.95% a month is 22 minutes."""
THRIFTY = 0.5
"""Of the money at the start, that is still there."""


@dataclass(frozen=True, slots=True)
class Medal:
    """A medal that was earned."""

    id: str
    title: str
    why: str


Judge = Callable[[World, Rules], str | None]
"""Returns why the medal was earned, or None."""


def _few_services(world: World, rules: Rules) -> str | None:  # noqa: ARG001
    own = [service for service in world.services if service.kind == "service"]
    return f"Won with {len(own)} service{'s' * (len(own) != 1)} of your own." if len(own) <= FEW else None


def _no_refund(world: World, rules: Rules) -> str | None:
    promise = rules.scenario.company_mode.promise
    if not promise or any(entry.heading == "refunds" for entry in world.books):
        return None
    return f"Every shift kept the promise of {promise:.3%}."


def _quick_detect(world: World, rules: Rules) -> str | None:
    incidents = world.tally.incidents
    if not incidents:
        return None
    slowest = max(incident.detected - incident.began for incident in incidents) * rules.scenario.tick_s
    return f"No incident went unnoticed for more than {slowest} s." if slowest <= QUICK_S else None


def _mended(world: World, rules: Rules) -> str | None:  # noqa: ARG001
    incidents = world.tally.incidents
    if not incidents or any(incident.mitigated == FOREVER for incident in incidents):
        return None
    return f"{len(incidents)} incident{'s' * (len(incidents) != 1)}, and none was left open."


def _no_rollback(world: World, rules: Rules) -> str | None:  # noqa: ARG001
    made = world.tally.deployments
    if not made or any(deployment.failed for deployment in made):
        return None
    return f"{len(made)} deploy{'s' * (len(made) != 1)}, and none was rolled back."


def _within_budget(world: World, rules: Rules) -> str | None:
    left = [budget_left(t, j.slo) for t, j in zip(world.tally.journeys, rules.journeys, strict=True) if t.valid]
    return f"Every journey has error budget left: {min(left):.0%} or more." if left and min(left) > 0.0 else None


def _thrifty(world: World, rules: Rules) -> str | None:
    had = rules.scenario.cash_cents
    share = world.cash_cents / had if had else 0.0
    return f"{share:.0%} of the money is still there." if share >= THRIFTY else None


MEDALS: tuple[tuple[str, str, Judge], ...] = (
    ("few-services", "Few parts", _few_services),
    ("no-refund", "As promised", _no_refund),
    ("quick-detect", "Wide awake", _quick_detect),
    ("all-mended", "Nothing left open", _mended),
    ("no-rollback-needed", "Right the first time", _no_rollback),
    ("within-budget", "Within budget", _within_budget),
    ("thrifty", "Thrifty", _thrifty),
)
"""Every medal, in the order in which they are shown."""


def medals(world: World, rules: Rules) -> tuple[Medal, ...]:
    """Return the medals of a game that was won; one that is under way or lost has none."""
    if not score(world, rules).won:
        return ()
    earned = [(name, title, judge(world, rules)) for name, title, judge in MEDALS]
    return tuple(Medal(name, title, why) for name, title, why in earned if why is not None)
