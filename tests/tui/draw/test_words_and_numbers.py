"""Numbers as people read them, names that cannot hurt, styles that exist."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from devops_tycoon.tui.draw import glyphs as signs
from devops_tycoon.tui.draw.numbers import (
    milliseconds,
    money,
    nice_ceiling,
    nines,
    percent,
    seconds,
    short,
    whole_money,
)
from devops_tycoon.tui.draw.paint import LEVELS
from devops_tycoon.tui.draw.palette import STYLES, THEMES, rich_style
from devops_tycoon.tui.draw.text import cells, clean, fit, pad


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (short(0), "0"),
        (short(7), "7"),
        (short(0.42), "0.4"),
        (short(812), "812"),
        (short(999.6), "1.0k"),
        (short(4100), "4.1k"),
        (short(12_345), "12k"),
        (short(-2_500_000), "−2.5M"),
        (short(float("inf")), "∞"),
        (milliseconds(0.4), "0.4 ms"),
        (milliseconds(812), "812 ms"),
        (milliseconds(1200), "1.2 s"),
        (seconds(45), "45 s"),
        (seconds(125), "2m 05s"),
        (seconds(4800), "1h 20m"),
        (percent(0.9995), "99.95 %"),
        (percent(0.99999), "99.99 %"),
        (percent(1), "100 %"),
        (percent(0.041), "4.1 %"),
        (percent(7.3e-94), "< 0.001 %"),
        (percent(0), "0 %"),
        (percent(0.97), "97 %"),
        (money(123450), "$1,234.50"),
        (money(-3100), "−$31.00"),
        (whole_money(4_821_099), "$48,210"),
        (nines(0.999), "3.0 nines"),
        (nines(0.9995), "3.3 nines"),
        (nines(1), "all nines"),
    ],
)
def test_a_number_reads_as_people_write_it(text: str, expected: str) -> None:
    assert text == expected


@given(st.floats(0, 1e18))
def test_a_short_number_takes_four_cells_at_most(value: float) -> None:
    assert len(short(value)) <= 4


@given(st.floats(1e-9, 1e12))
def test_a_nice_ceiling_is_not_below_and_not_far_above(value: float) -> None:
    assert value * (1 - 1e-9) <= nice_ceiling(value) <= value * 2.6


@given(st.text())
def test_a_clean_text_holds_nothing_that_moves_the_cursor_or_turns_the_direction(text: str) -> None:
    result = clean(text)
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in result)
    assert clean(result) == result


@given(st.text(), st.integers(0, 20), st.sampled_from(("<", ">", "^")))
def test_a_padded_text_is_exactly_as_wide_as_asked(text: str, width: int, align: str) -> None:
    result = pad(text, width, align=align)
    assert sum(cell_len(character) for character in result) == width
    assert cells(result) == width


def test_a_long_name_loses_its_middle() -> None:
    assert fit("catalog-database", 9) == "cata…base"
    assert fit("映画カタログ検索", 8) == "映画…索" or cells(fit("映画カタログ検索", 8)) <= 8
    assert clean("a\x1b[31mb\u202ec\u200bd\te") == "a[31mbcd e"
    assert clean("🇩🇪 👍🏽") == "DE 👍"


def test_every_line_joint_has_its_own_sign() -> None:
    known = {}
    for mask in range(1, 16):
        for heavy in range(16):
            if heavy & ~mask == 0:
                known[signs.BOXES[mask][heavy]] = (mask, heavy)
    assert len(known) == 80


def test_every_style_is_known_to_every_theme() -> None:
    used = {style for style, _ in LEVELS}
    used |= {f"sign.{health}" for health in signs.SIGNS}
    assert used <= STYLES
    for theme, table in THEMES.items():
        assert set(table) == STYLES
        for name in STYLES:
            rich_style(name, theme, with_ground=True)
    assert rich_style("nothing.known") == rich_style("ground")


def test_the_mono_theme_has_no_colour_but_tells_health_by_weight() -> None:
    styles = [rich_style(f"sign.{health}", "mono") for health in signs.SIGNS]
    assert all(style.color is None for style in styles)
    assert len({str(style) for style in styles}) == 4
