"""deploy: deploy the waiting changes of a service."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from devops_tycoon.orders.basis import Fact, Option, Order, Rules, TypedOrder, Word, World
from devops_tycoon.orders.forms import choice, named
from devops_tycoon.sim.delivery.changes import deployable
from devops_tycoon.sim.delivery.methods import method_of, why_not
from devops_tycoon.sim.delivery.rollout import deployed, under_way
from devops_tycoon.sim.kinds import Method
from devops_tycoon.sim.operations.services import find, no_such
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.values.delivery import METHODS
from devops_tycoon.sim.values.order import NO_DEPLOYMENTS

BY_HAND_S = 2400
"""A responder's time for one deploy without a pipeline: forty minutes [design value]."""


@dataclass(frozen=True)
class Deploy(TypedOrder):
    """Deploy all waiting changes of a service as one version.

    Any change may be bad, so a large batch is bad more often, and the fault in it is harder to find. Without a
    pipeline a deploy takes a responder forty minutes. `big-bang` replaces all replicas at once, with a short outage;
    `rolling` replaces one after the other; `blue-green` switches to a second fleet and, for ten minutes, can switch
    back at once; `canary` gives the version to a tenth of the replicas first and compares.
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
        """Refuse where no changes wait, a rollout is in progress, or the method is not available yet."""
        service = find(world, self.service)
        if service is None:
            return no_such(world, self.service)
        if service.kind != "service":
            return f"{service.id} is a {service.kind}; only services are deployed."
        if world.phase == "planning":
            return "Changes become ready during the shift; begin it first."
        if world.delivery.frozen:
            return "Deploys are frozen; thaw first."
        if under_way(world, service.id):
            return f"A version of {service.id} is already rolling out; wait for it, or rollback {service.id}."
        if any(isinstance(p.order, Deploy) and p.order.service == service.id for p in world.pending):
            return f"{service.id} is already being deployed."
        if not deployable(world, service.id):
            held = next((ready.changes for ready in world.delivery.ready if ready.service == service.id), 0)
            return f"{service.id} has no changes to deploy yet." + (f" Not released yet: {held}." if held else "")
        return why_not(world, rules, service.id, self.how) if self.how else None

    def busy_s(self, world: World, rules: Rules) -> int:
        """Return a responder's time: forty minutes by hand."""
        return int(BY_HAND_S * dial(world, rules, "deploy_hands"))

    def delay_s(self, world: World, rules: Rules) -> int:
        """Return the same time: the new version starts after the steps that are done by hand."""
        return self.busy_s(world, rules)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Start the rollout of all changes that wait by then."""
        how = self.how or method_of(world, rules, self.service)
        if why_not(world, rules, self.service, how):
            how = method_of(world, rules, self.service)
        return deployed(world, rules, self.service, how)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield a deploy of every service with waiting changes."""
        for service in world.services:
            if deployable(world, service.id):
                yield cls(service.id)
