"""Numbers as people read them, names that cannot hurt, styles that exist."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from devops_tycoon.tui.draw import glyphs as signs
from devops_tycoon.tui.draw.numbers import nice_ceiling
from devops_tycoon.tui.draw.paint import LEVELS
from devops_tycoon.tui.draw.palette import STYLES, THEMES, rich_style
from devops_tycoon.tui.draw.text import cells, clean, fit, pad


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
