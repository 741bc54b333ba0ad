"""adopt: adopt a practice: learn, buy or build it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import Form, named
from devops_tycoon.sim.kinds import Heading
from devops_tycoon.sim.operations.services import find, may_wait, neighbours, no_such, unknown
from devops_tycoon.sim.partition.repartition import repartitioned
from devops_tycoon.sim.rules.practice import KINDS, Practice
from devops_tycoon.sim.text import listed
from devops_tycoon.sim.values.world import Adopted


def _target(text: str) -> str:
    ends = text.split(">")
    if len(ends) > 2:
        raise ValueError
    return ">".join(map(named("SERVICE", "a service").reader, ends))


_TARGET = Form("SERVICE | STORE | CALLER>CALLEE", "a service, a store or a link such as web>db", _target)


@dataclass(frozen=True)
class Adopt(TypedOrder):
    """Adopt a practice, for the company or for one service, store or link.

    It takes engineer-weeks of this plan and sometimes money, and is active after its lead time. Every practice has
    trade-offs; its page names them.
    """

    verb: ClassVar[str] = "adopt"
    examples: ClassVar[tuple[str, ...]] = ("adopt runbooks", "adopt baked-image web", "adopt queue web>mail")
    heading: ClassVar[Heading] = "practices"
    planning_only: ClassVar[bool] = True
    company_only: ClassVar[str] = NEEDS_COMPANY
    practice: Annotated[str, Word(named("PRACTICE", "a practice"))]
    target: Annotated[str, Word(_TARGET)] = ""

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what is not on offer, does not fit its target, or lacks what it is built on."""
        if world.phase != "planning":
            return "Practices are adopted only while planning."
        offered = {practice.id: practice for practice in rules.offers}
        practice = offered.get(self.practice)
        if practice is None:
            return unknown("practice", self.practice, offered)
        if self._known(world, rules):
            return f"{practice.title} is already active or in progress."
        missing = [need for need in practice.needs if not any(a.practice == need for a in world.practices)]
        if missing:
            titles = listed([rules.practice[need].title for need in missing])
            return f"{practice.title} needs {titles}; adopt {listed(missing)} first."
        return self._misfit(world, rules, practice)

    def _known(self, world: World, rules: Rules) -> bool:
        return any(self._is(a) and not fades(rules, a) for a in world.practices) or any(
            project.order == self for project in world.projects
        )

    def _is(self, adopted: Adopted) -> bool:
        return (adopted.practice, adopted.target) == (self.practice, self.target)

    def _misfit(self, world: World, rules: Rules, practice: Practice) -> str | None:
        """Return the sentence that the practice does not fit its target, or None."""
        if any(setting.dial == "zones" for setting in practice.settings) and rules.scenario.zones < 2:
            return "This scenario has only one zone."
        if practice.scope == "company":
            return f"{practice.title} is for the whole company; leave {self.target} out." if self.target else None
        if not self.target:
            which = "CALLER>CALLEE" if practice.scope == "link" else "its name"
            return f"{practice.title} is for one {practice.scope}; add {which}."
        if practice.scope == "link":
            pair = tuple(self.target.split(">"))
            if pair not in neighbours(world, rules):
                return unknown(
                    "link", self.target, [f"{caller}>{callee}" for caller, callee in neighbours(world, rules)]
                )
            if any(setting.dial == "queued" for setting in practice.settings) and not may_wait(world, rules, *pair):
                return f"{pair[0]} needs every answer of {pair[1]} at once; a queue is for calls that can wait."
            return None
        service = find(world, self.target)
        if service is None:
            return no_such(world, self.target)
        if service.kind not in KINDS[practice.scope]:
            return f"{service.id} is a {service.kind}, not a {' or '.join(KINDS[practice.scope])}."
        return None

    def price_cents(self, world: World, rules: Rules) -> int:
        """Return what it costs once."""
        practice = rules.practice.get(self.practice)
        return _lessened(world, practice, practice.price_cents) if practice else 0

    def effort(self, world: World, rules: Rules) -> int:
        """Return its engineer-weeks."""
        practice = rules.practice[self.practice]
        return _lessened(world, practice, practice.effort)

    def lead_weeks(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the weeks until it is active."""
        return rules.practice[self.practice].lead_weeks

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Make it active."""
        adopted = Adopted(self.practice, self.target, world.week)
        where = f" for {self.target}" if self.target else ""
        text = f"{rules.practice[self.practice].title}{where}: active."
        others = tuple(other for other in world.practices if not self._is(other))
        after = replace(world, practices=(*others, adopted))
        return repartitioned(world, after, rules), (Fact("order", text, self.target),)  # it may have built new pools

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield every practice on offer, for every target that it fits."""
        for practice in rules.offers:
            if practice.scope == "company":
                yield cls(practice.id)
            elif practice.scope == "link":
                for caller, callee in neighbours(world, rules):
                    yield cls(practice.id, f"{caller}>{callee}")
            else:
                for service in world.services:
                    if service.kind in KINDS[practice.scope]:
                        yield cls(practice.id, service.id)


def fades(rules: Rules, adopted: Adopted) -> bool:
    """Say whether all that a practice gives wears off: what has to be rehearsed can be adopted again at any time."""
    settings = rules.practice[adopted.practice].settings
    return bool(settings) and all(setting.weeks for setting in settings)


def _lessened(world: World, practice: Practice, price: int) -> int:
    """Return a price or an effort, halved after a postmortem of a failure that the practice answers."""
    return (price + 1) // 2 if any(card in world.studied for card in practice.answers) else price
