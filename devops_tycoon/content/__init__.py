"""Content: TOML files read strictly into the values of `sim.rules.rules`."""
