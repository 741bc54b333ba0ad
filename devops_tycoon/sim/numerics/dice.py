"""Keyed dice: a roll is a hash of seed, tick and label, so a new roll never shifts an old one."""

from hashlib import blake2b

_DENOMINATOR = 1 << 53


def roll(seed: int, tick: int, *label: str | int) -> float:
    """Return a number in [0, 1) that depends on nothing but the arguments."""
    text = "\x1f".join([str(seed), str(tick), *map(str, label)])
    digest = blake2b(text.encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / _DENOMINATOR


def pick(seed: int, tick: int, among: int, *label: str | int) -> int:
    """Return a whole number from 0 to `among` − 1."""
    return int(roll(seed, tick, *label) * among)
