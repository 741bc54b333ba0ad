"""Services are blocks of one kind: capabilities, tables, or one provider."""

from dataclasses import replace
from pathlib import Path

import pytest

from devops_tycoon.content.load import load_rules
from devops_tycoon.content.problem import ContentError
from tests.builders import SHIPPED, lesson

POSTING = (SHIPPED / "scenarios" / "red-envelope.toml").read_text()


def said(folder: Path, old: str, new: str) -> str:
    """Return what is wrong with the first lesson after a change."""
    assert old in POSTING
    file = folder / "mine.toml"
    file.write_text(POSTING.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        load_rules(str(file))
    return "\n".join(problem.text for problem in caught.value.problems)


def test_acts_have_twelve_sixteen_and_twenty_four_capabilities() -> None:
    nodes = lesson("red-envelope").company.capabilities
    assert [sum(c.kind == "capability" and c.act <= act for c in nodes) for act in (1, 2, 3)] == [12, 16, 24]


def test_every_table_has_an_owner_that_is_there_when_it_is() -> None:
    nodes = {c.id: c for c in lesson("red-envelope").company.capabilities}
    for node in nodes.values():
        assert (node.kind == "store") == bool(node.owner)
        if node.owner:
            assert nodes[node.owner].act <= node.act


def test_one_call_of_the_interface_becomes_six_behind_it() -> None:
    api = next(c for c in lesson("red-envelope").company.capabilities if c.id == "api")
    assert len(api.calls) == 6


def test_a_store_is_a_block_of_tables_and_may_be_cut_from_the_start(tmp_path: Path) -> None:
    text = POSTING.replace('"stock-data",', "", 1)
    text += '\n[[services]]\nid = "shelves"\ncapabilities = ["stock-data"]\nreplicas = 1\nmost = 2\n'
    (tmp_path / "mine.toml").write_text(text)
    scenario = load_rules(str(tmp_path / "mine.toml")).scenario
    assert scenario.services[-1].capabilities == ("stock-data",)
    whole = lesson("red-envelope").scenario
    assert len(scenario.services) == len(whole.services) + 1
    assert replace(scenario, id=whole.id, services=whole.services) == whole


def test_a_block_of_two_kinds_is_refused(tmp_path: Path) -> None:
    assert '"stock-data" is a store, "storefront" a capability; expected a service of one kind' in said(
        tmp_path, '"notifications",', '"notifications", "stock-data",'
    )


def test_a_provider_stays_alone(tmp_path: Path) -> None:
    assert '"mail" is a provider; expected it in a pool of its own with the same id' in said(
        tmp_path, 'id = "mail"', 'id = "post"\ncapabilities = ["mail"]'
    )


def test_a_table_that_is_left_out_is_missed(tmp_path: Path) -> None:
    assert 'the store "stock-data" of act 1 is in no service; expected it in one service' in said(
        tmp_path, '"stock-data",', ""
    )
