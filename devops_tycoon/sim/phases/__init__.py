"""The rules of one tick, one file each; their order stands in `sim.step.PHASES`."""
