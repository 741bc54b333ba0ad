"""Dials: the numbers that practices turn. A dial's value is what all practices in force say of it, together.

Nothing is stored: giving a practice up leaves nothing behind.
"""

from dataclasses import dataclass

from devops_tycoon.sim.practice import Setting
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import Adopted, World


@dataclass(frozen=True, slots=True)
class Dial:
    """How settings of several practices become one number."""

    rule: str
    """`times` (product), `plus` (sum) or `most` (the largest)."""
    neutral: float
    says: str
    """What it means, for help pages; `{}` is the number."""


DIALS: dict[str, Dial] = {
    "boot": Dial("times", 1.0, "replicas boot in {} of the time"),
    "rent": Dial("times", 1.0, "replicas cost {} of their rent"),
    "work": Dial("times", 1.0, "a request is {} of the work"),
    "registry": Dial("times", 1.0, "the dead stay listed for {} of the time"),
    "network_ms": Dial("plus", 0.0, "{} ms more for each call between services"),
    "seeing": Dial("most", 0.0, "observability of level {}"),
    "hands": Dial("times", 1.0, "an order in a shift keeps hands busy for {} of the time"),
    "hands_large": Dial("times", 1.0, "in an incident that fails a fifth of the members, orders take {} of the time"),
    "hands_small": Dial("times", 1.0, "while fewer than a fifth of the members are failed, orders take {} of the time"),
    "reach": Dial("times", 1.0, "at night it takes {} of the time until somebody is there"),
    "responders": Dial("plus", 0.0, "{} more can take part in an incident"),
    "fatigue": Dial("times", 1.0, "pages and incidents tire people {} times as much"),
    "trust_loss": Dial("times", 1.0, "members who are failed lose {} of the trust"),
    "publicity": Dial("plus", 0.0, "an incident costs {} parts per million of trust because everybody reads of it"),
    "hiring": Dial("times", 1.0, "people who are hired come in {} of the time"),
    "upkeep": Dial("plus", 0.0, "{} engineer-weeks of every week go into keeping it"),
    "restore": Dial("times", 1.0, "a restore from backup takes {} of the time"),
    "break_in": Dial("times", 1.0, "break-ins come, last and cost trust {} times as much"),
    "debt": Dial("plus", 0.0, "{} points of debt"),
}
"""Every dial there is; a practice's file may turn no other."""


def dial(world: World, rules: Rules, name: str, target: str = "") -> float:
    """Return a dial's value for the company, or for one service, store or link (the company's practices included)."""
    kind = DIALS[name]
    value = kind.neutral
    for adopted in world.practices:
        if adopted.target in ("", target):
            for setting in rules.practice[adopted.practice].settings:
                if setting.dial == name and not worn(world, adopted, setting):
                    value = _joined(kind.rule, value, setting.value)
    return value


def worn(world: World, adopted: Adopted, setting: Setting) -> bool:
    """Say whether what a practice gave has worn off: what nobody rehearses is forgotten."""
    return 0 < setting.weeks <= world.week - adopted.week


def _joined(rule: str, a: float, b: float) -> float:
    if rule == "most":
        return max(a, b)
    return a * b if rule == "times" else a + b


def unlocked(world: World, rules: Rules, word: str) -> str | None:
    """Return None if an order (or `order.key`) can be given, or the sentence that says what would make it possible.

    Where there is nothing to lead, everything can be.
    """
    if rules.scenario.leading is None:
        return None
    ways = [practice for practice in rules.practices if word in practice.unlocks]
    if not ways or any(adopted.practice == way.id for way in ways for adopted in world.practices):
        return None
    verb, _, key = word.partition(".")
    offered = [way.id for way in ways if way in rules.offers]
    if not offered:
        return f"{key or verb} is not to be had in this scenario."
    return f"{key or verb} needs the practice {' or '.join(offered)}; adopt it while planning."
