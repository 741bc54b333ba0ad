"""Games that are killed lose nothing that was acknowledged; one that writes late is caught."""

import os
from pathlib import Path

import pytest

from bench.rooms.local_kills import measure
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.saves import new_save
from devops_tycoon.play.text import play_text
from tests.builders import a_game

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@needs_fork
@pytest.mark.long
def test_twenty_kills_lose_no_order_and_leave_no_broken_file() -> None:
    found = measure(20)
    assert found["acknowledged"] > 100
    assert (found["kills"], found["lost"], found["broken"]) == (20, 0, 0), found["example"]


@needs_fork
def test_a_journal_that_writes_late_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Journal._write

    def lazy(self: Journal, text: str) -> None:
        if text.startswith("["):
            whole(self, text)
        else:
            self._file.write(text.encode())

    monkeypatch.setattr(Journal, "_write", lazy)
    assert measure(2, seed=3)["lost"] > 0


class Disk:
    """What would be left of a file after a power cut: what was synced, under a name that was."""

    def __init__(self, path: Path) -> None:
        self.path, self.synced, self.named = path, 0, False

    def fsync(self, file: int) -> None:
        if os.path.samestat(os.fstat(file), os.stat(self.path)):
            self.synced = os.fstat(file).st_size
        elif os.path.samestat(os.fstat(file), os.stat(self.path.parent)):
            self.named = True

    def left(self) -> str:
        return self.path.read_text()[: self.synced] if self.named else ""


def test_every_order_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(tmp_path / "x.replay")
    monkeypatch.setattr(os, "fsync", disk.fsync)
    session = new_save(a_game(), disk.path)
    lines = ["scale web +1", "set web>catalog timeout=200ms", "begin", "wait 70", "scale catalog +1", "wait 3"]
    acknowledged = 0

    class Out:
        def write(self, text: str) -> None:
            nonlocal acknowledged
            acknowledged += text.startswith("Ordered.")
            kept = [line for line in disk.left().splitlines() if ". " in line and line[0] != "["]
            assert len(kept) == len(session.orders) >= acknowledged

        def flush(self) -> None:
            return

    class Lines:
        def readline(self) -> str:
            return lines.pop(0) + "\n" if lines else ""

        def isatty(self) -> bool:
            return False

    play_text(session, Lines(), Out())  # type: ignore[arg-type]
    assert acknowledged == 4
    assert "60# " in disk.left()
    assert '[Left "73"]' in disk.left()
