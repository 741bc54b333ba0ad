"""Architecture that a company has built, laid over its network: caches, copies, shards, queues, doors, places.

Faults act on services first; what is laid over them afterwards inherits what they did. Nothing is stored.
"""

from devops_tycoon.sim.architecture.doors import doors, edge
from devops_tycoon.sim.architecture.draft import Draft
from devops_tycoon.sim.architecture.places import in_places, moved_users, zones_in_turn
from devops_tycoon.sim.architecture.queues import queued
from devops_tycoon.sim.architecture.stores import copied, quorums, sharded
from devops_tycoon.sim.basis import Rules, World
from devops_tycoon.sim.flow.network import Network

LAYERS = (zones_in_turn, in_places, quorums, copied, sharded, queued, doors, moved_users, edge)
"""In this order, from the disks to the members; each leaves a network that does not use it as it is."""


def laid_over(network: Network, world: World, rules: Rules) -> Network:
    """Return the network with the active architecture; the same object if there is none."""
    if not world.practices and not world.faults:
        return network
    draft = Draft.of(network)
    for layer in LAYERS:
        layer(draft, world, rules)
    return draft.network(network)
