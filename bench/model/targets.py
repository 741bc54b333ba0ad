"""Targets of the compiled kernel, so that a figure and what was hoped for stand side by side."""

GAME_PER_FLOW = 2.0
"""A whole tick of a game relative to its flow, at every size."""
PER_C = {("flow", 50): 12.0, ("flow", 1_000): 12.0}
"""Times relative to the C loop's, by kernel and services."""
GROWTH_PER_C = 1.15
"""Growth of the cost per service and call from 50 to 10,000 services, relative to the C loop's own growth."""


def per_c(services: int, kernels: tuple[str, ...]) -> dict[str, float]:
    """Return the targets of those of the kernels that have one at this size."""
    return {name: PER_C[name, services] for name in kernels if (name, services) in PER_C}
