"""Questions about and changes of the autoscalers of a world."""

from devops_tycoon.sim.basis import Service, World, replace
from devops_tycoon.sim.flow.autoscale import Autoscaler, Fleet
from devops_tycoon.sim.values.service import Scaler


def scaler_of(world: World, service: str) -> Scaler | None:
    """Return the autoscaler of a service, or None."""
    for scaler in world.scalers:
        if scaler.service == service:
            return scaler
    return None


def without_scaler(world: World, service: str) -> World:
    """Return the world in which a service keeps its replicas; those that are starting never join."""
    return replace(world, scalers=tuple(scaler for scaler in world.scalers if scaler.service != service))


def with_scaler(world: World, service: Service, settings: Autoscaler) -> World:
    """Return the world in which a service has this autoscaler; it takes up what one before knew."""
    before = scaler_of(world, service.id)
    fleet = before.fleet if before else Fleet(service.replicas, recent=(service.replicas,))
    scaler = Scaler(service.id, settings, fleet)
    return replace(world, scalers=(*without_scaler(world, service.id).scalers, scaler))
