"""Score: everything shown at the end, computed from the world alone (GAME.md, "Exact where it matters")."""

from dataclasses import dataclass

from devops_tycoon.sim.basis import Rules, World
from devops_tycoon.sim.numerics.exact import log
from devops_tycoon.sim.rules.scenario import Goal
from devops_tycoon.sim.text import dollars
from devops_tycoon.sim.values.tally import JourneyTally

DEGRADED_WORTH = 0.7
"""What a degraded answer is worth in the uptime of the score (in the SLI it is good)."""

UPTIME_POINTS = 700
PART_POINTS = 100.0
PARTS = (("delivery", "changes"), ("members", "members"), ("cost", "cash"))
"""What is scored in addition to uptime, each with its kind of goal."""
GRADES = ((950, "S"), (850, "A"), (700, "B"), (550, "C"), (400, "D"))
MOST_NINES = 9.0


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal with what was reached."""

    goal: Goal
    value: float
    met: bool
    says: str


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a run so far. Shares are 0–1."""

    uptime: float
    nines: float
    points: int
    grade: str
    parts: tuple[tuple[str, float, float], ...]
    """(name, points reached, points possible) before rescaling to 1000."""
    because: tuple[str, ...]
    """Why each part has its points."""
    valid: int
    good: int
    goals: tuple[GoalResult, ...]
    won: bool


def sli(tally: JourneyTally) -> float:
    """Return good / valid requests of a journey; 1 where nobody came."""
    return tally.good / tally.valid if tally.valid else 1.0


def budget_left(tally: JourneyTally, slo: float) -> float:
    """Return the share of the error budget that is left; negative when it is overspent."""
    budget = (1.0 - slo) * tally.valid
    return 1.0 - (tally.valid - tally.good) / budget if budget > 0 else 1.0


def uptime(world: World, rules: Rules) -> float:
    """Return the weighted share of good requests, degraded answers counted as 0.7.

    A company that closed before its time serves nobody in the time that was left.
    """
    served = tuple((tally.valid, tally.good, tally.degraded) for tally in world.tally.journeys)
    return uptime_of(served, rules) * _open_for(world, rules)


def _open_for(world: World, rules: Rules) -> float:
    """Return the share of the scenario's time in which there was a company."""
    if not world.ending:
        return 1.0
    began = world.chapters[-1].tick if world.chapters else 0
    return (world.tick - began) / sum(shift.ticks for shift in rules.scenario.shifts)


def uptime_of(served: tuple[tuple[int, int, int], ...], rules: Rules) -> float:
    """Return the uptime of (valid, good, degraded) micro-requests of each journey."""
    reached = possible = 0.0
    for journey, (valid, good, degraded) in zip(rules.journeys, served, strict=True):
        if valid:
            worth = good - (1.0 - DEGRADED_WORTH) * degraded
            reached += journey.weight * worth / valid
            possible += journey.weight
    return reached / possible if possible else 1.0


def nines(share: float) -> float:
    """Return availability as a number of nines: 0.999 is 3."""
    down = 1.0 - share
    if down <= 0.0:
        return MOST_NINES
    return min(MOST_NINES, -log(down) / log(10.0))


def uptime_points(share: float, floor: float, target: float) -> float:
    """Return 0–700 on a logarithmic scale of unavailability between the scenario's floor and target."""
    down, worst, best = 1.0 - share, 1.0 - floor, 1.0 - target
    if down <= best:
        return float(UPTIME_POINTS)
    if down >= worst:
        return 0.0
    return UPTIME_POINTS * log(worst / down) / log(worst / best)


