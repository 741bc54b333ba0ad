import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from devops_tycoon.workshop.names import NAME_CELLS, clean_name, clean_text, nickname

nasty = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u202e\u200b\u200d\ufeff\u0301\u0489\x1b[]<>&\"'=+@|\u115f\ufe0f\U000e0041\U0001f468\u0e31e漢"
        ),
    ),
    max_size=60,
)


@given(nasty)
def test_a_clean_name_has_nothing_that_plays_tricks_and_fits(text: str) -> None:
    name = clean_name(text)
    assert cell_len(name) <= NAME_CELLS
    assert not [c for c in name if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")]
    assert name == name.strip()


@given(nasty, st.integers(4, 80))
def test_cleaning_twice_is_cleaning_once(text: str, cells: int) -> None:
    once = clean_text(text, cells)
    assert clean_text(once, cells) == once


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada", "Ada"),
        ("  Ada \n Lovelace ", "Ada Lovelace"),
        ("A\u202eda", "Ada"),
        ("\x1b[31mred", "[31mred"),
        ("e\u0301\u0301\u0301\u0301\u0301", "é\u0301\u0301"),
        ("नमस्ते", "नमस्ते"),
        ("\u3164\u2800", ""),
        ("漢" * 30, "漢" * 12),
    ],
)
def test_what_is_left_of_a_name(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


def test_everybody_in_a_room_gets_another_nickname() -> None:
    assert len({nickname(77, number) for number in range(1, 1000)}) == 999
