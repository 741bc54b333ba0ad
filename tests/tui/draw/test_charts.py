"""Charts and bars are exactly as big as asked, and a spike never vanishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.tui.draw.bars import bar, gauge, sparkline
from devops_tycoon.tui.draw.charts import Series, axis_row, framed_chart, line_chart, spans
from devops_tycoon.tui.draw.text import cells
from devops_tycoon.tui.draw.values import Glyphs, row_text
from tests.examples import examples

from .builders import GLYPHS

values = st.lists(st.floats(-1e308, 1e308), max_size=200)
quick = examples(80)


@given(values, values, st.integers(0, 50), st.integers(0, 8), st.sampled_from(GLYPHS), st.none() | st.floats(-1e9, 1e9))
@quick
def test_charts_are_exactly_as_big_as_asked(
    first: list[float], second: list[float], width: int, height: int, glyphs: Glyphs, threshold: float | None
) -> None:
    series = [Series(first), Series(second, "series.1")]
    pictures = (
        line_chart(series, width, height, glyphs, low=None, threshold=threshold),
        framed_chart(series, width, height, glyphs, threshold=threshold),
    )
    for picture in pictures:
        assert len(picture) == (height if width else 0)
        for row in picture:
            assert cells(row_text(row)) == width
            assert glyphs != "ascii" or row_text(row).isascii()


@given(values.filter(bool), st.integers(1, 300))
@quick
def test_decimation_keeps_the_highest_and_the_lowest_value(history: list[float], columns: int) -> None:
    ends = spans(history, columns)
    assert len(ends) == columns
    assert max(high for _, high in ends) == max(history)
    assert min(low for low, _ in ends) == min(history)


@pytest.mark.parametrize("glyphs", GLYPHS)
@pytest.mark.parametrize("place", [0, 1, 499, 777, 998, 999])
def test_one_spike_among_a_thousand_reaches_the_top_row(glyphs: Glyphs, place: int) -> None:
    history = [1.0] * 1000
    history[place] = 100.0
    assert row_text(line_chart([Series(history)], 40, 6, glyphs)[0]).strip()
    assert row_text(sparkline(history, 20, glyphs)).count("#" if glyphs == "ascii" else "█") == 1


@given(values, st.integers(0, 40), st.sampled_from(GLYPHS), st.floats(-1, 5))
@quick
def test_sparklines_and_gauges_are_exactly_as_wide_as_asked(
    history: list[float], width: int, glyphs: Glyphs, share: float
) -> None:
    assert cells(row_text(sparkline(history, width, glyphs))) == width
    assert cells(row_text(gauge(share, width, glyphs))) == width
    assert cells("".join(bar(share, width, glyphs))) == width


def test_a_bar_shows_a_little_and_shows_that_almost_full_is_not_full() -> None:
    assert bar(0.001, 10)[0] == "▏"
    assert bar(0.9999, 10)[0] == "█████████▉"
    assert bar(1.0, 10) == ("██████████", "")
    assert row_text(gauge(1.4, 6)) == "▕████+"


def test_the_axis_says_from_when_to_when() -> None:
    assert row_text(axis_row(12, "−5m")) == "−5m······now"
    assert row_text(axis_row(12, "−5m", glyphs="ascii")) == "-5m......now"
    assert cells(row_text(axis_row(3, "−5m"))) == 3


def test_a_threshold_is_drawn_where_no_line_is() -> None:
    picture = line_chart([Series([1.0, 1.0])], 10, 5, "ascii", high=10.0, threshold=5.0)
    assert row_text(picture[2]) == "-" * 10
    assert picture[2][0][1] == "threshold"
