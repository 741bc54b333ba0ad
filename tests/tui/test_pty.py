"""The screens on a real terminal line: what a file or a person says never becomes something that the terminal obeys."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.builders import ROOT
from tests.workshop.rooms import a_room

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform == "win32", reason="there are no terminal lines")]

LINES, COLUMNS = 36, 120
MARK = "ZQX"
HOSTILE = f"\x1b]0;{MARK}\x07\x1b[2J\x9b31m\u202e{MARK}\u200b\x00[bold red]{MARK}[/]"
OBEYED = ("\x1b]0;", "\x9b", "\u202e", "\u200b", f"\x1b[2J{MARK}")


class Terminal:
    """A program on a terminal line of its own, and every byte that it wrote."""

    def __init__(self, arguments: list[str], home: Path) -> None:
        self._line, theirs = pty.openpty()
        fcntl.ioctl(self._line, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        known = {
            "DEVOPS_TYCOON_HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "LINES": str(LINES),  # whoever runs the tests may have told another size
            "COLUMNS": str(COLUMNS),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "devops_tycoon", *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=os.environ | known, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.wrote = ""

    def until(self, text: str, seconds: float = 30) -> None:
        """Read until a text has been written."""
        ends = time.monotonic() + seconds
        before = len(self.wrote)
        while text not in self.wrote[max(0, before - len(text)) :]:
            assert time.monotonic() < ends, f"{text!r} never came: {self.wrote[-2000:]!r}"
            ready, _, _ = select.select([self._line], [], [], 0.2)
            if ready:
                self.wrote += os.read(self._line, 65536).decode(errors="replace")

    def settle(self) -> None:
        """Read what is written until nothing comes for half a second; a screen that moves is read for one."""
        ends = time.monotonic() + 1
        while time.monotonic() < ends and select.select([self._line], [], [], 0.5)[0]:
            self.wrote += os.read(self._line, 65536).decode(errors="replace")

    def type(self, keys: str) -> None:
        os.write(self._line, keys.encode())

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._line)


def assert_nothing_was_obeyed(wrote: str) -> None:
    for sequence in OBEYED:
        assert sequence not in wrote, repr(sequence)


def test_a_saved_game_with_a_hostile_name_and_hostile_tags_is_only_text(tmp_path: Path) -> None:
    saves = tmp_path / "saves"
    saves.mkdir()
    lesson = (ROOT / "tests" / "golden" / "replays").glob("*.replay")
    text = sorted(lesson)[0].read_text(encoding="utf-8")
    (saves / "good-1.replay").write_text(text.replace('[Player "', f'[Player "{HOSTILE}'), encoding="utf-8")
    named = f"\x1b]0;{MARK}\x07\u202e{MARK}.replay"
    (saves / named).write_text(f'[Scenario "{HOSTILE}"]\n', encoding="utf-8")
    terminal = Terminal(["saves"], tmp_path)
    terminal.until(MARK)
    terminal.close()
    assert_nothing_was_obeyed(terminal.wrote)


def test_people_messages_and_polls_of_a_room_are_only_text(tmp_path: Path) -> None:
    with a_room(tmp_path / "room", free_names=True) as room:
        room.connect(name=HOSTILE)
        room.do(f"say {HOSTILE}", f"ask {HOSTILE}? | {HOSTILE} | no")
        terminal = Terminal(
            ["workshop", "join", room.address, room.code, "--name", HOSTILE.replace("\0", "")], tmp_path
        )
        try:
            terminal.until(MARK)
            room.do("start")
            terminal.until("PLANNING")
            terminal.type("\x1b")
            terminal.type("\x1b")
            terminal.type("B")
            terminal.until(MARK)
            room.do("start")
            for keys in (
                "\x1b",
                "w",
                "u",
                "s",
                "e",
                "z",
                "f",
                "i",
                "\x1b",
                "?",
                "\x1b",
                ":",
                "\x1b",
                "\x1bOQ",
                "\x1b",
                "k",
            ):
                terminal.type(keys)
                terminal.settle()
            room.do("end")
            terminal.settle()
        finally:
            terminal.close()
    assert_nothing_was_obeyed(terminal.wrote)