def score(world: World, rules: Rules) -> Score:
    """Return the score of the game as it stands."""
    up = uptime(world, rules)
    floor, target = rules.scenario.uptime_floor, rules.scenario.uptime_target
    parts = [("uptime", uptime_points(up, floor, target), float(UPTIME_POINTS))]
    because = [_because_uptime(up, floor, target)]
    results = tuple(_result(goal, world, rules) for goal in rules.scenario.goals)
    for name, kind in PARTS:
        wanted = next((r for r in results if r.goal.kind == kind and (r.goal.at_least or 0.0) > 0.0), None)
        if wanted is not None:
            share = min(1.0, max(0.0, wanted.value / (wanted.goal.at_least or 1.0)))
            parts.append((name, PART_POINTS * share, PART_POINTS))
            because.append(f"{wanted.says} of {_amount(kind, wanted.goal.at_least or 0.0)}")
    reached = possible = 0.0
    for _, points, most in parts:
        reached += points
        possible += most
    total = int(1000.0 * reached / possible + 0.5)
    return Score(
        uptime=up,
        nines=nines(up),
        points=total,
        grade=next((grade for least, grade in GRADES if total >= least), "F"),
        parts=tuple(parts),
        because=tuple(because),
        valid=sum(tally.valid for tally in world.tally.journeys),
        good=sum(tally.good for tally in world.tally.journeys),
        goals=results,
        won=_played_out(world, rules) and all(result.met for result in results),
    )


def _because_uptime(share: float, floor: float, target: float) -> str:
    """Say where an uptime stands between the scenario's floor and target."""
    if share <= floor:
        return f"no more than {floor:.3%}, where points begin"
    if share >= target:
        return f"{target:.3%} or more, all that is wanted"
    low, high = nines(floor), nines(target)
    return f"{nines(share):.2f} nines on the way from {low:.2f} ({floor:.3%}) to {high:.2f} ({target:.3%})"


def _played_out(world: World, rules: Rules) -> bool:
    """Say whether the last shift was played to its end; a company that closed before has not won."""
    return world.phase == "over" and world.shift >= len(rules.scenario.shifts)


def _result(goal: Goal, world: World, rules: Rules) -> GoalResult:
    value, says = _value(goal, world, rules)
    met = (goal.at_least is None or value >= goal.at_least) and (goal.at_most is None or value <= goal.at_most)
    return GoalResult(goal, value, met, says)


def _value(goal: Goal, world: World, rules: Rules) -> tuple[float, str]:
    """Return what was reached for a goal, and how it is written."""
    if goal.kind == "sli":
        share = next(sli(tally) for tally in world.tally.journeys if tally.journey == goal.of)
        return share, f"{share:.2%}"
    if goal.kind == "utilisation":
        window = rules.balance.window_s // rules.scenario.tick_s
        peaks = [peak.highest for peak in world.tally.peaks if goal.of in ("", peak.service)]
        share = max(peaks, default=0) / 1_000_000 / max(1, window)
        return share, f"{share:.0%}"
    if goal.kind == "cash":
        return float(world.cash_cents), dollars(world.cash_cents)
    if goal.kind in ("changes", "members"):
        count = world.delivery.shipped if goal.kind == "changes" else world.business.members
        return float(count), _amount(goal.kind, count)
    share = uptime(world, rules)
    return share, f"{share:.3%}"


def _amount(kind: str, value: float) -> str:
    """Write an amount of what a kind of goal counts."""
    if kind == "cash":
        return dollars(int(value))
    return f"{value:,.0f} change{'s' * (value != 1)}" if kind == "changes" else f"{value:,.0f} members"


def explain(result: Score) -> tuple[str, ...]:
    """Return the score as sentences that lead down to the number: what each part is made of, and their sum."""
    lines = [f"Uptime {result.uptime:.3%}, {result.nines:.2f} nines (a degraded answer counts {DEGRADED_WORTH})."]
    reached = possible = 0.0
    for (name, points, most), why in zip(result.parts, result.because, strict=True):
        lines.append(f"{name}: {points:.0f} of {most:.0f} points ({why}).")
        reached, possible = reached + points, possible + most
    if possible != 1000.0:
        lines.append(f"Scaled from {possible:.0f} to 1000 points: this scenario scores nothing else.")
    lines.append(f"{reached:.1f} of {possible:.0f} points are {result.points} of 1000: grade {result.grade}.")
    return tuple(lines)
