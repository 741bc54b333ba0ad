"""Every row of docs/truth.md is a test, and so is that the page and the referee's results are current."""

import os
import re
from collections.abc import Iterable
from typing import Any

import pytest

from tests.truth.claim import Claim, Unit
from tests.truth.claims import CLAIMS, measured
from tests.truth.page import PAGE, page, row, tight
from tests.truth.referee_results import CASES, digest, play, stored

REGENERATE = os.environ.get("REGENERATE_GOLDEN") == "1"
REMEDY = "REGENERATE_GOLDEN=1 pytest tests/truth -k page"
PLAYED_AGAIN = (
    "storm 1 retry, 100 places",
    "held timeout 1 s",
    "incident errors",
    "drawn storm 28",
    "protected a throttle before a weak store",
    "mechanism a step to 2.5 times the load",
    "mechanism flushed",
    "mechanism errors in order",
    "mechanism a failing shard",
    "zone no room",
)


def name_of(claim: Claim) -> str:
    return f"{claim.section}: {claim.name} ({claim.against})"


def params(claims: Iterable[Claim]) -> list[Any]:
    return [pytest.param(c, id=name_of(c), marks=[pytest.mark.long] if c.long else []) for c in claims]


def rows_of_the_page() -> list[str]:
    return [re.sub(r" \[\d+\] \|", " |", line) for line in PAGE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("claim", params(CLAIMS))
def test_the_model_is_as_true_as_it_claims(claim: Claim) -> None:
    found = measured(claim)
    assert REGENERATE or row(claim, found) in rows_of_the_page(), REMEDY
    apart = claim.difference(found)
    assert apart <= claim.bound, (
        f"{claim.name}: the model says {found.predicted:.6g}, {claim.against} {found.expected:.6g}; "
        f"they are {apart:.4g} {claim.unit.value} apart, {claim.bound:g} are allowed ({found.note})"
    )


@pytest.mark.parametrize("claim", params(claim for claim in CLAIMS if claim.promised is not None))
def test_a_bound_said_to_be_missed_is_still_missed(claim: Claim) -> None:
    assert claim.promised is not None
    assert claim.promised < claim.bound
    assert claim.difference(measured(claim)) > claim.promised, "well done: remove `promised`, tighten `bound`"


def test_no_two_claims_have_one_name() -> None:
    names = [name_of(claim) for claim in CLAIMS]
    assert len(set(names)) == len(names)


def test_the_referee_has_judged_every_case_as_it_is_now() -> None:
    asked = {name: (digest(case), list(case.seeds)) for name, case in CASES.items()}
    assert {name: (row["graph"], row["seeds"]) for name, row in stored().items()} == asked, (
        "run: python -m tests.truth.referee_results"
    )


def test_the_golden_page_of_truth_shows_every_claim() -> None:
    if REGENERATE:
        PAGE.write_text(page(), encoding="utf-8")
    for claim in CLAIMS:
        assert any(line.startswith(f"| {tight(claim.name)} | ") for line in rows_of_the_page()), claim.name


@pytest.mark.long
def test_the_page_of_truth_is_current_to_the_last_character() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), REMEDY


def test_the_page_begins_with_the_bounds_that_are_missed() -> None:
    summary = PAGE.read_text(encoding="utf-8").split("\n## ")[0]
    for claim in CLAIMS:
        assert (tight(claim.name) in summary) == (claim.promised is not None)


@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_is_used(unit: Unit) -> None:
    assert any(claim.unit is unit for claim in CLAIMS)


@pytest.mark.long
@pytest.mark.parametrize("name", PLAYED_AGAIN)
def test_the_stored_results_are_what_the_referee_says_today(name: str) -> None:
    case = CASES[name]
    for place in (0, -1):
        again = play(case, case.seeds[place])
        values = stored()[name]["values"]
        assert again == pytest.approx({quantity: values[quantity][place] for quantity in again}, rel=1e-3)
