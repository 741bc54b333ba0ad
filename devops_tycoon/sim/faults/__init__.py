"""Faults: when they strike, whom, and what ends them."""
