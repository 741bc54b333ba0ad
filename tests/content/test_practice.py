"""Practices and the scenarios that name them: everything that is wrong is said at once, with line and key."""

from pathlib import Path

import pytest

from devops_tycoon.content.load import load_rules
from devops_tycoon.content.practice import read_practice
from devops_tycoon.content.problem import ContentError
from tests.builders import SHIPPED

GOOD = (SHIPPED / "practices" / "rightsizing.toml").read_text()
LEADING = """
[leading]
engineers = 4
salary_cents_per_week = 200_000
members = 100_000
fee_cents_per_month = 900
practices = [PRACTICES]
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('dial = "rent"', 'dial = "rents"', "did you mean rent?"),
        ("value = 0.85", "value = 0", "0 is not a valid factor; expected more than 0, such as 0.7"),
        ('scope = "service"', 'scope = "servcie"', "did you mean service?"),
        ("engineer_weeks = 1", "engineer_weeks = -1", "-1 is out of range"),
        ("engineer_weeks", "engineer_week", "did you mean engineer_weeks?"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ContentError) as error:
        read_practice(file)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("practice", "says"),
    [
        ("runbook", 'there is no practice "runbook"; did you mean runbooks?'),
        ("baked-image", '"baked-image" is for one service; expected practices for the whole company'),
        ("circuit-breaker", '"circuit-breaker" exists only from act 2; expected one of act 1'),
    ],
)
def test_a_company_begins_only_with_practices_that_can_be_in_force(tmp_path: Path, practice: str, says: str) -> None:
    file = tmp_path / "mine.toml"
    lesson = (SHIPPED / "scenarios" / "red-envelope.toml").read_text()
    file.write_text(lesson + LEADING.replace("PRACTICES", f'"{practice}"'))
    with pytest.raises(ContentError) as error:
        load_rules(str(file))
    assert says in str(error.value)


def test_a_scenario_with_a_company_to_lead_can_be_loaded(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    lesson = (SHIPPED / "scenarios" / "red-envelope.toml").read_text()
    file.write_text(lesson + LEADING.replace("PRACTICES", '"runbooks"'))
    rules = load_rules(str(file))
    assert rules.scenario.in_company_mode
    assert rules.scenario.company_mode.practices == ("runbooks",)
    assert {practice.act for practice in rules.offers} == {1}
