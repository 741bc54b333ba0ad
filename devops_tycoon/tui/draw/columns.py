"""Which column a node stands in: its tier, and inside a tier one step to the right per call."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from devops_tycoon.tui.draw.values import MapNode

Column: TypeAlias = tuple[int, int]  # tier, step inside the tier: sorts from left to right
Pair: TypeAlias = tuple[str, str]


def tiers(nodes: Sequence[MapNode], locked: Mapping[str, Column]) -> dict[str, int]:
    """Return the tier of each node: its hint, else where it was, else users first, stores last, services between."""
    hints = [node.tier for node in nodes if node.tier is not None]
    ends = {"users": min([0, *hints]), "service": 1, "store": max([2, *hints]), "provider": max([2, *hints])}
    return {
        node.id: node.tier if node.tier is not None else locked[node.id][0] if node.id in locked else ends[node.kind]
        for node in nodes
    }


def _steps(members: Sequence[str], after: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the longest path to each member along the calls; calls that close a cycle do not count."""
    called = {target for source in members for target in after.get(source, ())}
    state: dict[str, int] = {}
    finished: list[str] = []
    closing: set[Pair] = set()
    for start in [*(m for m in members if m not in called), *members]:
        if start in state:
            continue
        state[start] = 1
        stack = [(start, iter(after.get(start, ())))]
        while stack:
            source, targets = stack[-1]
            for target in targets:
                if target not in state:
                    state[target] = 1
                    stack.append((target, iter(after.get(target, ()))))
                    break
                if state[target] == 1:
                    closing.add((source, target))
            else:
                state[source] = 2
                finished.append(source)
                stack.pop()
    step = dict.fromkeys(members, 0)
    for source in reversed(finished):
        for target in after.get(source, ()):
            if (source, target) not in closing:
                step[target] = max(step[target], step[source] + 1)
    return step


def _inside(tier: Mapping[str, int], pairs: Iterable[Pair]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = defaultdict(list)
    for source, target in pairs:
        if tier[source] == tier[target]:
            after[source].append(target)
    return after


def columns_of(
    nodes: Sequence[MapNode], pairs: Sequence[Pair], most: int, locked: Mapping[str, Column]
) -> dict[str, Column]:
    """Return each node's column, at most about `most` columns; a locked node keeps its own while its tier stays."""
    tier = tiers(nodes, locked)
    after = _inside(tier, pairs)
    kept = {node: column for node, column in locked.items() if tier.get(node) == column[0]}
    if kept:
        return _added(tier, after, kept, most)
    groups: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        groups[tier[node.id]].append(node.id)
    step: dict[str, int] = {}
    for members in groups.values():
        step |= _steps(members, after)
    depth = {t: 1 + max(step[m] for m in members) for t, members in groups.items()}
    while sum(depth.values()) > most and max(depth.values()) > 1:
        depth[max(depth, key=lambda t: (depth[t], t))] -= 1
    return {node: (t, min(step[node], depth[t] - 1)) for t, members in groups.items() for node in members}


def _added(
    tier: Mapping[str, int], after: Mapping[str, Sequence[str]], kept: dict[str, Column], most: int
) -> dict[str, Column]:
    """Place what is new to the right of its callers in the same tier, without moving anybody."""
    before: dict[str, list[str]] = defaultdict(list)
    for source, targets in after.items():
        for target in targets:
            before[target].append(source)
    for node, t in tier.items():
        if node in kept:
            continue
        steps = sorted({column[1] for column in kept.values() if column[0] == t}) or [0]
        callers = [kept[source][1] for source in before[node] if source in kept]
        called = [kept[target][1] for target in after.get(node, ()) if target in kept]
        step = max(callers) + 1 if callers else steps[0]
        if called and step >= min(called) and not callers:
            step = max(steps[0], min(called) - 1)
        if step > steps[-1] and len(set(kept.values())) >= most:
            step = steps[-1]
        kept[node] = (t, step)
    return {node: kept[node] for node in tier}
