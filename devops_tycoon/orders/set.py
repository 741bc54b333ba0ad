"""set: change how one service calls another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from devops_tycoon.orders.basis import Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import DURATION, SHARE, SWITCH, count, named, or_off
from devops_tycoon.orders.notation import Settings
from devops_tycoon.sim.effects.modifiers import settings_of
from devops_tycoon.sim.operations.services import find, neighbours, no_such
from devops_tycoon.sim.practices.dials import dial, unlocked
from devops_tycoon.sim.rules.links import LinkSettings
from devops_tycoon.sim.text import listed
from devops_tycoon.sim.values.service import Link

_SETTINGS = Settings(
    {
        "timeout": or_off(DURATION),
        "retries": count(0, 10),
        "backoff": or_off(DURATION),
        "fallback": SWITCH,
        "breaker": SWITCH,
        "budget": or_off(SHARE),
        "bulkhead": or_off(count(1, 100_000)),
        "jitter": SWITCH,
    }
)
"""The settings of a link in the order in which they are written."""
_FIELDS = {"timeout": "timeout_ms", "backoff": "backoff_ms"}
"""Fields of `LinkSettings` that are called otherwise."""


@dataclass(frozen=True)
class Set(TypedOrder):
    """Change how one service calls another: timeout, retries, backoff, fallback, breaker, budget, bulkhead, jitter.

    A timeout limits how long a slow answer holds a worker; a call that times out fails, unless a fallback is on.
    Retries hide brief errors and multiply load. A fallback returns a prepared, degraded answer. A circuit breaker
    opens for 5 s when half of the calls of the last 10 s failed, then probes: calls fail at once instead of holding
    workers, and the callee can recover. A retry budget of 10% allows one retry for every ten calls; jitter spreads
    retries out. A bulkhead limits how many calls of each kind are in flight and fails the rest.
    """

    verb: ClassVar[str] = "set"
    key: ClassVar[str] = "e"
    footer: ClassVar[str] = "Set"
    footer_rank: ClassVar[int] = 5
    examples: ClassVar[tuple[str, ...]] = ("set web>db timeout=300ms retries=1", "set web>db breaker=on")
    caller: Annotated[str, Word(named("CALLER", "a caller"), joint=">")]
    callee: Annotated[str, Word(named("CALLEE", "a callee"))]
    changes: Annotated[tuple[tuple[str, float | int | bool | None], ...], _SETTINGS]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse links that do not exist."""
        for end in (self.caller, self.callee):
            if find(world, end) is None:
                return no_such(world, end)
        if (self.caller, self.callee) not in neighbours(world, rules):
            callees = [b for a, b in neighbours(world, rules) if a == self.caller]
            calls = f"it calls {listed(callees)}" if callees else "it calls no service"
            return f"{self.caller} does not call {self.callee}; {calls}."
        if ("fallback", True) in self.changes and not fallbacks(world, rules, self.caller, self.callee):
            return f"{self.caller} has no prepared fallback for {self.callee}."
        for key, value in self.changes:
            if value and (why := unlocked(world, rules, f"{self.verb}.{key}")):
                return why
        return None

    def delay_s(self, world: World, rules: Rules) -> int:
        """Return the time of a review, where configuration is treated as code."""
        return int(dial(world, rules, "edit_s"))

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Change the settings of the link."""
        settings = settings_of(world, rules, self.caller, self.callee)
        for key, value in self.changes:
            settings = _changed(settings, key, value)
            if key == "fallback":  # what is turned on while planning is tried before the shift
                untried = bool(value) and rules.scenario.company_mode.tests_fallbacks and world.phase == "shift"
                settings = replace(settings, untried=untried)
        links = tuple(link for link in world.links if (link.caller, link.callee) != (self.caller, self.callee))
        text = f"{self.caller} calls {self.callee} with " + _SETTINGS.written(self.changes, ", ") + "."
        return replace(world, links=(*links, Link(self.caller, self.callee, settings))), (
            Fact("order", text, self.caller),
        )

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield usual settings of every link."""
        for caller, callee in neighbours(world, rules):
            usual = [cls(caller, callee, (("timeout", 300.0),)), cls(caller, callee, (("retries", 2),))]
            if fallbacks(world, rules, caller, callee):
                usual.append(cls(caller, callee, (("timeout", 300.0), ("fallback", True))))
            if rules.scenario.company_mode.adopts:
                usual.append(cls(caller, callee, (("breaker", True),)))
                usual.append(cls(caller, callee, (("bulkhead", 20),)))
                usual.append(cls(caller, callee, (("retries", 2), ("budget", 0.1), ("jitter", True))))
            yield from (move for move in usual if move.why_not(world, rules) is None)


def fallbacks(world: World, rules: Rules, caller: str, callee: str) -> tuple[str, ...]:
    """Return the fallbacks that a caller has for answers of a callee."""
    ends = {service.id: service.capabilities + service.arriving for service in world.services}
    return tuple(
        call.fallback
        for capability in ends.get(caller, ())
        if capability in rules.capability
        for call in rules.capability[capability].calls
        if call.to in ends.get(callee, ()) and call.fallback
    )


def _changed(settings: LinkSettings, key: str, value: float | int | bool | None) -> LinkSettings:
    if key == "backoff":
        value = float(value or 0.0)
    change: dict[str, Any] = {_FIELDS.get(key, key): value}
    return replace(settings, **change)
