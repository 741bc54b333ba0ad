"""How timed requests end, for many at once: what `_limited` of the plain kernel's `up.py` does for one."""

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, Mask
from devops_tycoon.lab.vector.sojourn import limited

_APART = 0.2


class Tails:
    """Requests limited by time, before their own failures are known; all arrays are (requests, columns)."""

    __slots__ = ("first", "second", "share", "split", "tail", "with_it", "without")

    def __init__(
        self,
        tail: Array,
        first: Array,
        second: Array,
        split: Mask | None,
        share: Array,
        with_it: Array,
        without: Array,
    ) -> None:
        self.tail = tail
        self.first = first
        self.second = second
        self.split = split
        """Where answers with and without the branch are fitted apart; None: nowhere."""
        self.share = share
        self.with_it = with_it
        self.without = without

    @classmethod
    def blank(cls, requests: int, columns: int) -> "Tails":
        """Return tails that are still to be put in."""
        tail, first, second, share, with_it, without = np.zeros((6, requests, columns))
        return cls(tail, first, second, np.zeros((requests, columns), dtype=bool), share, with_it, without)

    def put(self, rows: Index | slice, columns: Index | slice, part: "Tails") -> None:
        """Put in these requests or columns of blank tails, and whether they are split."""
        self.tail[rows, columns], self.first[rows, columns] = part.tail, part.first
        self.second[rows, columns] = part.second
        if self.split is None:
            return
        if part.split is None:
            self.split[rows, columns] = False
            return
        self.split[rows, columns], self.share[rows, columns] = part.split, part.share
        self.with_it[rows, columns], self.without[rows, columns] = part.with_it, part.without

    def complete(self) -> "Tails":
        """Return these tails when all are put in: split nowhere is None."""
        if self.split is not None and not np.count_nonzero(self.split):
            self.split = None
        return self

    def narrowed(self, columns: Index) -> "Tails":
        """Return only these columns."""
        if self.split is None:
            none = self.tail[:0]
            return Tails(self.tail[:, columns], self.first[:, columns], self.second[:, columns], None, none, none, none)
        return Tails(
            self.tail[:, columns],
            self.first[:, columns],
            self.second[:, columns],
            self.split[:, columns],
            self.share[:, columns],
            self.with_it[:, columns],
            self.without[:, columns],
        )

    def rows(self, rows: Index) -> "Tails":
        """Return only these requests."""
        if self.split is None:
            none = self.tail[:0]
            return Tails(self.tail[rows], self.first[rows], self.second[rows], None, none, none, none)
        return Tails(
            self.tail[rows],
            self.first[rows],
            self.second[rows],
            self.split[rows],
            self.share[rows],
            self.with_it[rows],
            self.without[rows],
        )

    def well(self, fails: Array, good: Array) -> Array:
        """Return the probability of a good answer in time: `fails` is the branch's risk, `good` the answer's."""
        well = (1.0 - self.tail) * good
        if self.split is None:
            return well
        at = np.flatnonzero(self.split)
        share, risk, right = self.share.ravel()[at], fails.ravel()[at], good.ravel()[at]
        both = share * risk
        plain = np.where(both < 1.0, np.minimum(1.0, right / (1.0 - both)), 0.0)
        with_it, without = self.with_it.ravel()[at], self.without.ravel()[at]
        well.reshape(-1)[at] = plain * (share * (1.0 - risk) * (1.0 - with_it) + (1.0 - share) * (1.0 - without))
        return well


def tails_of(
    waiting: Array,
    fixed: Array,
    theta: Array,
    mean: Array,
    var: Array,
    share: Array,
    extra: Array,
    extra_var: Array,
    limit: Array,
) -> Tails:
    """Return how requests end that wait so, take so long and are given up at `limit` (a column)."""
    shape = waiting.shape
    limits = np.repeat(limit[:, 0], shape[1])
    apart = share * (1.0 - share) * extra * extra
    split = apart > _APART * var
    w, f, t = waiting.ravel(), fixed.ravel(), theta.ravel()
    if not np.count_nonzero(split):
        tail, first, second = limited(w, f, t, mean.ravel(), var.ravel(), limits)
        none = waiting[:0]
        return Tails(tail.reshape(shape), first.reshape(shape), second.reshape(shape), None, none, none, none)
    at = (split.ravel()).nonzero()[0]
    means, vars_ = mean.ravel().copy(), var.ravel().copy()
    part, more, more_var = share.ravel()[at], extra.ravel()[at], extra_var.ravel()[at]
    base = np.maximum(0.0, means[at] - part * more)
    base_var = np.maximum(0.0, vars_[at] - part * more_var - apart.ravel()[at])
    means[at] = base + more
    vars_[at] = np.maximum(0.0, base_var + more_var)
    tail, first, second = limited(
        np.concatenate((w, w[at])),
        np.concatenate((f, f[at])),
        np.concatenate((t, t[at])),
        np.concatenate((means, base)),
        np.concatenate((vars_, base_var)),
        np.concatenate((limits, limits[at])),
    )
    size = len(w)
    rest = 1.0 - part
    with_it, without = np.zeros(size), np.zeros(size)
    with_it[at], without[at] = tail[at], tail[size:]
    for values in (tail, first, second):
        values[at] = part * values[at] + rest * values[size:]
    return Tails(
        tail[:size].reshape(shape),
        first[:size].reshape(shape),
        second[:size].reshape(shape),
        split,
        share,
        with_it.reshape(shape),
        without.reshape(shape),
    )
