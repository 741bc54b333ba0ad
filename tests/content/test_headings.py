from pathlib import Path

import pytest

from devops_tycoon.content import headings as module
from devops_tycoon.content.find import ids
from devops_tycoon.content.headings import headings
from devops_tycoon.content.load import load_rules


def test_the_menu_lists_what_the_files_say_in_full() -> None:
    known = {heading.id: heading for heading in headings()}
    assert set(known) == {*ids("scenarios"), *ids("campaigns")}
    for name in ids("scenarios"):
        scenario = load_rules(name).scenario
        heading = known[name]
        assert (heading.title, heading.kind, heading.number) == (scenario.title, scenario.kind, scenario.number)


@pytest.mark.parametrize("text", ["", "title = 3", "title = \n[[", "kind = 1\nnumber = 'x'", "\0"])
def test_a_damaged_file_appears_under_its_id(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.toml").write_text(text)
    monkeypatch.setattr(module, "contents", lambda kind: {"odd": tmp_path / "odd.toml"} if kind == "scenarios" else {})
    (heading,) = headings()
    assert (heading.id, heading.title, heading.kind, heading.number) == ("odd", "odd", "", 0)


def test_a_text_may_hold_a_line_that_begins_with_a_bracket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.toml").write_text('title = "A"\nbriefing = """\n[no table]\n"""\nnumber = 2\nkind = "act"\n')
    monkeypatch.setattr(module, "contents", lambda kind: {"odd": tmp_path / "odd.toml"} if kind == "scenarios" else {})
    assert [(h.title, h.kind, h.number) for h in headings()] == [("A", "act", 2)]
