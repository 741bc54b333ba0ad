"""set web>db timeout=300ms retries=1: how one service calls another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from devops_tycoon.orders.notation import count, milliseconds, name, only, switch, written_ms
from devops_tycoon.sim.company import find, neighbours, no_such
from devops_tycoon.sim.dials import dial, unlocked
from devops_tycoon.sim.facts import Fact
from devops_tycoon.sim.modifiers import settings_of
from devops_tycoon.sim.order import NotationError, Order
from devops_tycoon.sim.rules import LinkSettings, Rules
from devops_tycoon.sim.world import Link, World


@dataclass(frozen=True)
class Set(Order):
    """Change how one service calls another: timeout, retries, backoff, fallback, breaker.

    A timeout limits how long a worker is held by a slow answer; a call that is given up fails, unless a fallback is
    on. Retries rescue blips and multiply load. A fallback answers with something prepared (a degraded answer).
    A breaker stops asking for 5 s when half of the calls of the last 10 s failed, then probes: calls fail at once
    instead of holding workers, and the callee gets air.
    """

    verb: ClassVar[str] = "set"
    key: ClassVar[str] = "e"
    usage: ClassVar[str] = (
        "set CALLER>CALLEE [timeout=TIME|off] [retries=N] [backoff=TIME|off] [fallback=on|off] [breaker=on|off]"
    )
    caller: str
    callee: str
    changes: tuple[tuple[str, float | int | bool | None], ...]

    @classmethod
    def parse(cls, words: list[str], options: dict[str, str]) -> Self:
        """Read `web>db timeout=300ms`."""
        only(options, "timeout", "retries", "backoff", "fallback", "breaker")
        caller, arrow, callee = words[0].partition(">") if len(words) == 1 else ("", "", "")
        if not arrow:
            raise NotationError("expected one link CALLER>CALLEE")
        changes: list[tuple[str, float | int | bool | None]] = []
        for key in ("timeout", "retries", "backoff", "fallback", "breaker"):
            if key not in options:
                continue
            if key in ("timeout", "backoff"):
                changes.append((key, milliseconds(options[key])))
            elif key == "retries":
                changes.append((key, count(options[key], 0, 10)))
            else:
                changes.append((key, switch(options[key])))
        if not changes:
            raise NotationError("nothing is set")
        return cls(name(caller), name(callee), tuple(changes))

    def __str__(self) -> str:
        """Return the notation."""
        return f"{self.verb} {self.caller}>{self.callee} " + " ".join(_written(k, v) for k, v in self.changes)

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse links that do not exist."""
        for end in (self.caller, self.callee):
            if find(world, end) is None:
                return no_such(world, end)
        if (self.caller, self.callee) not in neighbours(world, rules):
            callees = [b for a, b in neighbours(world, rules) if a == self.caller]
            calls = f"{self.caller} calls {', '.join(callees)}." if callees else f"{self.caller} calls nobody."
            return f"{self.caller} does not call {self.callee}; {calls}"
        if ("fallback", True) in self.changes and not fallbacks(world, rules, self.caller, self.callee):
            return f"Nothing is prepared that {self.caller} could show instead of an answer from {self.callee}."
        for key, value in self.changes:
            if value and (why := unlocked(world, rules, f"{self.verb}.{key}")):
                return why
        return None

    def delay_s(self, world: World, rules: Rules) -> int:
        """Wait for the review, where configuration is treated as code."""
        return int(dial(world, rules, "edit_s"))

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Change the settings of the link."""
        settings = settings_of(world, rules, self.caller, self.callee)
        for key, value in self.changes:
            settings = _changed(settings, key, value)
        links = tuple(link for link in world.links if (link.caller, link.callee) != (self.caller, self.callee))
        text = f"{self.caller} calls {self.callee} with " + ", ".join(_written(k, v) for k, v in self.changes) + "."
        return replace(world, links=(*links, Link(self.caller, self.callee, settings))), (
            Fact("order", text, self.caller),
        )

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield usual settings of every link."""
        for caller, callee in neighbours(world, rules):
            yield cls(caller, callee, (("timeout", 300.0),))
            yield cls(caller, callee, (("retries", 2),))
            if fallbacks(world, rules, caller, callee):
                yield cls(caller, callee, (("timeout", 300.0), ("fallback", True)))


def fallbacks(world: World, rules: Rules, caller: str, callee: str) -> tuple[str, ...]:
    """Return what the caller could show instead of answers from the callee."""
    ends = {service.id: service.capabilities for service in world.services}
    return tuple(
        call.fallback
        for capability in ends.get(caller, ())
        if capability in rules.capability
        for call in rules.capability[capability].calls
        if call.to in ends.get(callee, ()) and call.fallback
    )


def _changed(settings: LinkSettings, key: str, value: float | int | bool | None) -> LinkSettings:
    if key == "timeout":
        return replace(settings, timeout_ms=value)
    if key == "retries":
        return replace(settings, retries=int(value or 0))
    if key == "backoff":
        return replace(settings, backoff_ms=float(value or 0.0))
    if key == "fallback":
        return replace(settings, fallback=bool(value))
    return replace(settings, breaker=bool(value))


def _written(key: str, value: float | int | bool | None) -> str:
    if isinstance(value, bool):
        return f"{key}={'on' if value else 'off'}"
    if key == "retries":
        return f"retries={value}"
    return f"{key}={written_ms(None if value is None else float(value))}"
