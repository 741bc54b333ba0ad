"""Dials: the numbers that practices turn. A dial's value is what all practices in force say of it, together.

Nothing is stored: giving a practice up leaves nothing behind.
"""

from dataclasses import dataclass
from typing import Literal

from devops_tycoon.sim.kinds import DialName
from devops_tycoon.sim.rules.practice import Setting
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import Adopted, World


@dataclass(frozen=True, slots=True)
class Dial:
    """How settings of several practices become one number."""

    rule: Literal["times", "plus", "most"]
    """The product, the sum, or the largest."""
    neutral: float
    says: str
    """What it means, for help pages; `{}` is the number."""


DIALS: dict[DialName, Dial] = {
    "boot": Dial("times", 1.0, "replicas boot in {} of the time"),
    "rent": Dial("times", 1.0, "replicas cost {} of their rent"),
    "work": Dial("times", 1.0, "a request is {} of the work"),
    "registry": Dial("times", 1.0, "the dead stay listed for {} of the time"),
    "network_ms": Dial("plus", 0.0, "{} ms more for each call between services"),
    "seeing": Dial("most", 0.0, "observability of level {}"),
    "probe": Dial("most", 0.0, "somebody outside tries every journey once a minute"),
    "hands": Dial("times", 1.0, "an order in a shift keeps hands busy for {} of the time"),
    "limit_queue": Dial("most", 0.0, "a service takes in as many requests as it has workers, and {} that wait"),
    "shedding": Dial("most", 0.0, "doors with {} of their workers in use turn away what matters least"),
    "quota": Dial("times", 1.0, "providers take {} of what their contracts said at first"),
    "register": Dial("most", 0.0, "the quotas of providers are known"),
    "forecast_error": Dial(
        "times", 0.25, "a forecast of how busy a service will be is right to within {} of the truth"
    ),
    "load_test": Dial("most", 0.0, "a load test brings {} times as many more requests for a minute of the shift"),
    "spending_cap": Dial("most", 0.0, "replicas may not cost more than {} times the rent at the start of the shift"),
    "static": Dial("most", 0.0, "replicas start, stop and leave the lists without a control plane"),
    "change_risk": Dial("times", 1.0, "a change is bad {} times as often"),
    "deploy_hands": Dial("times", 1.0, "a deploy keeps hands busy for {} of the time"),
    "auto_deploy": Dial("most", 0.0, "finished changes deploy by themselves ({}: yes)"),
    "auto_canary": Dial("most", 0.0, "a machine compares canaries with the rest ({}: yes)"),
    "auto_rollback": Dial("most", 0.0, "a version that is worse than the last goes back by itself ({}: yes)"),
    "board_days": Dial("most", 0.0, "a change waits {} days on average for the next meeting of the board"),
    "build_days": Dial("plus", 0.0, "a change waits {} days for its build and its tests"),
    "flags": Dial("most", 0.0, "a bad change is switched off within a minute ({}: yes)"),
    "config_staged": Dial("most", 0.0, "configuration rolls out like code ({}: yes)"),
    "edit_s": Dial("plus", 0.0, "a setting that is changed in a shift takes effect {} s later"),
    "debt": Dial("plus", 0.0, "technical debt of {} points more"),
    "fees": Dial("times", 1.0, "members pay {} of their fees"),
    "store_work": Dial("times", 1.0, "a store does {} of the work for a request"),
    "zones": Dial("most", 1.0, "replicas stand in {} zones"),
    "zone_aware": Dial("most", 0.0, "callers ask replicas of their own zone first"),
    "cache": Dial("most", 0.0, "a cache before the store has room for {} of its keys"),
    "readers": Dial("plus", 0.0, "{} read replicas for each replica of the store"),
    "shards": Dial("most", 1.0, "the store's keys are divided among {} stores of half its size"),
    "quorum": Dial("most", 0.0, "copies of the store in all zones agree by majority"),
    "queued": Dial("most", 0.0, "calls that may come later are messages in a queue"),
    "cdn": Dial("most", 0.0, "caches near the members have room for {} of what is the same for everybody"),
    "boxes": Dial("plus", 0.0, "caches near the members answer {} requests at once for each worker behind them"),
    "balancer": Dial("most", 0.0, "a load balancer stands before all journeys"),
    "gateway": Dial("most", 0.0, "a gateway lets in as many requests as there are workers at its back"),
    "regions": Dial("most", 1.0, "{} regions serve all the time, each built like the first"),
    "standby": Dial("most", 0.0, "another region of {} of the size waits"),
    "rot": Dial("times", 1.0, "a standby that is not used rots {} times as fast"),
    "failover": Dial("times", 1.0, "bringing all members to another place takes {} of the time"),
    "second": Dial("most", 0.0, "another provider can run {} of everything"),
    "restore": Dial("times", 1.0, "bringing lost data back takes {} of the time"),
    "hands_large": Dial("times", 1.0, "in an incident that fails a fifth of the members, orders take {} of the time"),
    "hands_small": Dial("times", 1.0, "while fewer than a fifth of the members are failed, orders take {} of the time"),
    "reach": Dial("times", 1.0, "at night it takes {} of the time until somebody is there"),
    "responders": Dial("plus", 0.0, "{} more can take part in an incident"),
    "fatigue": Dial("times", 1.0, "pages and incidents tire people {} times as much"),
    "trust_loss": Dial("times", 1.0, "members who are failed lose {} of the trust"),
    "publicity": Dial("plus", 0.0, "an incident costs {} parts per million of trust because everybody reads of it"),
    "hiring": Dial("times", 1.0, "people who are hired come in {} of the time"),
    "upkeep": Dial("plus", 0.0, "{} engineer-weeks of every week go into keeping it"),
    "break_in": Dial("times", 1.0, "break-ins come, last and cost trust {} times as much"),
}
"""Every dial there is; a practice's file may turn no other."""


def dial(world: World, rules: Rules, name: DialName, target: str = "") -> float:
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


def _joined(rule: Literal["times", "plus", "most"], a: float, b: float) -> float:
    if rule == "most":
        return max(a, b)
    return a * b if rule == "times" else a + b


def unlocked(world: World, rules: Rules, word: str) -> str | None:
    """Return None if an order (or `order.key`) can be given, or the sentence that says what would make it possible.

    In a lesson everything is unlocked.
    """
    if not rules.scenario.company_mode.adopts:
        return None
    ways = [practice for practice in rules.practices if word in practice.unlocks]
    if not ways or any(adopted.practice == way.id for way in ways for adopted in world.practices):
        return None
    verb, _, key = word.partition(".")
    offered = [way.id for way in ways if way in rules.offers]
    if not offered:
        return f"{key or verb} is not to be had in this scenario."
    return f"{key or verb} needs the practice {' or '.join(offered)}; adopt it while planning."
