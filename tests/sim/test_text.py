"""Numbers as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.text import (
    clock,
    dollars,
    duration,
    listed,
    money,
    percent,
    plural,
    rate,
    requests,
    short,
    target,
    whole_dollars,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (plural(1, "replica"), "1 replica"),
        (plural(0, "replica"), "0 replicas"),
        (plural(2000, "replica"), "2,000 replicas"),
        (plural(1, "person", "people"), "1 person"),
        (plural(3, "change waits", "changes wait"), "3 changes wait"),
        (listed([]), ""),
        (listed(["a"]), "a"),
        (listed(["a", "b"]), "a and b"),
        (listed(("a", "b", "c"), "or"), "a, b or c"),
        (short(0), "0"),
        (short(0.42), "0.4"),
        (short(999.6), "1.0k"),
        (short(12_345), "12k"),
        (short(-2_500_000), "−2.5M"),
        (requests(999_999), "1 request"),
        (requests(2_500_000_000), "2,500 requests"),
        (rate(40), "40 req/s"),
        (money(750), "$7.50"),
        (money(81_234), "$812"),
        (money(-120_000_000), "−$1.2M"),
        (dollars(123_450), "$1,234.50"),
        (dollars(-3100), "−$31"),
        (whole_dollars(4_821_099), "$48,210"),
        (whole_dollars(-40), "$0"),
        (percent(0), "0%"),
        (percent(7.3e-94), "<0.001%"),
        (percent(0.00041), "0.041%"),
        (percent(0.041), "4.1%"),
        (percent(0.04), "4%"),
        (percent(0.97), "97%"),
        (percent(0.995), "99.5%"),
        (percent(0.9995), "99.95%"),
        (percent(0.99999), "99.99%"),
        (percent(1), "100%"),
        (percent(-0.05), "−5%"),
        (target(0.9999), "99.99%"),
        (target(0.9), "90%"),
        (duration(0), "0 s"),
        (duration(0.0004), "0.4 ms"),
        (duration(0.3), "300 ms"),
        (duration(0.9997), "1 s"),
        (duration(1.25), "1.2 s"),
        (duration(45), "45 s"),
        (duration(59.7), "1 min"),
        (duration(810), "13 min 30 s"),
        (duration(720), "12 min"),
        (duration(7500), "2 h 5 min"),
        (duration(273_600), "3 d 4 h"),
        (clock(63_730), "17:42"),
        (clock(90_000), "01:00"),
    ],
)
def test_a_number_reads_as_people_write_it(text: str, expected: str) -> None:
    assert text == expected


@given(st.floats(0, 1e18))
def test_a_short_number_takes_four_cells_at_most(value: float) -> None:
    assert len(short(value)) <= 4


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_only_all_is_all_and_only_nothing_is_nothing(share: float) -> None:
    assert percent(share) not in ("100%", "0%")
