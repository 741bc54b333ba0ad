"""Exclusive alternatives: each of a caller's K calls goes to exactly one of several nodes (shards, versions, regions).

Independent fractional calls would be wrong: two shards of 0.5 calls that both fail always must fail every request, not
three quarters of them. So the alternatives are one call of K = Σ calls whose time and fate are a mixture: with
w = calls/K, mean Σw·m and variance Σw(v + m²) − mean² (laws of total expectation and total variance), failures Σw·f.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from devops_tycoon.sim.flow.network import Network

Times = Sequence[tuple[float, float, float]]
"""Per alternative: mean (s) and variance (s²) of its time, share of degraded answers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of one caller."""

    members: tuple[int, ...]
    """Calls; the first stands for all."""
    shares: tuple[float, ...]
    """Per member: probability that a call goes there; together 1."""
    calls: float
    """Calls per request of the caller, to all together."""


@dataclass(frozen=True, slots=True)
class Slowest:
    """An answer with and without the slowest alternative, as `FlowState.branch`: two kinds, not one blurred kind."""

    share: float
    extra_s: float
    extra_var: float
    fail: float
    """Failure by it, beyond those that answers without it have; negative where the slowest is the safest."""
    rest_s: float
    """Time of the calls in an answer without it."""
    rest_var: float

    @property
    def weight(self) -> float:
        """The part of the variance that the split explains."""
        return self.share * (1.0 - self.share) * self.extra_s * self.extra_s


def choices_of(network: Network, local: Sequence[bool]) -> Mapping[int, Choice]:
    """Return the choice of each call that has one; raise ValueError where alternatives differ in what they share."""
    groups: dict[tuple[int, int], list[int]] = {}
    for e, call in enumerate(network.calls):
        if call.choice is not None:
            groups.setdefault((call.caller, call.choice), []).append(e)
    found: dict[int, Choice] = {}
    for members in groups.values():
        first = network.calls[members[0]]
        total = 0.0
        for e in members:
            call = network.calls[e]
            names = f"{network.nodes[call.caller].id} → {network.nodes[call.callee].id}"
            if local[e]:
                raise ValueError(f"{names} is one of several alternatives, but both ends are in one pool")
            if (call.parallel, call.required, call.hold) != (first.parallel, first.required, first.hold):
                other = network.nodes[first.callee].id
                raise ValueError(f"{names} and {other} are alternatives; parallel, required and hold must be the same")
            total += call.calls
        whole = int(total + 0.5)
        calls = float(whole) if -1e-9 < total - whole < 1e-9 else total
        shares = tuple([network.calls[e].calls / total if total > 0.0 else 1.0 / len(members) for e in members])
        for e in members:
            found[e] = Choice(tuple(members), shares, calls)
    return found


def share_of(choices: Mapping[int, Choice], e: int) -> float:
    """Return the probability that a call of the group of `e` goes to `e`; 1 for a call that is no alternative."""
    choice = choices.get(e)
    return 1.0 if choice is None else choice.shares[choice.members.index(e)]


def fails(choice: Choice, failing: Sequence[float]) -> float:
    """Return how likely one call to the alternatives fails; `failing` is per call of the network."""
    total = 0.0
    for e, share in zip(choice.members, choice.shares, strict=True):
        total += share * failing[e]
    return min(1.0, total)


def mixed(choice: Choice, times: Times) -> tuple[float, float, float]:
    """Return mean, variance and degraded share of one call to the alternatives."""
    mean = square = degraded = 0.0
    for (m, v, d), share in zip(times, choice.shares, strict=True):
        mean += share * m
        square += share * (v + m * m)
        degraded += share * d
    return mean, max(0.0, square - mean * mean), min(1.0, degraded)


def parts_of_time(choice: Choice, times: Times) -> list[tuple[int, float]]:
    """Return the share of the calls' time that is spent on each alternative."""
    total = 0.0
    for (m, _, _), share in zip(times, choice.shares, strict=True):
        total += share * m
    return [
        (e, share * m / total if total > 0.0 else share)
        for e, (m, _, _), share in zip(choice.members, times, choice.shares, strict=True)
    ]


def slowest(choice: Choice, k: float, times: Times, failing: Sequence[float]) -> Slowest | None:
    """Return the answer's two kinds if at most one call (probability `k`) is made and some go to the slowest."""
    if k > 1.0:
        return None
    top = -1
    for i, (m, _, _) in enumerate(times):
        if choice.shares[i] > 0.0 and (top < 0 or m > times[top][0]):
            top = i
    share = k * choice.shares[top] if top >= 0 else 0.0
    if share <= 0.0 or share >= 1.0:
        return None
    mean = square = wrong = 0.0
    for i, (m, v, _) in enumerate(times):
        if i != top:
            part = k * choice.shares[i] / (1.0 - share)
            mean += part * m
            square += part * (v + m * m)
            wrong += part * failing[choice.members[i]]
    var = max(0.0, square - mean * mean)
    right = 1.0 - wrong
    fail = 1.0 - (1.0 - failing[choice.members[top]]) / right if right > 0.0 else 0.0
    extra_s = max(0.0, times[top][0] - mean)  # alternatives that are all as slow differ by rounding
    return Slowest(share, extra_s, times[top][1] - var, fail, mean, var)
