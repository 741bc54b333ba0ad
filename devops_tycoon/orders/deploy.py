"""deploy web how=rolling: ship the changes of a service that wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from devops_tycoon.orders.forms import choice, named
from devops_tycoon.orders.notation import Option, TypedOrder, Word
from devops_tycoon.sim.delivery.changes import deployable
from devops_tycoon.sim.delivery.methods import method_of, why_not
from devops_tycoon.sim.delivery.rollout import deployed, under_way
from devops_tycoon.sim.kinds import Method
from devops_tycoon.sim.operations.services import find, no_such
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.delivery import METHODS
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NO_DEPLOYMENTS, Order
from devops_tycoon.sim.values.world import World

BY_HAND_S = 2400
"""Forty minutes of somebody's hands for one deploy without a pipeline [design value]."""


@dataclass(frozen=True)
class Deploy(TypedOrder):
    """Ship all changes of a service that wait, as one version.

    Every change may be bad, so a large batch is bad more often, and what is bad in it is harder to find. By hand it
    takes somebody forty minutes. `big-bang` replaces all replicas at once, with a short outage; `rolling` one after
    the other; `blue-green` switches to a second fleet and, for ten minutes, back at once; `canary` gives it to a tenth
    of the replicas first and compares.
    """

    verb: ClassVar[str] = "deploy"
    key: ClassVar[str] = "d"
    footer: ClassVar[str] = "Deploy"
    footer_rank: ClassVar[int] = 1
    footer_phases: ClassVar[tuple[str, ...]] = ("shift",)
    examples: ClassVar[tuple[str, ...]] = ("deploy web", "deploy web how=rolling")
    company_only: ClassVar[str] = NO_DEPLOYMENTS
    service: Annotated[str, Word(named("SERVICE", "a service"))]
    how: Annotated[Method | Literal[""], Option("how", choice(*METHODS), blank=True)] = ""
    """Empty: as decided with `deliver`."""

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse where nothing waits, something is under way, or the way is not open yet."""
        service = find(world, self.service)
        if service is None:
            return no_such(world, self.service)
        if service.kind != "service":
            return f"{service.id} is a {service.kind}; changes are made to services."
        if world.phase == "planning":
            return "Changes become ready in the shift; begin it first."
        if world.delivery.frozen:
            return "A freeze is on; thaw first."
        if under_way(world, service.id):
            return f"A version of {service.id} is being rolled out already; wait for it, or rollback {service.id}."
        if any(isinstance(p.order, Deploy) and p.order.service == service.id for p in world.pending):
            return f"{service.id} is being deployed already."
        if not deployable(world, service.id):
            held = next((ready.changes for ready in world.delivery.ready if ready.service == service.id), 0)
            return f"{service.id} has no changes to deploy yet." + (f" {held} are not free yet." if held else "")
        return why_not(world, rules, service.id, self.how) if self.how else None

    def hands_s(self, world: World, rules: Rules) -> int:
        """Return how long somebody is busy with it: forty minutes by hand."""
        return int(BY_HAND_S * dial(world, rules, "deploy_hands"))

    def delay_s(self, world: World, rules: Rules) -> int:
        """Wait for the same hands: the new version starts when they have done all steps before."""
        return self.hands_s(world, rules)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Begin the roll-out of all that waits by then."""
        how = self.how or method_of(world, rules, self.service)
        if why_not(world, rules, self.service, how):
            how = method_of(world, rules, self.service)
        return deployed(world, rules, self.service, how)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield a deploy of everything that waits."""
        for service in world.services:
            if deployable(world, service.id):
                yield cls(service.id)
