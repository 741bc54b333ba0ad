"""Broken files are refused by a sentence, in this process as in the command; and the measure would notice others."""

from pathlib import Path
from random import Random

import pytest

from bench.rooms.malformed import Kind, _hurt, _mutated, kinds, measure, tried_on
from devops_tycoon.content.problem import ContentError, Problem
from tests.builders import run_python

VERBS = {
    "scenario": ("check",),
    "replay": ("verify",),
    "orders": ("run", "red-envelope", "--until", "1", "--orders"),
    "trace": ("run", "red-envelope", "--until", "1", "--trace"),
    "lab": ("lab", "--seconds", "1"),
}


def test_a_few_hundred_broken_files_are_refused_by_a_sentence() -> None:
    found = measure(6, 300)
    assert found["wrong"] == 0, found["examples"]
    assert found["fine"] < sum(found["tried"].values())


@pytest.mark.long
def test_some_thousand_broken_files_are_refused_by_a_sentence() -> None:
    found = measure(60, 4000, seed=2)
    assert found["wrong"] == 0, found["examples"]


@pytest.mark.long
@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("name", VERBS)
def test_the_command_refuses_what_its_readers_refuse(name: str, number: int, tmp_path: Path) -> None:
    (kind,) = (kind for kind in kinds() if kind.name == name)
    dice = Random(f"{name} {number}")
    path = tmp_path / f"case{kind.ending}"
    path.write_bytes((_hurt if number % 2 else _mutated)(dice.choice(kind.examples), dice))
    done = run_python("-m", "devops_tycoon", *VERBS[name], str(path))
    assert b"Traceback" not in done.stderr
    if tried_on(kind, path)[1] == "refused":
        assert done.returncode == 2
        assert path.name.encode() in done.stderr
    else:
        assert done.returncode in (0, 1, 2)


def _refusing(text: str) -> None:
    raise ContentError([Problem("other.toml", 0, "", text)])


def test_a_traceback_and_a_sentence_about_another_file_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    assert "ZeroDivisionError" in tried_on(Kind("a", ".toml", (), lambda _: 1 / 0, 1.0), path)[1]
    assert "not named" in tried_on(Kind("a", ".toml", (), lambda _: _refusing("is bad"), 1.0), path)[1]


@pytest.mark.parametrize(
    ("tag", "told"),
    [('[Scenario "nothing-known"]', "Scenario: nothing-known"), ('[File "a\x1b/b.toml"]', "File: the path")],
)
def test_a_replay_of_a_game_that_cannot_be_found_is_named_itself(tag: str, told: str, tmp_path: Path) -> None:
    (kind,) = (kind for kind in kinds() if kind.name == "replay")
    path = tmp_path / "x.replay"
    text = kind.examples[0].decode().replace('[Scenario "worse-than-dead"]', tag + "\n")
    path.write_text(text if "Scenario" in tag else '[Scenario "s"]\n' + text)
    with pytest.raises(ContentError) as refused:
        kind.reads(path)
    assert str(refused.value).startswith(f"{path}:1: {told}")


@pytest.mark.parametrize(
    ("piece", "told"),
    [
        (b"=\n", ":1: '=' is neither"),
        (b"x", ":1: Rules: is missing"),
        (b"0. begin\n", ":50001: is line 50001"),
        (b'[A "b"]\n', ":101: is tag 101"),
        (b"1# 00000000\n", ":50001: is line 50001"),
        (b"\n", ": is empty"),
        (b"0. begin \n\r", ":50001: is line 50001"),
    ],
)
def test_sixteen_megabytes_of_lines_are_refused_at_once(piece: bytes, told: str, tmp_path: Path) -> None:
    (kind,) = (kind for kind in kinds() if kind.name == "replay")
    path = tmp_path / "x.replay"
    path.write_bytes(piece * (16 * 1024 * 1024 // len(piece)))
    with pytest.raises(ContentError) as refused:
        kind.reads(path)
    assert told in str(refused.value)
    assert len(refused.value.problems) <= 60


@pytest.mark.parametrize("tag", ["Rules", "Scenario", "Game", "File", "Content", "Seed", "Difficulty"])
def test_a_tag_without_end_is_told_in_a_sentence_with_one(tag: str, tmp_path: Path) -> None:
    (kind,) = (kind for kind in kinds() if kind.name == "replay")
    path = tmp_path / "x.replay"
    others = [line for line in kind.examples[0].decode().splitlines() if not line.startswith(f"[{tag} ")]
    others = ['[Rules "0"]' if line.startswith("[Rules") and tag == "Game" else line for line in others]
    path.write_text("\n".join([f'[{tag} "{"9" * 5000}"]', *others]) + "\n")
    assert tried_on(kind, path)[1] == "refused"
