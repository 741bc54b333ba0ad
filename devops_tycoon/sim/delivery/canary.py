"""Canary: what a few new replicas served is compared with what as many old ones served in the same time.

Both samples are whole requests, drawn around what the model served there: a canary can be unlucky, and one that nobody
asked has nothing to say. The test is the two-proportion z-test with a pooled share, the sample that it needs that of
its usual power calculation (J. L. Fleiss, *Statistical Methods for Rates and Proportions*, 1981, chapter 3).
"""

from math import sqrt
from typing import Final

from devops_tycoon.sim.basis import WHOLE, Rules, World, replace
from devops_tycoon.sim.kinds import Verdict
from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.numerics.exact import exp
from devops_tycoon.sim.numerics.noise import poisson
from devops_tycoon.sim.values.delivery import Rollout, Sample

SURE = 3.3
"""Standard errors from which a difference is no accident, also when it is looked at every minute [design value]."""
POWER = 0.84
"""Standard errors for finding four of five differences that are there."""
HARM = 0.01
"""More failures than usual that would matter: one request in a hundred [design value]."""
LEAST_USUAL = 0.001
LEAST = 100
"""Requests on each side below which nothing is concluded: a few may all be one member's [design value]."""
FEWEST = 10
"""Failures of both samples together below which the test is not valid (five in each are expected)."""
_SLOW = 2.0
"""A slow answer takes so many times the usual time."""

WORSE: Final = "worse"
FINE: Final = "fine"
CANNOT_JUDGE: Final = "cannot judge"


def verdict(fresh: Sample, usual: Sample) -> Verdict:
    """Return `worse`, `fine`, or `cannot judge` where too few came to have seen the harm that matters."""
    if min(fresh.asked, usual.asked) < LEAST:
        return CANNOT_JUDGE
    if _surely_more(fresh.failed, fresh.asked, usual.failed, usual.asked):
        return WORSE
    if _surely_more(fresh.slow, fresh.asked, usual.slow, usual.asked):
        return WORSE
    enough = needed(usual)
    return FINE if min(fresh.asked, usual.asked) >= enough else CANNOT_JUDGE


def needed(usual: Sample) -> int:
    """Return how many requests each side needs so that the harm that matters would most likely have been seen."""
    before = max(LEAST_USUAL, usual.failed / usual.asked if usual.asked else 0.0)
    after = min(1.0, before + HARM)
    spread = before * (1.0 - before) + after * (1.0 - after)
    return int((SURE + POWER) * (SURE + POWER) * spread / (HARM * HARM)) + 1


def _surely_more(a: int, of_a: int, b: int, of_b: int) -> bool:
    """Say whether a share is greater than another beyond chance and beyond what would matter."""
    if not of_a or not of_b or a + b < FEWEST:
        return False
    pooled = (a + b) / (of_a + of_b)
    error = sqrt(pooled * (1.0 - pooled) * (1.0 / of_a + 1.0 / of_b))
    return a / of_a - b / of_b > max(SURE * error, HARM / 2)


def served(world: World, rules: Rules, service: str) -> tuple[float, float, float]:
    """Return (requests, share that failed, mean seconds) of a service in the last tick, where they enter it.

    Who was turned away at its door failed too.
    """
    reading = world.reading
    pool = [s.id for s in world.services].index(service)
    came = reading.arrivals[pool]
    turned = min(1.0, (reading.rejected[pool] + reading.refused[pool]) / came) if came > 0 else 0.0
    asked = failed = time = 0.0
    for name in entries(world, rules, service):
        at = rules.place[name]
        asked += reading.visits[at]
        failed += reading.visits[at] * reading.fail[at]
        time += reading.visits[at] * reading.mean_s[at]
    if asked <= 0:
        return came, turned, 0.0
    return asked, turned + (1.0 - turned) * failed / asked, time / asked


