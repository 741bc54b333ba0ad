"""Dials: the numbers that practices turn. A dial's value is what all practices in force say of it, together.

Nothing is stored: giving a practice up leaves nothing behind.
"""

from dataclasses import dataclass

from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import World


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
    "limit_queue": Dial("most", 0.0, "a service takes in as many requests as it has workers, and {} that wait"),
    "shedding": Dial("most", 0.0, "doors with {} of their workers in use turn away what matters least"),
    "quota": Dial("times", 1.0, "providers take {} of what their contracts said at first"),
    "register": Dial("most", 0.0, "the quotas of providers are known"),
    "static": Dial("most", 0.0, "replicas start, stop and leave the lists without a control plane"),
}
"""Every dial there is; a practice's file may turn no other."""


def dial(world: World, rules: Rules, name: str, target: str = "") -> float:
    """Return a dial's value for the company, or for one service, store or link (the company's practices included)."""
    kind = DIALS[name]
    value = kind.neutral
    for adopted in world.practices:
        if adopted.target in ("", target):
            for setting in rules.practice[adopted.practice].settings:
                if setting.dial == name:
                    value = _joined(kind.rule, value, setting.value)
    return value


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
