"""The channels between columns: one net per caller, one track per net, never two lines on top of each other.

Left of its track a net fills the rows on which it starts (its left rows), right of it the rows on which it ends.
So a net that starts on a row must turn away before another net ends on that row. Where such wishes form a circle, a
net is split in two legs joined on a row that nothing else uses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Net:
    """All lines of one caller (or, backwards, of one callee) in one channel, as the rows they touch at both sides."""

    left: frozenset[int]
    right: frozenset[int]

    def straight(self) -> bool:
        """Return whether the net is one horizontal line that needs no track."""
        return len(self.left | self.right) == 1


@dataclass(slots=True)
class Leg:
    """One vertical line: its track, and the rows it serves; `link` is the row on which the legs of a split net meet."""

    net: int
    left: frozenset[int]
    right: frozenset[int]
    link: int | None = None
    track: int = -1
    after: set[int] = field(default_factory=set)
    top: int = 0
    bottom: int = 0

    def measure(self) -> None:
        """Set the rows between which the vertical line runs."""
        rows = self.left | self.right if self.link is None else self.left | self.right | {self.link}
        self.top, self.bottom = min(rows), max(rows)


def _cost(first: Leg, second: Leg) -> int:
    """Return how many lines cross if the first leg stands left of the second."""
    if first.top > second.bottom or second.top > first.bottom:
        return 0
    cost = 0
    for row in second.left:
        cost += first.top < row < first.bottom
    for row in first.right:
        cost += second.top < row < second.bottom
    return cost


def _free_row(used: set[int], leg: Leg) -> int:
    middle = (leg.top + leg.bottom) // 2
    for distance in range(10_000):
        for row in (middle + distance, middle - distance):
            if row >= 0 and row not in used:
                return row
    raise AssertionError("a channel has a free row below its last one")


def route(nets: Sequence[Net]) -> tuple[list[Leg], int]:
    """Return the legs of the nets with their tracks, and how many tracks the channel needs."""
    legs = [Leg(k, net.left, net.right) for k, net in enumerate(nets) if not net.straight()]
    used = {row for net in nets for row in net.left | net.right}
    for leg in legs:
        leg.measure()
    for leg in legs:
        leg.after = {k for k, other in enumerate(legs) if other is not leg and other.left & leg.right}
    cost = {(a, b): _cost(legs[a], legs[b]) for a in range(len(legs)) for b in range(len(legs)) if a != b}
    todo = set(range(len(legs)))
    done: list[Leg] = []
    tracks = 0
    while todo:
        ready = [k for k in todo if not legs[k].after & todo]
        if ready:
            chosen = min(ready, key=lambda k: (sum(cost[k, j] - cost[j, k] for j in todo if j != k), legs[k].top, k))
            leg = legs[chosen]
            todo.remove(chosen)
        else:
            chosen = min((k for k in todo if legs[k].link is None), key=lambda k: (len(legs[k].after & todo), k))
            leg = _split(legs, chosen, todo, used, cost)
        leg.track = 1 + max(
            (
                other.track
                for other in done
                if _meets(other, leg) or other.left & leg.right or other.link == leg.link is not None
            ),
            default=-1,
        )
        tracks = max(tracks, leg.track + 1)
        done.append(leg)
    return done, tracks


def _meets(one: Leg, other: Leg) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom


def _split(legs: list[Leg], chosen: int, todo: set[int], used: set[int], cost: dict[tuple[int, int], int]) -> Leg:
    """Return the part of a net that may turn now; the rest, joined to it on a free row, waits for later."""
    whole = legs[chosen]
    waits = whole.after & todo
    blocked = frozenset(row for row in whole.right if any(row in legs[k].left for k in waits))
    link = _free_row(used, whole)
    used.add(link)
    first = Leg(whole.net, whole.left, whole.right - blocked, link)
    first.measure()
    rest = Leg(whole.net, frozenset(), blocked, link, after=waits)
    rest.measure()
    legs[chosen] = rest
    for k in todo:
        if k != chosen:
            legs[k].after = legs[k].after - {chosen}
            cost[k, chosen], cost[chosen, k] = _cost(legs[k], rest), _cost(rest, legs[k])
    return first
