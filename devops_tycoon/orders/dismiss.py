"""dismiss: dismiss engineers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import count
from devops_tycoon.sim.kinds import Heading
from devops_tycoon.sim.operations.measures import only_in_a_plan
from devops_tycoon.sim.people.team import SEVERANCE_WEEKS, dismissed, effort_of
from devops_tycoon.sim.text import plural


@dataclass(frozen=True)
class Dismiss(TypedOrder):
    """Dismiss engineers, to spend less when money runs out.

    They leave at once, with four weeks' pay. The quarter has fewer engineer-weeks, fewer people share the on-call
    rota, and those who stay sleep worse.
    """

    verb: ClassVar[str] = "dismiss"
    examples: ClassVar[tuple[str, ...]] = ("dismiss 1",)
    planning_only: ClassVar[bool] = True
    heading: ClassVar[Heading] = "salaries"
    company_only: ClassVar[str] = NEEDS_COMPANY
    people: Annotated[int, Word(count(1, 1000, noun="a number of people"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse to dismiss everyone, or people whose weeks are planned."""
        if (why := only_in_a_plan(world)) is not None:
            return why
        if self.people >= world.team.engineers:
            return f"You have {plural(world.team.engineers, 'engineer')}; at least one must stay."
        if self._gone(world, rules) > world.effort:
            return "Their weeks are already planned; undo an order first."
        return None

    def _gone(self, world: World, rules: Rules) -> int:
        """Return the tenths of engineer-weeks that the quarter loses with them."""
        left = dismissed(world.team, self.people)
        return max(0, effort_of(world, rules) - effort_of(replace(world, team=left), rules))

    def price_cents(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return their severance pay."""
        return self.people * SEVERANCE_WEEKS * rules.scenario.company_mode.salary_cents_per_week

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Let them go."""
        left = dismissed(world.team, self.people)
        world = replace(world, effort=world.effort - self._gone(world, rules), team=left)
        return world, (Fact("order", f"{plural(self.people, 'engineer')} dismissed; {left.engineers} left."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield one where cash does not cover the next quarter's salaries."""
        if world.cash_cents < 13 * world.team.engineers * rules.scenario.company_mode.salary_cents_per_week:
            yield cls(1)
