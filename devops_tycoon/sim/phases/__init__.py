"""The rules of one tick, one file each; `sim.step` holds their order."""
