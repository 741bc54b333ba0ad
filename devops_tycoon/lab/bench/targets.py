"""What the kernels are meant to reach, so that a figure and what was hoped for stand side by side."""

GAME_PER_PLAIN = 1.6
"""A whole tick of a game relative to its flow, at every size."""
PER_C = {("plain", 50): 30.0, ("plain", 1_000): 40.0, ("numpy", 1_000): 8.0, ("numpy", 10_000): 2.5, ("batch", 50): 3.0}
"""Times relative to the C loop's, by kernel and services; of the batch, per seed."""
GROWTH = 1.25
"""Cost per service and call with 10,000 services relative to 50."""


def per_c(services: int, kernels: tuple[str, ...]) -> dict[str, float]:
    """Return the targets of those of the kernels that have one at this size."""
    return {name: PER_C[name, services] for name in kernels if (name, services) in PER_C}
