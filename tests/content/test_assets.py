"""The content that ships is whole, and its fingerprint is of what can matter."""

from dataclasses import replace
from pathlib import Path

import pytest

from devops_tycoon.content.check import check, kind_of
from devops_tycoon.content.find import assets, find, ids, roots
from devops_tycoon.content.fingerprint import fingerprint
from devops_tycoon.content.load import load_rules
from devops_tycoon.content.scenario import read_scenario
from devops_tycoon.sim.rules.rules import Rules

SHIPPED = Path(str(assets()))


def test_everything_that_ships_is_clean() -> None:
    assert check([SHIPPED]) == []


@pytest.mark.parametrize("scenario", ids("scenarios"))
def test_every_scenario_loads_the_same_twice(scenario: str) -> None:
    assert load_rules(scenario) == load_rules(str(SHIPPED / "scenarios" / f"{scenario}.toml"))


def test_a_links_missing_settings_are_the_scenarios_defaults(tmp_path: Path) -> None:
    text = (SHIPPED / "scenarios" / "worse-than-dead.toml").read_text()
    text = text.replace("retries = 0\nbackoff_ms = 0\n", "retries = 2\ntimeout_ms = 500\n")
    text += '\n[[links]]\nfrom = "web"\nto = "identity"\ntimeout_ms = "off"\n'
    text += '\n[[links]]\nfrom = "web"\nto = "catalog"\nretries = 0\n'
    (tmp_path / "mine.toml").write_text(text)
    scenario = load_rules(str(tmp_path / "mine.toml")).scenario
    assert scenario.defaults.timeout_ms == 500
    first, second = (link.settings for link in scenario.links)
    assert (first.timeout_ms, first.retries) == (None, 2)
    assert (second.timeout_ms, second.retries) == (500, 0)


def test_a_users_folder_may_bring_its_own_company(tmp_path: Path) -> None:
    for kind in ("companies", "scenarios"):
        (tmp_path / kind).mkdir()
    company = (SHIPPED / "companies" / "cinemail.toml").read_text().replace('title = "Cinemail"', 'title = "Mine"')
    (tmp_path / "companies" / "mine.toml").write_text(company)
    text = (SHIPPED / "scenarios" / "worse-than-dead.toml").read_text().replace('"cinemail"', '"mine"')
    mine = tmp_path / "scenarios" / "mine.toml"
    mine.write_text(text)
    assert load_rules(str(mine)).company.title == "Mine"
    assert find("failures", "zone-loss", roots(mine)).is_file()
    assert sorted(p.text.split(" is missing")[0] for p in check([tmp_path])) == [
        "the order file mine.detour.orders", "the order file mine.idle.orders", "the order file mine.solution.orders"
    ]  # fmt: skip


def test_an_incomplete_lesson_is_named(tmp_path: Path) -> None:
    text = (SHIPPED / "scenarios" / "worse-than-dead.toml").read_text()
    file = tmp_path / "scenarios" / "lesson.toml"
    file.parent.mkdir()
    file.write_text(text[: text.index("[question]")] + text[text.index("[defaults]") : text.index("[[goals]]")])
    assert {p.key for p in check([file])} == {"goals", "question", ""}


def test_a_file_outside_the_folders_is_known_by_its_keys(tmp_path: Path) -> None:
    texts = {
        "companies": (SHIPPED / "companies" / "cinemail.toml").read_text(),
        "failures": (SHIPPED / "failures" / "zone-loss.toml").read_text(),
        "scenarios": (SHIPPED / "scenarios" / "worse-than-dead.toml").read_text(),
        "labs": '[[services]]\nid = "a"\n',
    }
    for kind, text in texts.items():
        (tmp_path / f"{kind}.toml").write_text(text)
        assert kind_of(tmp_path / f"{kind}.toml") == kind
    (tmp_path / "what.toml").write_text("x = 1")
    read: list[Path] = []
    found = check([tmp_path], read.append)
    assert read == [tmp_path / "labs.toml"]
    assert [Path(p.file).name for p in found if "order file" not in p.text] == ["what.toml"]
    assert "does not exist" in check([tmp_path / "none.toml"])[0].text
    (tmp_path / "empty").mkdir()
    assert "no .toml file" in check([tmp_path / "empty"])[0].text


def rules_with(rules: Rules, **changes: object) -> str:
    return fingerprint(replace(rules.scenario, **changes), rules.company, rules.failures)  # type: ignore[arg-type]


def test_the_fingerprint_ignores_texts() -> None:
    rules = load_rules("worse-than-dead")
    goal = replace(rules.scenario.goals[0], text="other")
    question = rules.scenario.question
    assert question is not None
    assert rules.fingerprint == rules_with(
        rules, title="x", briefing="y", hints=(), debrief=(), next_move="z", minutes=3, lesson_orders=(),
        question=replace(question, text="?", why="!"), goals=(goal, *rules.scenario.goals[1:]),
    )  # fmt: skip
    cards = tuple(replace(card, story="once", sources=("me",), helps=()) for card in rules.failures)
    people = tuple(replace(c, about="new", title="t") for c in rules.company.capabilities)
    company = replace(rules.company, about="z", capabilities=people)
    assert fingerprint(rules.scenario, company, cards) == rules.fingerprint


def test_the_fingerprint_notices_numbers() -> None:
    rules = load_rules("worse-than-dead")
    seen = {rules.fingerprint, rules_with(rules, cash_cents=1), rules_with(rules, act=3), rules_with(rules, goals=())}
    demand = replace(rules.scenario.demands[0], rate=41.0)
    seen.add(rules_with(rules, demands=(demand, *rules.scenario.demands[1:])))
    cards = tuple(replace(card, lasts_s=1.0) for card in rules.failures)
    seen.add(fingerprint(rules.scenario, rules.company, cards))
    slow = tuple(replace(c, work_ms=c.work_ms * 2) for c in rules.company.capabilities)
    seen.add(fingerprint(rules.scenario, replace(rules.company, capabilities=slow), rules.failures))
    assert len(seen) == 7


def test_content_that_the_game_cannot_meet_is_not_in_the_fingerprint() -> None:
    rules = load_rules("red-envelope")
    early = tuple(c for c in rules.company.capabilities if c.act == 1)
    assert len(early) < len(rules.company.capabilities)
    assert fingerprint(rules.scenario, replace(rules.company, capabilities=early), ()) == rules.fingerprint


def test_a_scenario_reads_as_it_is_written() -> None:
    scenario = read_scenario(SHIPPED / "scenarios" / "red-envelope.toml").value.scenario
    assert scenario.id == "red-envelope"
    assert scenario.question is not None
    assert scenario.question.answer == 2
    assert [shift.begins_s for shift in scenario.shifts] == [19 * 3600] * 5
    assert scenario.services[1].id == "main-db"
    assert scenario.services[1].capabilities[:2] == ("titles-data", "members-data")
    assert scenario.services[2].capabilities == ("payments",)
    assert "\n\n" in scenario.briefing
    assert "\n" not in scenario.lesson


def test_a_subtitle_is_for_people_and_breaks_no_replay() -> None:
    rules = load_rules("act-1")
    cards = tuple(replace(card, subtitle="another line") for card in rules.failures)
    practices = tuple(replace(practice, subtitle="") for practice in rules.practices)
    assert fingerprint(rules.scenario, rules.company, cards, practices) == rules.fingerprint
