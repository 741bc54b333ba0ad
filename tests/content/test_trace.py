"""Real traffic, resampled."""

import math
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devops_tycoon.content.problem import ContentError
from devops_tycoon.content.trace import read_trace

DATA = Path(os.environ.get("DEVOPS_TYCOON_DATA", Path(__file__).parents[3] / "shared" / "data"))


def trace(tmp_path: Path, text: str, tick_s: int = 10, ticks: int = 6) -> tuple[float, ...]:
    (tmp_path / "trace.csv").write_text(text)
    return read_trace(tmp_path / "trace.csv", tick_s, ticks)


def test_a_line_through_two_points_is_averaged_over_each_tick(tmp_path: Path) -> None:
    values = trace(tmp_path, "timestamp,value\n0,0\n60,60\n")
    assert values == pytest.approx([5 / 30, 15 / 30, 25 / 30, 35 / 30, 45 / 30, 55 / 30])


def test_unequal_intervals_count_by_their_time(tmp_path: Path) -> None:
    values = trace(tmp_path, "timestamp,value\n0,10\n1,10\n2,10\n3,40\n17,40\n20,10\n60,10\n", 20, 3)
    assert values[0] / values[2] == pytest.approx((2 * 10 + 25 + 14 * 40 + 3 * 25) / 20 / 10)


def test_the_last_row_holds_for_one_interval(tmp_path: Path) -> None:
    assert trace(tmp_path, "0,1\n30,3\n")[-1] == pytest.approx(trace(tmp_path, "0,1\n30,3\n60,3\n")[-1])


def test_dates_and_seconds_mean_the_same(tmp_path: Path) -> None:
    dated = "timestamp,value\n2014-04-10 00:04:00,94.0\n2014-04-10T00:05:00Z,56.0\n"
    assert trace(tmp_path, dated) == trace(tmp_path, '"timestamp","value"\r\n1000,94\r\n1060,56\r\n')


@pytest.mark.parametrize(
    ("rows", "line", "says"),
    [
        ("0,1\n10\n20,1\n90,1", 3, "1 columns"),
        ("0,1\n10,1,2\n90,1", 3, "3 columns"),
        ("0,1\n10,x\n90,1", 3, "not a number"),
        ("0,1\n10,-1\n90,1", 3, "is not a valid demand"),
        ("0,1\n10,nan\n90,1", 3, "is not a valid demand"),
        ("0,1\n10,inf\n90,1", 3, "is not a valid demand"),
        ("0,1\nnan,1\n90,1", 3, "not a time"),
        ("0,1\nsoon,1\n90,1", 3, "not a time"),
        ("0,1\n0,1\n90,1", 3, "not after the row before"),
        ("0,1\n90,1\n45,1", 4, "not after the row before"),
        ("0,1\n2014-04-10 00:04:00,1", 3, "mixes dates and seconds"),
        ("0,1", 0, "has 1 rows"),
        ("", 0, "has 0 rows"),
        ("0,1\n20,1", 0, "covers 40 s; expected at least the 60 s"),
        ("0,0\n100,0", 0, "no traffic"),
        ("0,1e300\n100,0", 2, "is not a valid demand"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(tmp_path: Path, rows: str, line: int, says: str) -> None:
    with pytest.raises(ContentError) as caught:
        trace(tmp_path, f"timestamp,value\n{rows}\n")
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].line == line
    assert says in caught.value.problems[0].text


def test_empty_binary_and_huge_traces_are_refused(tmp_path: Path) -> None:
    for content, says in ((b"", "empty"), (b"0,1\n\x00", "binary"), (b"1,1\n" * (9 * 2**20), "larger than 32768")):
        (tmp_path / "t.csv").write_bytes(content)
        with pytest.raises(ContentError, match=says):
            read_trace(tmp_path / "t.csv", 1, 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0.5, 100), st.floats(0, 1e6)), min_size=2, max_size=30), st.integers(1, 10))
def test_any_trace_has_mean_one_and_is_never_negative(
    tmp_path: Path, rows: list[tuple[float, float]], tick_s: int
) -> None:
    at, lines = 0.0, []
    for gap, value in rows:
        lines.append(f"{at!r},{value!r}")
        at += gap
    ticks = max(1, int((at - rows[-1][0]) / tick_s))
    try:
        values = trace(tmp_path, "\n".join(lines), tick_s, ticks)
    except ContentError:
        return
    assert len(values) == ticks
    assert sum(values) / ticks == pytest.approx(1)
    assert all(value >= 0 and math.isfinite(value) for value in values)


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no traces in {DATA}")
@pytest.mark.parametrize("name", ["elb_request_count.csv", "worldcup98_1998-06-30_per_minute.csv",
                                  "wikipedia_peyton_manning_daily.csv"])  # fmt: skip
def test_real_traces_are_read_quickly(name: str) -> None:
    began = time.process_time()
    values = read_trace(DATA / name, 10, 3600)
    assert sum(values) / 3600 == pytest.approx(1)
    assert time.process_time() - began < 1
