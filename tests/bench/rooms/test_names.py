"""Hostile names come out harmless; and what is not harmless would be noticed."""

import pytest

from bench.rooms.names import faults, measure


@pytest.mark.parametrize("seed", [1, 2])
def test_hostile_names_come_out_clean(seed: int) -> None:
    found = measure(3000, seed)
    assert found["wrong"] == {}, found["example"]
    assert found["empty"] < found["names"] / 2


@pytest.mark.long
def test_two_hundred_thousand_hostile_names_come_out_clean() -> None:
    found = measure()
    assert found["wrong"] == {}, found["example"]


@pytest.mark.parametrize(
    "name", ["a\x1b[2J", "a\u202eb", "a\u200bb", "\ud800", "x" * 25, "a  b", "a\u0301\u0302\u0303", "\u3164"]
)
def test_a_name_that_is_not_clean_is_noticed(name: str) -> None:
    assert faults(name)
