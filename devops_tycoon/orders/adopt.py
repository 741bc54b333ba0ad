"""adopt runbooks: learn, buy or build a practice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import Form, named
from devops_tycoon.orders.notation import TypedOrder, Word
from devops_tycoon.sim.kinds import Heading
from devops_tycoon.sim.operations.services import find, may_wait, neighbours, no_such, unknown
from devops_tycoon.sim.partition.repartition import repartitioned
from devops_tycoon.sim.rules.practice import KINDS, Practice
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.replace import replace
from devops_tycoon.sim.values.world import Adopted, World


def _target(text: str) -> str:
    ends = text.split(">")
    if len(ends) > 2:
        raise ValueError
    return ">".join(map(named("SERVICE", "a service").reader, ends))


_TARGET = Form("SERVICE | STORE | CALLER>CALLEE", "a service, a store or a link such as web>db", _target)


@dataclass(frozen=True)
class Adopt(TypedOrder):
    """Begin a practice, for the company or for one service, store or link, as its page says.

    It takes engineer-weeks of this plan and sometimes money, works after its lead time, and has a price besides:
    no practice is free.
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
            return "Practices are begun while planning."
        offered = {practice.id: practice for practice in rules.offers}
        practice = offered.get(self.practice)
        if practice is None:
            return unknown("practice", self.practice, offered)
        if self._known(world, rules):
            return f"{self.practice} is in force or under way already."
        missing = [need for need in practice.needs if not any(a.practice == need for a in world.practices)]
        if missing:
            return f"{self.practice} is built on {' and '.join(missing)}; adopt that first."
        return self._misfit(world, rules, practice)

    def _known(self, world: World, rules: Rules) -> bool:
        return any(self._is(a) and not fades(rules, a) for a in world.practices) or any(
            project.order == self for project in world.projects
        )

    def _is(self, adopted: Adopted) -> bool:
        return (adopted.practice, adopted.target) == (self.practice, self.target)

    def _misfit(self, world: World, rules: Rules, practice: Practice) -> str | None:
        """Say why the target is not one that the practice is for."""
        if any(setting.dial == "zones" for setting in practice.settings) and rules.scenario.zones < 2:
            return "There is only one zone here."
        if practice.scope == "company":
            return f"{practice.id} is for the whole company; name no target." if self.target else None
        if not self.target:
            return f"{practice.id} is for one {practice.scope}; say which."
        if practice.scope == "link":
            pair = tuple(self.target.split(">"))
            if pair not in neighbours(world, rules):
                return f"There is no link {self.target}."
            if any(setting.dial == "queued" for setting in practice.settings) and not may_wait(world, rules, *pair):
                return f"Every answer on {self.target} is needed at once; a queue is for what may come later."
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
        """Return the weeks until it works."""
        return rules.practice[self.practice].lead_weeks

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Bring it into force."""
        adopted = Adopted(self.practice, self.target, world.week)
        where = f" for {self.target}" if self.target else ""
        text = f"{rules.practice[self.practice].title}{where}: in force."
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
    """Say whether all that a practice gives wears off: what has to be rehearsed can be begun anew at any time."""
    settings = rules.practice[adopted.practice].settings
    return bool(settings) and all(setting.weeks for setting in settings)


def _lessened(world: World, practice: Practice, price: int) -> int:
    """Return a price, halved where a postmortem has shown what the practice is for."""
    return (price + 1) // 2 if any(card in world.studied for card in practice.answers) else price