def entries(world: World, rules: Rules, service: str) -> tuple[str, ...]:
    """Return the capabilities of a service at which requests enter it: nobody in it asks them, or users do."""
    members = next((s.capabilities for s in world.services if s.id == service), ())
    here = [name for name in members if name in rules.capability]
    asked = {call.to for name in here for call in rules.capability[name].calls}
    users = {journey.entry for journey in rules.journeys}
    return tuple(name for name in here if name not in asked or name in users)


def compared(world: World, rules: Rules, rollout: Rollout, close: bool) -> Rollout:
    """Return a canary after one more tick of its own requests and of as many that old replicas answered.

    The two are told apart by what the new version does (`own_effect`); `close`: a person looks at the answers and not
    only at their status.
    """
    asked, failing, mean_s = served(world, rules, rollout.service)
    share = rollout.share / WHOLE
    error, silent, slow_s = own_effect(world, rules, rollout)
    every = error + silent - error * silent
    base = max(0.0, (failing - share * every) / (1.0 - share * every)) if share * every < 1.0 else 0.0
    bad = every if close else error
    usual_s = max(0.0, mean_s - share * slow_s)
    new = base + bad - base * bad
    late = exp(-_SLOW * usual_s / (usual_s + slow_s)) if usual_s > 0.0 else 1.0
    key = (world.seed, world.tick, rollout.id)
    return _grown(
        rollout, _drawn(key, "new", asked * share, new, late), _drawn(key, "old", asked * share, base, _USUAL)
    )


_USUAL = exp(-_SLOW)
"""The share of answers that takes more than twice the mean where times are exponential."""


def since(world: World, rules: Rules, rollout: Rollout, usual_s: float) -> Rollout:
    """Return a watched roll-out after one more tick of its service's requests, none of them known to be its doing."""
    asked, failing, mean_s = served(world, rules, rollout.service)
    late = exp(-_SLOW * usual_s / mean_s) if mean_s > 0.0 else 0.0
    return _grown(rollout, _drawn((world.seed, world.tick, rollout.id), "new", asked, failing, late), Sample())


def before(world: World, rules: Rules, service: str, ticks: int) -> Sample:
    """Return what a service would serve in so many ticks like the last one: what is usual."""
    asked, failing, _ = served(world, rules, service)
    count = int(asked * ticks + 0.5)
    return Sample(count, int(count * failing + 0.5), int(count * _USUAL + 0.5))


def own_effect(world: World, rules: Rules, rollout: Rollout) -> tuple[float, float, float]:
    """Return what a roll-out's own faults do to a request that meets them: (errors, silent errors, seconds)."""
    well = quiet = 1.0
    slow_s = 0.0
    for fault in world.faults:
        if fault.id not in rollout.faults or fault.share != rollout.share:
            continue
        card = rules.failure[fault.card]
        age_s = (world.tick - fault.began) * rules.scenario.tick_s
        for effect in card.effects:
            if effect.where == "target":
                strength = min(1.0, age_s / effect.ramp_s) if effect.ramp_s > 0 else 1.0
                passed = 1.0 - strength * effect.error_pct / 100
                if card.silent:
                    quiet *= passed
                else:
                    well *= passed
                slow_s += strength * effect.add_latency_ms / 1000
    return 1.0 - well, 1.0 - quiet, slow_s


def _drawn(key: tuple[int, int, int], group: str, asked: float, failing: float, slow: float) -> Sample:
    seed, tick, number = key
    dice = [roll(seed, tick, "canary", number, group, part) for part in ("asked", "failed", "slow")]
    count = int(poisson(asked, dice[0]) + 0.5)
    return Sample(
        count,
        min(count, int(poisson(count * failing, dice[1]) + 0.5)),
        min(count, int(poisson(count * slow, dice[2]) + 0.5)),
    )


def _grown(rollout: Rollout, fresh: Sample, usual: Sample) -> Rollout:
    return replace(rollout, fresh=_sum(rollout.fresh, fresh), usual=_sum(rollout.usual, usual))


def _sum(a: Sample, b: Sample) -> Sample:
    return Sample(a.asked + b.asked, a.failed + b.failed, a.slow + b.slow)
