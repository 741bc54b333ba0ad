"""Sums in the plain kernel's order, and shares of good calls, for arrays."""

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, column, indices


class Sums:
    """Adds rows to their targets one after another, as a loop of `+=` from 0.0 does; never in pairs."""

    __slots__ = ("_flat", "count", "index", "plain")

    def __init__(self, index: list[int], count: int) -> None:
        self.index = indices(index)
        self.count = count
        self.plain = index == list(range(count))
        self._flat: dict[int, Index] = {}

    def __call__(self, values: Array) -> Array:
        """Return the sums as (count, columns); the very same array if every target has one row."""
        if self.plain:
            return values
        columns: int = values.shape[1]
        flat: Index | None = self._flat.get(columns)
        if flat is None:
            if len(self._flat) > 2:  # a settling batch has many widths
                self._flat.clear()
            flat = self._flat[columns] = (self.index[:, None] * columns + np.arange(columns)).ravel()
        sums = np.bincount(flat, values.ravel(), self.count * columns)
        return sums.reshape(self.count, columns).astype(np.float64, copy=False)


def product(values: Array, starts: Index) -> Array:
    """Return the products of the rows from each start to the next, multiplied one after another."""
    done: Array = np.multiply.reduceat(values, starts, axis=0)
    return done


class GoodShare:
    """The probability that all of k calls succeed, for rows with a fixed k each: `all_good` of the plain kernel."""

    __slots__ = ("bits", "rest", "single")

    def __init__(self, calls: list[float]) -> None:
        whole = np.array([int(k) for k in calls], dtype=np.intp).reshape(len(calls), 1)
        self.rest = column([k - int(k) for k in calls])
        self.single = all(k == 1.0 for k in calls)
        most = int(whole.max()) if calls else 0
        self.bits = [(whole >> place) & 1 == 1 for place in range(most.bit_length())]

    def __call__(self, fail: Array) -> Array:
        """Return the shares for the rows' failures."""
        base = 1.0 - fail
        if self.single:
            return base
        good = np.ones_like(base)
        for i, bit in enumerate(self.bits):
            good = np.where(bit, good * base, good)
            if i + 1 < len(self.bits):
                base = base * base
        good *= 1.0 - self.rest * fail
        return good


class MadeCalls:
    """How many of k calls, one after another, are made: `until_failure` of the plain kernel for required rows."""

    __slots__ = ("bits", "calls", "many", "rest")

    def __init__(self, calls: list[float], required: list[bool]) -> None:
        self.calls = column(calls)
        self.many: Index = np.array(
            [i for i, (k, must) in enumerate(zip(calls, required, strict=True)) if must and k > 1.0], dtype=np.intp
        )
        whole = np.array([int(calls[i]) for i in self.many], dtype=np.intp).reshape(len(self.many), 1)
        self.rest = column([calls[i] - int(calls[i]) for i in self.many])
        most = int(whole.max()) if len(self.many) else 0
        self.bits = [(whole >> place) & 1 == 1 for place in range(most.bit_length() - 1, -1, -1)]

    def __call__(self, fail: Array) -> Array:
        """Return calls made per request, (rows, columns) or a column if it is the same for all."""
        if len(self.many) == 0:
            return self.calls
        failing = fail[self.many]
        base = 1.0 - failing
        total, power = np.zeros_like(base), np.ones_like(base)
        for bit in self.bits:  # leading zeros: the total stays 0, the power 1
            total += power * total
            power *= power
            total = np.where(bit, total + power, total)
            power = np.where(bit, power * base, power)
        made = np.repeat(self.calls, fail.shape[1], axis=1)
        made[self.many] = np.where(failing <= 0.0, self.calls[self.many], total + self.rest * power)
        return made
