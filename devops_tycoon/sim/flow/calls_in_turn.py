"""Calls of a node, one after another: the first required one that fails ends the turn."""

from devops_tycoon.sim.flow.choice import fails
from devops_tycoon.sim.flow.plan import Plan


def call_in_turn(plan: Plan, failing: tuple[float, ...], visits: list[float], n: int, first: list[float]) -> None:
    """Write the first attempts of the calls of node `n`; serial calls stop at the first failed required one."""
    choices = plan.choices
    v = visits[n]
    reached = 1.0
    for e, often, required, _ in plan.together[n]:
        first[e] = v * often
        if choices and e in choices:
            one_of = choices[e]
            if required and e == one_of.members[0]:
                reached *= all_good(one_of.calls, fails(one_of, failing))
        elif required and failing[e] > 0.0:
            reached *= all_good(often, failing[e])
    for e, often, required, _, _ in plan.in_turn[n]:
        if choices and e in choices:
            one_of = choices[e]
            if e != one_of.members[0]:
                continue
            risk = fails(one_of, failing)
            k = v * reached * (until_failure(one_of.calls, risk) if required else one_of.calls)
            for m, share in zip(one_of.members, one_of.shares, strict=True):
                first[m] = k * share
            if required and risk > 0.0:
                reached *= all_good(one_of.calls, risk)
        elif required and failing[e] > 0.0:
            first[e] = v * reached * until_failure(often, failing[e])
            reached *= all_good(often, failing[e])
        else:
            first[e] = v * reached * often


def all_good(k: float, fail: float) -> float:
    """Return the probability that all of `k` calls succeed: ⌊k⌋ and one more with the rest as probability."""
    if k == 1.0:
        return 1.0 - fail
    whole = int(k)
    good = 1.0
    base = 1.0 - fail
    rest = whole
    while rest > 0:  # base to the power `whole`, by squaring
        if rest & 1:
            good *= base
        base *= base
        rest >>= 1
    return good * (1.0 - (k - whole) * fail)


def until_failure(k: float, fail: float) -> float:
    """Return how many of `k` calls, one after another, are made on average if a failure stops the rest."""
    if fail <= 0.0 or k <= 1.0:
        return k
    whole = int(k)
    base = 1.0 - fail
    total, power = 0.0, 1.0  # Σ base^i for i < n, and base^n: doubled, since (1 − base^n)/fail is noise for a tiny fail
    for bit in bin(whole)[2:]:
        total += power * total
        power *= power
        if bit == "1":
            total += power
            power *= base
    return total + (k - whole) * power
