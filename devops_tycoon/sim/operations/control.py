"""The control plane: what starts, stops and lists replicas. Where it is down, replicas that run go on running."""

from devops_tycoon.sim.basis import Rules, World, dial

CONTROL_PLANE = "control-plane"
"""The target of cards that act on it."""
NO_CONTROL = "The provider's control plane is down: no replica starts, stops or restarts until it is back"


def control_plane(world: World, rules: Rules) -> bool:
    """Say whether replicas can be started, stopped and taken off the lists now."""
    if not any(fault.target == CONTROL_PLANE for fault in world.faults):
        return True
    return dial(world, rules, "static") > 0


def no_control(world: World, rules: Rules) -> str | None:
    """Return the sentence that refuses what needs a control plane, or None.

    It reads the faults, so it is asked when an order takes effect; what is *seen* knows of none.
    """
    if control_plane(world, rules):
        return None
    known = any(practice.id == "static-stability" for practice in rules.offers)
    return NO_CONTROL + ("; static-stability would have done without it." if known else ".")
