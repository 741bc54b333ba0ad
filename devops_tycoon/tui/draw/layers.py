"""The order inside each column: lanes for long calls, barycentre sweeps, transposition, and the order lock."""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from devops_tycoon.tui.draw.columns import Column, Pair

SWEEPS = 6


class Lane(NamedTuple):
    """A long line on its way through a column; all calls that leave one node share it (back: that enter one node)."""

    root: str
    column: Column
    back: bool


Item: TypeAlias = str | Lane


class Hop(NamedTuple):
    """The part of a call between two neighbouring columns, or next to one (`left` and `right` in the same column)."""

    gap: int  # the channel to the right of this column
    left: Item
    right: Item
    edge: int  # its place among the pairs
    back: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class MapOrder:
    """Which column each node is in and what stands above what; give it back to keep everybody's place."""

    columns: tuple[tuple[Column, tuple[Item, ...]], ...]


def hops_of(pairs: Sequence[Pair], column: Mapping[str, Column], index: Mapping[Column, int]) -> list[Hop]:
    """Cut every call into hops between neighbouring columns."""
    keys = sorted(index)
    hops: list[Hop] = []
    for edge, (source, target) in enumerate(pairs):
        a, b = index[column[source]], index[column[target]]
        if a == b:
            hops.append(Hop(a, source, target, edge, beside=True))
            continue
        back = a > b
        first, last, root = (target, source, target) if back else (source, target, source)
        left: Item = first
        for gap in range(min(a, b), max(a, b)):
            right: Item = last if gap + 1 == max(a, b) else Lane(root, keys[gap + 1], back)
            hops.append(Hop(gap, left, right, edge, back))
            left = right
    return hops


def _crossings(upper: Sequence[int], down: Sequence[Sequence[int]], place: Sequence[int]) -> int:
    seen: list[int] = []
    count = 0
    for item in upper:
        targets = sorted(place[other] for other in down[item])
        for target in targets:
            count += len(seen) - bisect_right(seen, target)
        for target in targets:
            insort(seen, target)
    return count


def _swap_gain(a: int, b: int, sides: tuple[list[list[int]], ...], place: Sequence[int]) -> int:
    gain = 0
    for side in sides:
        theirs = [place[y] for y in side[b]]
        for x in side[a]:
            mine = place[x]
            for other in theirs:
                if mine > other:
                    gain += 1
                elif mine < other:
                    gain -= 1
    return gain


def _transpose(columns: list[list[int]], sides: tuple[list[list[int]], ...], place: list[int]) -> None:
    for _ in range(3):
        better = False
        for column in columns:
            for k in range(len(column) - 1):
                a, b = column[k], column[k + 1]
                if _swap_gain(a, b, sides, place) > 0:
                    column[k], column[k + 1] = b, a
                    place[a], place[b] = k + 1, k
                    better = True
        if not better:
            return


def _sweep(
    columns: list[list[int]], up: list[list[int]], down: list[list[int]], beside: list[list[int]]
) -> list[list[int]]:
    """Return the order with the fewest crossings that a few sweeps find."""
    place = [0] * len(up)
    for column in columns:
        for k, item in enumerate(column):
            place[item] = k

    def total() -> int:
        return sum(_crossings(column, down, place) for column in columns[:-1])

    best, fewest = [list(column) for column in columns], total()
    for sweep in range(SWEEPS):
        rightwards = sweep % 2 == 0
        side = up if rightwards else down
        for column in columns[1:] if rightwards else columns[-2::-1]:
            wish = {}
            for k, item in enumerate(column):
                near = side[item]
                wish[item] = sum(place[other] for other in near) / len(near) if near else float(k)
            for item in column:
                if beside[item] and not side[item]:  # a call inside the column: stand close to the caller
                    wish[item] = sum(wish[other] for other in beside[item]) / len(beside[item])
            column.sort(key=wish.__getitem__)
            for k, item in enumerate(column):
                place[item] = k
        _transpose(columns, (up, down), place)
        count = total()
        if count < fewest:
            best, fewest = [list(column) for column in columns], count
        elif sweep > 2:
            break  # another pair of sweeps rarely finds more
    return best


def _insert(column: list[int], item: int, sides: tuple[list[list[int]], ...], place: Sequence[float]) -> int:
    """Return the index at which a new item crosses the fewest lines, the closest to its neighbours among equals."""
    near = [place[other] for side in sides for other in side[item] if place[other] >= 0]
    wish = sum(near) / len(near) if near else 1.0
    best, best_cost = len(column), (1 << 30, 0.0)
    for index in range(len(column) + 1):
        cost = 0
        for side in sides:
            mine = [place[other] for other in side[item] if place[other] >= 0]
            for k, stays in enumerate(column):
                for y in side[stays]:
                    if place[y] >= 0:
                        cost += sum((x < place[y]) if k < index else (x > place[y]) for x in mine)
        distance = abs(wish - index / (len(column) + 1))
        if (cost, distance) < best_cost:
            best, best_cost = index, (cost, distance)
    return best


def order(
    nodes: Sequence[str], column: Mapping[str, Column], hops: Sequence[Hop], previous: MapOrder | None
) -> MapOrder:
    """Order every column; with a previous order only new things are fitted in."""
    keys = sorted(set(column.values()))
    index = {key: k for k, key in enumerate(keys)}
    names: list[Item] = list(nodes)
    number: dict[Item, int] = {name: k for k, name in enumerate(names)}
    columns: list[list[int]] = [[] for _ in keys]
    for node in nodes:
        columns[index[column[node]]].append(number[node])
    for hop in hops:
        for item in (hop.left, hop.right):
            if item not in number:
                assert isinstance(item, Lane)  # noqa: S101 - every node is numbered already
                number[item] = len(names)
                columns[index[item.column]].append(len(names))
                names.append(item)
    up: list[list[int]] = [[] for _ in names]
    down: list[list[int]] = [[] for _ in names]
    beside: list[list[int]] = [[] for _ in names]
    seen: set[tuple[Item, Item, bool]] = set()
    for hop in hops:
        if (hop.left, hop.right, hop.back) in seen:
            continue
        seen.add((hop.left, hop.right, hop.back))
        left, right = number[hop.left], number[hop.right]
        if hop.beside:
            beside[right].append(left)
        else:
            down[left].append(right)
            up[right].append(left)
    if previous is None:
        columns = _sweep(columns, up, down, beside)
    else:
        columns = _locked(columns, keys, previous, number, (up, down))
    return MapOrder(
        tuple((key, tuple(names[item] for item in items)) for key, items in zip(keys, columns, strict=True))
    )


def _locked(
    columns: list[list[int]],
    keys: Sequence[Column],
    previous: MapOrder,
    number: Mapping[Item, int],
    sides: tuple[list[list[int]], ...],
) -> list[list[int]]:
    old = dict(previous.columns)
    place = [-1.0] * len(number)
    result: list[list[int]] = []
    waiting: list[tuple[int, int]] = []
    for k, key in enumerate(keys):
        here = set(columns[k])
        kept = [number[item] for item in old.get(key, ()) if item in number and number[item] in here]
        result.append(kept)
        _renumber(kept, place)
        known = set(kept)
        waiting += [(k, item) for item in columns[k] if item not in known]
    for k, item in waiting:
        result[k].insert(_insert(result[k], item, sides, place), item)
        _renumber(result[k], place)
    return result


def _renumber(column: Sequence[int], place: list[float]) -> None:
    for k, item in enumerate(column):
        place[item] = (k + 0.5) / len(column)
