"""docs/codex.md has everything that is in the game, with the numbers of today."""

from dataclasses import dataclass
from pathlib import Path

from devops_tycoon.content.failure import read_failure
from devops_tycoon.content.find import find, ids
from devops_tycoon.content.practice import read_practice
from devops_tycoon.orders import kinds
from devops_tycoon.sim.rules.failure import Effect
from tests.stored import difference
from tools.codex import _effect, codex

PAGE = Path(__file__).parents[1] / "docs" / "codex.md"


def test_the_golden_page_is_what_the_files_say_now() -> None:
    """`REGENERATE_GOLDEN=1` writes it anew."""
    differs = difference(PAGE, codex())
    assert not differs, differs


def test_every_practice_order_and_card_is_there_with_its_trade_off() -> None:
    page = " ".join(codex().split())
    for name in ids("practices"):
        practice = read_practice(find("practices", name)).value
        assert f"(`{name}`)" in page
        assert " ".join(practice.costs.split()) in page
    for name in ids("failures"):
        assert f"(`{name}`)" in page
        assert " ".join(read_failure(find("failures", name)).value.lesson.split()) in page
    for kind in kinds().values():
        assert f"#### `{kind.usage}`" in page


def test_no_number_of_a_card_is_left_without_words() -> None:
    page = codex()
    assert "20% errors" in page  # bad-deploy
    assert "None" not in page
    assert "()" not in page


@dataclass(frozen=True)
class Later(Effect):
    hit_pct: float = 100.0


def test_a_number_that_is_new_in_a_card_is_shown_without_a_change_of_the_page() -> None:
    effect = Later("target", 100.0, 0, 0.0, 0.0, 0.0, False, 0.0, hit_pct=20.0)
    assert _effect(effect) == "target: hit pct 20.0"
