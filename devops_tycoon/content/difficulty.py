"""A scenario's rules at another difficulty."""

from dataclasses import replace
from hashlib import blake2b

from devops_tycoon.content.fingerprint import fingerprint
from devops_tycoon.content.problem import ContentError, Problem, one_of_these, suggestion
from devops_tycoon.sim.rules.difficulty import ENGINEER, LEVELS, Level
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.scenario import Scenario
from devops_tycoon.sim.rules.shift import Event


def at_level(rules: Rules, word: str) -> Rules:
    """Return the rules at another difficulty than engineer; raise ContentError for an unknown one.

    The fingerprint is that of the changed numbers, so recordings of different levels cannot be mixed up.
    """
    if word not in LEVELS:
        raise ContentError([Problem("--difficulty", 0, "", no_such_level(word))])
    if word == ENGINEER.id:
        return rules
    level = next((level for level in rules.scenario.levels if level.id == word), LEVELS[word])
    scenario = _eased(rules.scenario, level)
    own = fingerprint(scenario, rules.company, rules.failures, rules.practices)
    own = blake2b((rules.fingerprint + own).encode(), digest_size=4).hexdigest() if rules.campaign else own
    then = at_level(rules.next, word) if rules.next else None
    return replace(rules, scenario=scenario, level=level, fingerprint=own, next=then)


def no_such_level(word: str) -> str:
    """Return the error sentence for an unknown difficulty, with the nearest known one."""
    return f'there is no difficulty "{word[:40]}"; expected {one_of_these(LEVELS)}{suggestion(word, LEVELS)}'


def _eased(scenario: Scenario, level: Level) -> Scenario:
    return replace(
        scenario,
        cash_cents=round(scenario.cash_cents * level.cash),
        responders=level.responders or scenario.responders,
        demands=tuple(replace(demand, rate=demand.rate * level.demand) for demand in scenario.demands),
        events=tuple(_moved(event, scenario, level) for event in scenario.events),
        uptime_floor=scenario.uptime_floor if level.uptime_floor is None else level.uptime_floor,
        uptime_target=scenario.uptime_target if level.uptime_target is None else level.uptime_target,
    )


def _moved(event: Event, scenario: Scenario, level: Level) -> Event:
    """Return an event moved later or earlier, but still within its shift."""
    shift = next(s for s in scenario.shifts if s.id == (event.shift or scenario.shifts[0].id))
    last_s = max(event.at_s, (shift.ticks - 1) * scenario.tick_s - event.jitter_s)
    return replace(event, at_s=min(last_s, max(0.0, event.at_s + level.trouble_later_s)))
