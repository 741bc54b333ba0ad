"""Random values for every field of a network: most of the time sensible ones, in wild graphs anything that is legal.

The fields are those of the dataclasses. One that has no line here makes `test_soak.py` say so, and stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from random import Random
from typing import Any, TypeVar

from devops_tycoon.sim.flow import Breaker, Call, Demand, Node, Pool
from devops_tycoon.sim.flow.network import Cache, Stale
from devops_tycoon.sim.flow.quota import Quota
from devops_tycoon.sim.numerics.exact import exp, log

Draw = Callable[[Random], Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Field:
    """How a field's values are drawn."""

    tame: Draw
    wild: Draw
    missing: float = 0.0
    """How often it is None."""


def some(*values: Any) -> Draw:
    """Draw one of a few values."""
    return lambda dice: dice.choice(values)


def between(low: float, high: float) -> Draw:
    """Draw a number whose magnitude is anything between the two, which are over 0."""
    return lambda dice: min(high, exp(log(low) + dice.random() * log(high / low)))


def whole(low: int, high: int) -> Draw:
    """Draw a whole number whose magnitude is anything between the two."""
    return lambda dice: int(between(max(low, 0.5), high)(dice))


def either(*draws: Draw) -> Draw:
    """Draw from one of several."""
    return lambda dice: dice.choice(draws)(dice)


def a(kind: type[Any]) -> Field:
    """Draw a value whose fields are drawn."""
    return Field(lambda dice: drawn(blank(kind), dice, 0.0), lambda dice: drawn(blank(kind), dice, 1.0))


def blank(kind: type[T]) -> T:
    """Return one whose fields without a default are 0."""
    return kind(**{field.name: 0 for field in fields(kind) if field.default is MISSING})  # type: ignore[arg-type]


_YES = Field(some(True), some(True, False))
_NO = Field(some(False), some(True, False))
_EVEN = Field(some(True, False), some(True, False))
_SHARE = Field(some(0.0, 0.0, 0.0, 0.001, 0.2), either(some(0.0, 1.0, 0.999999, 1e-12), Random.random))
_TIME = Field(between(1e-3, 0.5), either(some(0.0, 1e-9, 1e6), between(1e-9, 1e6)))
_EXTRA = Field(some(0.0, 0.0, 0.01, 0.3), either(some(0.0, 1e6), between(1e-9, 1e6)))
_LIMIT = Field(between(0.05, 10.0), either(some(1e-9, 1e6), between(1e-9, 1e6)), 0.3)
_RETRIES = Field(some(0, 0, 1, 2, 3), some(0, 1, 4, 7, 10))
_JITTER = Field(some(0.0, 0.0, 0.5, 1.0), either(some(0.0, 1.0), Random.random))
_BUDGET = Field(some(0.1, 0.2), either(some(0.0, 100.0), between(1e-6, 100.0)), 0.6)


def _maybe(field: Field, missing: float) -> Field:
    return replace(field, missing=missing)


LINKED: Mapping[type[Any], frozenset[str]] = {
    Pool: frozenset({"id"}),
    Node: frozenset({"id", "pool"}),
    Call: frozenset({"caller", "callee"}),
    Demand: frozenset({"id", "entry"}),
    Breaker: frozenset(),
    Stale: frozenset({"node"}),
    Cache: frozenset(),
    Quota: frozenset(),
}
"""Fields that say what belongs to what; `graphs.py` draws them."""

