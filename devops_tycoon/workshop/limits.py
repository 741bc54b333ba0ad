"""Limits on what arrives: by person, and by address only for what a class behind one address never does much of."""

import time
from collections import OrderedDict

_MOST_KEYS = 10_000


class Bucket:
    """A token bucket: so many at once, and so many a second."""

    def __init__(self, at_once: float, per_s: float) -> None:
        self._at_once, self._per_s = at_once, per_s
        self._left, self._then = at_once, time.monotonic()

    def take(self) -> bool:
        """Take one if there is one."""
        now = time.monotonic()
        self._left = min(self._at_once, self._left + (now - self._then) * self._per_s)
        self._then = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    @property
    def empty(self) -> bool:
        """Whether nothing could be taken now; nothing is taken."""
        return min(self._at_once, self._left + (time.monotonic() - self._then) * self._per_s) < 1


class Buckets:
    """A bucket for each of a bounded number of keys; the one that was not used for longest is forgotten."""

    def __init__(self, at_once: float, per_s: float) -> None:
        self._at_once, self._per_s = at_once, per_s
        self._of: OrderedDict[str, Bucket] = OrderedDict()

    def of(self, key: str) -> Bucket:
        """Return the bucket of a key."""
        bucket = self._of.pop(key, None) or Bucket(self._at_once, self._per_s)
        self._of[key] = bucket
        if len(self._of) > _MOST_KEYS:
            self._of.popitem(last=False)
        return bucket
