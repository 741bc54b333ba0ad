"""A run in a few lines of text."""

from devops_tycoon.play.daily import share_line
from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.losses import by_cause, by_fault
from devops_tycoon.sim.score.medals import medals
from devops_tycoon.sim.score.score import explain, score
from devops_tycoon.sim.values.world import World

_MICRO = 1_000_000


def summary(session: Session) -> list[str]:
    """Return the headline, the goals and the largest losses."""
    world, rules = session.world, session.rules
    reached = score(world, rules)
    ending = "goals met" if reached.won else "goals not met" if session.over else f"stopped at tick {world.tick}"
    lines = [
        f"{rules.scenario.title} · seed {world.seed} · {ending}",
        f"uptime {reached.uptime:.3%} · score {reached.points} · grade {reached.grade}",
    ]
    lines += [f"  {'✓' if r.met else '✗'} {r.goal.text} ({r.says})" for r in reached.goals]
    lines += [f"  {line}" for line in explain(reached)]
    if rules.scenario.kind == "daily" and session.over:
        lines.append(share_line(session))
    lines += [f"  medal: {medal.title}. {medal.why}" for medal in medals(world, rules)]
    return lines + losses(world)


def losses(world: World, most: int = 5) -> list[str]:
    """Return the largest lines of the loss ledger."""
    whole = sum(line.bad for line in world.tally.ledger)
    if whole < _MICRO // 2:
        return ["No requests were lost."]
    lines = [f"{whole / _MICRO:,.0f} requests lost:"]
    for line in sorted(world.tally.ledger, key=lambda line: -line.bad)[:most]:
        fault = f" ({line.fault})" if line.fault else ""
        lines.append(f"  {line.bad / whole:6.1%}  {line.cause} at {line.where}{fault}")
    lines.append(f"By cause: {_shares(by_cause(world), whole)}.")
    lines.append(f"By fault: {_shares(by_fault(world), whole)}.")
    return lines


def _shares(sums: tuple[tuple[str, int], ...], whole: int) -> str:
    """Write sums that together are the whole."""
    return ", ".join(f"{name or 'no fault'} {bad / whole:.1%}" for name, bad in sums)