FIELDS: Mapping[type[Any], Mapping[str, Field]] = {
    Pool: {
        "slots": Field(
            either(some(1.0, 4.0, 10.0, 40.0), between(0.2, 100.0)),
            either(some(0.0, 1.0, 1e-9, 1e5, 1.0 + 1e-12), between(1e-6, 1e5), whole(1, 100_000)),
        ),
        "queue": Field(some(0, 10, 100, 1000), either(some(0, 1, 1_000_000), whole(1, 1_000_000)), 0.4),
        "down": Field(some(False), some(False, False, True)),
        "limit": Field(between(1.0, 300.0), either(some(0.001, 1e9), between(0.001, 1e9)), 0.8),
        "throttle": Field(some(False, False, False, True), some(True, False)),
        "quota": _maybe(a(Quota), 0.9),
    },
    Node: {
        "work_s": _TIME,
        "cv2": Field(some(1.0, 1.0, 0.0, 0.5, 2.0), either(some(0.0, 1e-9, 1.0, 100.0), between(1e-3, 100.0))),
        "slow_s": _EXTRA,
        "error": _SHARE,
    },
    Call: {
        "calls": Field(some(1.0, 1.0, 0.3, 2.0, 2.5), either(some(0.0, 1e-12, 1000.0), between(1e-6, 1000.0))),
        "required": _EVEN,
        "timeout_s": _LIMIT,
        "retries": _RETRIES,
        "backoff_s": _EXTRA,
        "hold": _YES,
        "parallel": _EVEN,
        "latency_s": Field(some(0.0, 0.001, 0.05), either(some(0.0, 1e6), between(1e-9, 1e6))),
        "lost": _SHARE,
        "error": _SHARE,
        "budget": _BUDGET,
        "breaker": _maybe(a(Breaker), 0.7),
        "bulkhead": Field(whole(1, 50), either(some(0, 1, 100_000), whole(1, 100_000)), 0.7),
        "choice": Field(some(0, 0, 1), some(0, 1), 0.7),
        "detached": Field(some(False, False, False, True), some(False, False, True)),
        "ordered": Field(some(False, False, False, True), some(False, True)),
        "stale": _maybe(a(Stale), 0.8),
        "cache": _maybe(a(Cache), 0.8),
        "jitter": _JITTER,
    },
    Breaker: {
        "window_s": Field(some(3.0, 10.0), either(some(1e-6, 1e9), between(1e-6, 1e9))),
        "threshold": Field(some(0.1, 0.5), either(some(0.001, 1.0), between(0.001, 1.0))),
        "open_s": Field(some(2.0, 5.0), either(some(1e-6, 1e9), between(1e-6, 1e9))),
        "min_calls": Field(some(1, 20), whole(1, 1_000_000)),
        "probes": Field(some(1, 10), whole(1, 1_000_000)),
    },
    Cache: {
        "keys": Field(whole(1, 100_000), either(some(1, 2, 10**9), whole(1, 10**9))),
        "skew": Field(some(0.0, 0.9, 1.2), either(some(0.0, 1.0, 5.0), between(0.01, 5.0))),
        "capacity": Field(whole(1, 1000), either(some(1, 10**9), whole(1, 10**9)), 0.4),
        "ttl_s": Field(some(60.0, 300.0), either(some(60.0, 1e9), between(60.0, 1e9)), 0.4),
        "ttl_jitter": _JITTER,
        "single_flight": _EVEN,
        "time_s": Field(some(0.0, 0.001), either(some(0.0, 1e6), between(1e-9, 1e6))),
        "warm": _EVEN,
        "flush": Field(some(False, False, False, True), some(True, False)),
    },
    Quota: {
        "rate": Field(between(1.0, 1000.0), either(some(0.0, 1e9), between(1e-6, 1e9))),
        "burst": Field(between(1.0, 1000.0), either(some(0.0, 1e9), between(1e-6, 1e9))),
    },
    Stale: {
        "gap_s": _TIME,
        "share": Field(some(0.0, 0.2, 1.0), Random.random),
    },
    Demand: {
        "timeout_s": _LIMIT,
        "retries": _RETRIES,
        "backoff_s": _EXTRA,
        "threshold_s": _maybe(_LIMIT, 0.5),
        "budget": _BUDGET,
        "priority": Field(some(0, 1, 2), some(0, 1, 2)),
        "jitter": _JITTER,
        "lost": _SHARE,
    },
}

RATE = Field(
    either(some(0.0), between(1.0, 1000.0), between(1.0, 1000.0)),
    either(some(0.0, 1e-300, 1e9, 1e12, 1e300, float("inf")), between(1e-9, 1e9)),
)
"""New requests per second of a demand."""
TICK_S = Field(some(1.0, 1.0, 5.0, 10.0), either(some(0.5, 60.0), between(0.25, 60.0)))


def unknown() -> list[str]:
    """Return the fields that nobody here knows how to draw."""
    return [
        f"{kind.__name__}.{field.name}"
        for kind, known in FIELDS.items()
        for field in fields(kind)
        if field.name not in known and field.name not in LINKED[kind]
    ]


def value(field: Field, dice: Random, wild: float) -> Any:
    """Draw one value; `wild` is how likely it is any legal one."""
    if dice.random() < field.missing:
        return None
    return (field.wild if dice.random() < wild else field.tame)(dice)


def drawn(thing: T, dice: Random, wild: float, often: float = 1.0) -> T:
    """Return the thing with its fields drawn anew, each with the probability `often`."""
    known = FIELDS[type(thing)]
    changes = {
        field.name: value(known[field.name], dice, wild)
        for field in fields(thing)  # type: ignore[arg-type]
        if field.name in known and dice.random() < often
    }
    return replace(thing, **changes)  # type: ignore[type-var]
