"""Stratified samples in fixed orders, without a generator (MODEL L)."""

from functools import lru_cache

from devops_tycoon.sim.numerics.exact import log

SAMPLES = 512


def mixed(x: int) -> int:
    """Return 64 well mixed bits (the finaliser of splitmix64, S. Vigna 2015)."""
    z = (x * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return z ^ (z >> 31)


@lru_cache(maxsize=1024)
def permuted_draws(key: int) -> tuple[float, ...]:
    """Return 512 numbers, one from the middle of each 512th of 0…1, in an order fixed by `key`."""
    base = key * SAMPLES + 1
    return tuple([(i + 0.5) / SAMPLES for i in sorted(range(SAMPLES), key=lambda i: mixed(base + i))])


@lru_cache(maxsize=1024)
def exponentials(key: int) -> tuple[float, ...]:
    """Return the samples as exponential draws of mean 1, in the order of the key."""
    return tuple([-log(u) for u in permuted_draws(key)])
