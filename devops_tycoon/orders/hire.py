"""hire: hire engineers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import count
from devops_tycoon.sim.operations.measures import only_in_a_plan
from devops_tycoon.sim.people.team import HIRING_WEEKS, newcomers
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.text import plural


@dataclass(frozen=True)
class Hire(TypedOrder):
    """Hire engineers. They arrive after eight weeks and are paid from then on.

    For one quarter a new hire does half of the work of the others, is not on call, and costs a mentor a fifth of a
    month. More people now mean fewer engineer-weeks at first.
    """

    verb: ClassVar[str] = "hire"
    examples: ClassVar[tuple[str, ...]] = ("hire 2",)
    planning_only: ClassVar[bool] = True
    company_only: ClassVar[str] = NEEDS_COMPANY
    people: Annotated[int, Word(count(1, 1000, noun="a number of people"))]

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse more new hires than there are mentors."""
        if (why := only_in_a_plan(world)) is not None:
            return why
        if self.people + newcomers(world) > world.team.engineers:
            mentors, taught = plural(world.team.engineers, "engineer"), plural(newcomers(world), "new hire")
            return f"Each new hire needs a mentor: you have {mentors} and already {taught}."
        return None

    def lead_weeks(self, world: World, rules: Rules) -> int:
        """Return the weeks until they arrive."""
        return max(1, round(HIRING_WEEKS * dial(world, rules, "hiring")))

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Welcome them."""
        team = world.team
        team = replace(
            team,
            engineers=team.engineers + self.people,
            newcomers=team.newcomers + self.people,
            joined=(*team.joined, (world.week, self.people)),
        )
        return replace(world, team=team), (Fact("order", f"{plural(self.people, 'new engineer')} arrived."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield one more."""
        yield cls(1)
