"""The digest of a world shows every difference that can influence the future, and no other."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.orders import parse
from devops_tycoon.sim.flow.autoscale import Autoscaler, Fleet
from devops_tycoon.sim.flow.forecast import Forecast
from devops_tycoon.sim.numerics.digest import digest
from devops_tycoon.sim.rules.links import LinkSettings
from devops_tycoon.sim.values.faults import Fault
from devops_tycoon.sim.values.service import Link, Scaler
from devops_tycoon.sim.values.tally import Incident, Loss
from devops_tycoon.sim.values.world import Pending, World
from tests.builders import a_session, order

VALUES = st.recursive(
    st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=8,
)


AUTOSCALER = Autoscaler(target=0.6, most=20, forecast=Forecast(lead_s=60.0))


def a_full_world() -> World:
    """Return a world in which no part is empty."""
    session = a_session()
    order(session, "set web>recommendations timeout=300ms fallback=on", "inject bad-deploy catalog")
    session.advance(30)
    world = session.world
    return replace(
        world,
        faults=(*world.faults, Fault(9, "zone-loss", "a", 3, 99)),
        pending=(Pending(999, parse("scale web +1"), "ada"),),
        links=(*world.links, Link("web", "catalog", LinkSettings(None, 1, 2.0, fallback=True, breaker=False))),
        alarms=("web",),
        scalers=(Scaler("web", AUTOSCALER, Fleet(4, (2,), (30.0,), (6, 6), 5.0, 20.0, 0.0, (3.5,))),),
        tally=replace(
            world.tally,
            ledger=(Loss("down", "web", "zone-loss", 5),),
            incidents=(Incident(1, "zone-loss", 3, 4, 5, 6),),
            suspects=("zone-loss",),
        ),
    )


def others(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (where, value) for every single change of a leaf in a value of dataclasses and tuples."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            for where, changed in others(getattr(value, field.name)):
                yield f".{field.name}{where}", _with(value, field.name, changed)
    elif isinstance(value, tuple):
        yield "()", (*value, 0.5)
        for number, item in enumerate(value[:3] + value[-1:]):
            at = number if number < 3 else len(value) - 1
            for where, changed in others(item):
                yield f"[{at}]{where}", (*value[:at], changed, *value[at + 1 :])
    elif isinstance(value, bool):
        yield "", not value
    elif isinstance(value, int):
        yield "", value + 1
    elif isinstance(value, float):
        yield "", value * (1 + 2**-52) if value else 5e-324
    elif isinstance(value, str):
        yield "", value + "x"
    else:
        yield "", 0


def _with(value: Any, name: str, changed: Any) -> Any:
    copy = replace(value)
    object.__setattr__(copy, name, changed)
    return copy


def test_every_leaf_of_a_world_matters_to_the_last_bit() -> None:
    world = a_full_world()
    seen = {digest(world): "the world itself"}
    for where, changed in others(world):
        found = digest(changed)
        assert found not in seen, f"{where} has the digest of {seen[found]}"
        seen[found] = where
    assert len(seen) > 200
    touched = {where.removeprefix(".").split(".")[0].split("[")[0].split("(")[0] for where in seen.values()}
    assert {field.name for field in fields(World)} <= touched


def test_equal_worlds_have_equal_digests_and_the_chain_matters() -> None:
    assert digest(a_full_world()) == digest(a_full_world())
    assert digest(a_full_world(), b"before") != digest(a_full_world(), b"befors")


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: (x,), lambda x: (1, (x, "a")), lambda x: ((x, 1.0), 2.0)])
def test_minus_zero_is_zero_however_deep(wrap: Any) -> None:
    assert digest(wrap(-0.0)) == digest(wrap(0.0))
    assert digest(wrap(5e-324)) != digest(wrap(0.0))


@given(VALUES, VALUES)
def test_different_values_have_different_digests(a: Any, b: Any) -> None:
    assert (digest(a) == digest(b)) == (canonical(a) == canonical(b))


def canonical(value: Any) -> Any:
    """Return the value with its types, so that 1, 1.0 and True differ and −0.0 and 0.0 do not."""
    if isinstance(value, tuple):
        return tuple(canonical(item) for item in value)
    return type(value).__name__, repr(value + 0.0 if isinstance(value, float) else value)


def test_the_kind_of_a_value_matters_not_only_its_parts() -> None:
    @dataclass(frozen=True)
    class One:
        a: int

    @dataclass(frozen=True)
    class Other:
        a: int

    assert digest(One(1)) != digest(Other(1))
    assert digest(parse("scale web +1")) != digest(parse("scale web +2"))
    assert digest(parse("restart web")) != digest(parse("rollback web"))
