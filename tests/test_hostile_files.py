"""What a file says of itself reaches no terminal as a control, direction or zero-width character."""

from pathlib import Path

import pytest

from bench.rooms.verifying import recording
from devops_tycoon.content.problem import printable
from tests.builders import a_game
from tests.test_cli import Run, run

__all__ = ["run"]

HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202e\u200b\x9b31m[b]x[/b]"


@pytest.fixture(scope="module")
def text() -> str:
    return recording(a_game(), 61)


@pytest.mark.parametrize(
    "tag", ["Game", "Rules", "Scenario", "Content", "Seed", "Player", "Difficulty", "File", "Result"]
)
def test_hostile_tags_reach_no_terminal(tag: str, text: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.replay"
    lines = [line for line in text.splitlines() if not line.startswith(f"[{tag} ")]
    path.write_text("\n".join([f'[{tag} "{HOSTILE}"]', *lines]) + "\n")
    home = tmp_path / "home" / "saves"
    home.mkdir(parents=True)
    (home / "hostile.replay").write_text(path.read_text())
    for verb in (("verify", str(path)), ("replay", "--text", str(path)), ("debrief", str(path)), ("saves",)):
        done = run(*verb)
        said = done.out + done.err
        assert [char for char in said if char != "\n" and not printable(char)] == [], verb


def test_hostile_lines_reach_no_terminal(text: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.replay"
    for line in (f"   61. scale {HOSTILE} +1", f"   61. {HOSTILE}", HOSTILE, f"   61. scale web +1 ; {HOSTILE} @ada"):
        path.write_text(text + line + "\n")
        for verb in ("verify",), ("replay", "--text"):
            done = run(*verb, str(path))
            said = done.out + done.err
            assert [char for char in said if char != "\n" and not printable(char)] == [], verb
