import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.numerics.exact import EXP_MAX, exp, log


@given(st.floats(-700.0, 700.0))
def test_exp_agrees_with_the_platform_to_the_last_digits(x: float) -> None:
    assert exp(x) == pytest.approx(math.exp(x), rel=5e-16)


@given(st.floats(1e-300, 1e300))
def test_log_agrees_with_the_platform_to_the_last_digits(x: float) -> None:
    assert log(x) == pytest.approx(math.log(x), rel=5e-16, abs=5e-17)


def test_exp_and_log_meet_at_their_fixed_points() -> None:
    assert exp(0.0) == 1.0
    assert log(1.0) == 0.0
    assert exp(-1e6) == 0.0


def test_bits_are_pinned_so_that_no_machine_may_differ() -> None:
    values = [exp(x) for x in (-30.5, -1.0, -0.1, 0.3, 1.0, 12.75, 300.0)] + [log(x) for x in (1e-9, 0.1, 2.0, 7.7e5)]
    assert struct.pack("<11d", *values).hex() == PINNED


def test_what_has_no_answer_is_refused() -> None:
    for x in (0.0, -1.0, math.nan):
        with pytest.raises(ValueError, match="positive"):
            log(x)
    with pytest.raises(OverflowError, match="709"):
        exp(EXP_MAX + 1.0)


PINNED = (
    "07b4324286f32f3d38ef2c36568bd73f3a2bd5996df4ec3f961a8c8c0599f53f6a57148b0abf05405627a5959f071541"
    "4a6b16a7c005fc5ab8ff2bf327b934c01555b5bbb16b02c0ef39fafe422ee63f336e5bffb81b2b40"
)
