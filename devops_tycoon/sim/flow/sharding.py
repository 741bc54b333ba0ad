"""Which share of the requests each shard of a store gets: keys are asked for unequally, and a key is on one shard.

Keys are asked for after Zipf's law (the key of rank r with weight r^−s; L. Breslau and others, *Web Caching and
Zipf-like Distributions*, INFOCOM 1999, found s of 0.6 to 0.8 on the web) and dealt to shards by a fixed hash. More
shards thin out the many, but the hottest key stays whole: no shard count makes its shard's share smaller than its own.
"""

from functools import lru_cache
from hashlib import blake2b

from devops_tycoon.sim.numerics.exact import exp, log

MOST_KEYS = 100_000


def shard_of(key: int, shards: int) -> int:
    """Return the shard (0 … shards − 1) on which a key is; the same everywhere and forever."""
    return int.from_bytes(blake2b(b"%d" % key, digest_size=8, key=b"shard").digest(), "little") % shards


@lru_cache(maxsize=64)
def weights(keys: int, skew: float) -> tuple[float, ...]:
    """Return the share of the requests that asks for each key, hottest first; `skew` is Zipf's s, 0 = all alike."""
    found = [exp(-skew * log(float(rank))) for rank in range(1, keys + 1)]
    total = 0.0
    for weight in found:
        total += weight
    return tuple([weight / total for weight in found])


@lru_cache(maxsize=64)
def shares(shards: int, keys: int, skew: float) -> tuple[float, ...]:
    """Return the share of the requests that each shard gets."""
    found = [0.0] * shards
    for key, weight in enumerate(weights(keys, skew)):
        found[shard_of(key, shards)] += weight
    return tuple(found)
