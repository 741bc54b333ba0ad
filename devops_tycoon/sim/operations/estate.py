"""What a company owns and is on call for: services, stores, and their weekly cost."""

from devops_tycoon.sim.basis import Rules, World


def services_owned(world: World) -> int:
    """Return how many services of its own the company runs: each has a pipeline, a dashboard and a pager."""
    return sum(service.kind == "service" for service in world.services)


def pipeline_cents(world: World, rules: Rules) -> int:
    """Return what the pipelines of all services cost in a week."""
    return services_owned(world) * rules.balance.pipeline_cents_per_week


def tables_of(rules: Rules, capabilities: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tables that these capabilities own, in the company's order."""
    return tuple(node.id for node in rules.capability.values() if node.owner and node.owner in capabilities)
