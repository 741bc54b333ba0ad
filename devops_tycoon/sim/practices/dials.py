"""Dials: the numbers that practices change. A dial's value combines all active practices.

Nothing is stored: dropping a practice leaves nothing behind.
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
    effect: str
    """What it changes, for the codex; `{}` is the number, with its sign where numbers add up."""


DIALS: dict[DialName, Dial] = {
    "boot": Dial("times", 1.0, "boot time of replicas × {}"),
    "rent": Dial("times", 1.0, "rent of replicas × {}"),
    "work": Dial("times", 1.0, "work per request × {}"),
    "registry": Dial("times", 1.0, "time until dead replicas leave the list × {}"),
    "network_ms": Dial("plus", 0.0, "{} ms per call between services"),
    "seeing": Dial("most", 0.0, "observability level {}"),
    "probe": Dial("most", 0.0, "an outside probe tries every journey once a minute"),
    "hands": Dial("times", 1.0, "responder time per order × {}"),
    "limit_queue": Dial("most", 0.0, "a service accepts as many requests as it has workers, plus {}"),
    "shedding": Dial("most", 0.0, "entry services with {} of their workers busy shed the least important requests"),
    "quota": Dial("times", 1.0, "provider quotas × {}"),
    "register": Dial("most", 0.0, "provider quotas are known"),
    "forecast_error": Dial("times", 0.25, "error of utilisation forecasts × {}"),
    "load_test": Dial("most", 0.0, "a load test adds {} times the traffic for a minute of each shift"),
    "spending_cap": Dial("most", 0.0, "rent is capped at {} times the rent at the start of the shift"),
    "static": Dial("most", 0.0, "replicas start, stop and leave the lists without a control plane"),
    "change_risk": Dial("times", 1.0, "share of bad changes × {}"),
    "deploy_hands": Dial("times", 1.0, "responder time per deploy × {}"),
    "auto_deploy": Dial("most", 0.0, "finished changes deploy automatically"),
    "auto_canary": Dial("most", 0.0, "canaries are compared automatically"),
    "auto_rollback": Dial("most", 0.0, "a worse version is rolled back automatically"),
    "board_days": Dial("most", 0.0, "change approval takes {} days on average"),
    "build_days": Dial("plus", 0.0, "{} d of build and test time per change"),
    "flags": Dial("most", 0.0, "a bad change is switched off within a minute"),
    "config_staged": Dial("most", 0.0, "configuration rolls out like code"),
    "edit_s": Dial("plus", 0.0, "{} s until a changed setting takes effect in a shift"),
    "debt": Dial("plus", 0.0, "{} points of technical debt"),
    "fees": Dial("times", 1.0, "fees × {}"),
    "store_work": Dial("times", 1.0, "work of a store per request × {}"),
    "zones": Dial("most", 1.0, "replicas in {} zones"),
    "zone_aware": Dial("most", 0.0, "callers prefer replicas in their own zone"),
    "cache": Dial("most", 0.0, "a cache in front of the store holds {} of its keys"),
    "readers": Dial("plus", 0.0, "{} read replica per replica of the store"),
    "shards": Dial("most", 1.0, "keys divided among {} stores of half the size"),
    "quorum": Dial("most", 0.0, "copies of the store in all zones agree by majority"),
    "queued": Dial("most", 0.0, "calls that may come later are queued messages"),
    "cdn": Dial("most", 0.0, "caches near the members hold {} of the shared content"),
    "boxes": Dial("plus", 0.0, "caches near the members answer {} requests at once per worker behind them"),
    "balancer": Dial("most", 0.0, "a load balancer in front of all journeys"),
    "gateway": Dial("most", 0.0, "a gateway admits as many requests as there are workers behind it"),
    "regions": Dial("most", 1.0, "{} active regions, each built like the first"),
    "standby": Dial("most", 0.0, "a standby region of {} of the size"),
    "rot": Dial("times", 1.0, "decay of an unused standby × {}"),
    "failover": Dial("times", 1.0, "time to move all members elsewhere × {}"),
    "second": Dial("most", 0.0, "a second provider with {} of the capacity"),
    "restore": Dial("times", 1.0, "time to restore lost data × {}"),
    "hands_large": Dial("times", 1.0, "responder time per order × {} in an incident that fails a fifth of the members"),
    "hands_small": Dial("times", 1.0, "responder time per order × {} while fewer than a fifth of the members fail"),
    "reach": Dial("times", 1.0, "time to reach the on-call engineer out of hours × {}"),
    "responders": Dial("plus", 0.0, "{} responder"),
    "fatigue": Dial("times", 1.0, "fatigue from pages and incidents × {}"),
    "trust_loss": Dial("times", 1.0, "trust lost by failed members × {}"),
    "publicity": Dial("plus", 0.0, "trust lost per incident {} ppm"),
    "hiring": Dial("times", 1.0, "time to hire × {}"),
    "upkeep": Dial("plus", 0.0, "{} engineer-weeks of upkeep every week"),
    "break_in": Dial("times", 1.0, "frequency, length and cost of break-ins × {}"),
}
"""All dials; a practice's file may set no other."""


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
    """Say whether a setting of a practice has worn off: what is not rehearsed is forgotten."""
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
        return f"{key or verb} is not available in this scenario."
    return f"{key or verb} needs the practice {' or '.join(offered)}; adopt it while planning."
