"""Numbers that are the same bits on every machine: arithmetic, keyed dice, digests."""
