"""Zipf's law in groups, and Che's characteristic time, against sums over every single key."""

from itertools import pairwise
from math import exp

import pytest

from devops_tycoon.sim.flow.popularity import characteristic, hit_share, popularity


def exact(keys: int, skew: float, requests: float) -> float:
    weights: list[float] = [float(rank) ** -skew for rank in range(1, keys + 1)]
    total = sum(weights)
    return float(sum(w / total * (1.0 - exp(-w / total * requests)) for w in weights))


@pytest.mark.parametrize(("capacity", "hit"), [(100, 0.2612), (1000, 0.5565), (3000, 0.7460)])
def test_an_lru_cache_has_the_hits_of_the_reference(capacity: int, hit: float) -> None:
    groups = popularity(10_000, 0.9)
    assert hit_share(groups, characteristic(groups, capacity)) == pytest.approx(hit, abs=0.0005)


@pytest.mark.parametrize("keys", [1, 2, 13, 100, 5000, 10_000_000])
@pytest.mark.parametrize("skew", [0.0, 0.9, 1.0, 2.0])
def test_every_request_asks_for_some_key(keys: int, skew: float) -> None:
    groups = popularity(keys, skew)
    assert sum(groups.keys) == keys
    assert sum(count * p for count, p in zip(groups.keys, groups.share, strict=True)) == pytest.approx(1.0, abs=1e-12)
    assert all(more >= less * (1.0 - 1e-9) for more, less in pairwise(groups.share))


@pytest.mark.parametrize("requests", [10, 300, 10_000])
@pytest.mark.parametrize("skew", [0.5, 0.9, 1.2])
def test_groups_of_keys_warm_up_as_the_single_keys_do(skew: float, requests: int) -> None:
    assert hit_share(popularity(2000, skew), requests) == pytest.approx(exact(2000, skew, requests), abs=0.001)


def test_a_cache_for_all_keys_lacks_none_and_a_smaller_one_holds_what_it_can() -> None:
    assert set(popularity(500, 0.9, 500).lasting) == {0.0}
    groups = popularity(500, 0.9, 100)
    held = sum(count * (1.0 - gone) for count, gone in zip(groups.keys, groups.lasting, strict=True))
    assert held == pytest.approx(100, rel=1e-6)


def test_ten_million_keys_are_less_than_a_hundred_groups() -> None:
    assert len(popularity(10_000_000, 0.9).keys) < 100
