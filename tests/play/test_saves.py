"""Saved games can be listed, taken out and deleted; nothing is overwritten, nothing breaks the list."""

from pathlib import Path

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.play import saves, saves_folder
from devops_tycoon.play.verify import verify
from tests.builders import a_game, order


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(saves_folder.HOME, str(tmp_path))
    return tmp_path


def a_save(ticks: int) -> Path:
    session = saves.new_save(a_game(seed=7))
    order(session, "begin")
    session.advance(ticks)
    session.close()
    return saves_folder.saves()[0]


def test_the_list_says_what_can_be_continued_and_what_is_damaged(home: Path) -> None:
    a_save(100)
    (home / "saves" / "broken-1.replay").write_text("nonsense")
    known = {save.name: save for save in saves.listing()}
    assert known["worse-than-dead-1"].tick == 100
    assert known["worse-than-dead-1"].seed == "7"
    assert known["worse-than-dead-1"].result == ""
    assert "neither a tag" in known["broken-1"].problem or "missing" in known["broken-1"].problem


def test_a_copy_is_a_replay_that_verifies_and_never_overwrites(home: Path) -> None:
    name = a_save(100).stem
    copy = saves.export(name, home)
    assert verify(copy).verified
    with pytest.raises(ContentError, match="exists already"):
        saves.export(name, home)


def test_what_is_deleted_is_gone_and_a_wrong_name_is_answered_with_the_nearest() -> None:
    name = a_save(10).stem
    with pytest.raises(ContentError, match=f"did you mean {name}"):
        saves.delete(name[:-1] + "2")
    saves.delete(name)
    assert saves.listing() == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "worse-than-dead-1/../x"])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    a_save(10)
    with pytest.raises(ContentError, match="no saved game"):
        saves.delete(name)
