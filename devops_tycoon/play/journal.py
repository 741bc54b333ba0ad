"""The journal: a replay written while it is played, so that a crash loses nothing that was acknowledged."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from devops_tycoon.play.game import Game
from devops_tycoon.play.replay import header, mark_line, order_line
from devops_tycoon.play.session import Mark, Recorded, Session
from devops_tycoon.sim.score.score import score


class Journal:
    """An open replay file. Every line is on the disk before the order is acknowledged."""

    def __init__(self, path: Path, mode: str = "wb") -> None:
        self._file = open(path, mode)  # noqa: SIM115 — it stays open as long as the game is played

    @classmethod
    def begin(cls, path: Path, game: Game) -> Self:
        """Begin a new file with the tags of a game."""
        journal = cls(path)
        journal._write(header(game))
        _sync_name(path)
        return journal

    @classmethod
    def go_on(cls, path: Path, whole_bytes: int) -> Self:
        """Go on with a file after its last whole line."""
        journal = cls(path, "r+b")
        journal._file.truncate(whole_bytes)
        journal._file.seek(whole_bytes)
        return journal

    def ordered(self, recorded: Recorded) -> None:
        """Append an order."""
        self._write(order_line(recorded))

    def marked(self, mark: Mark) -> None:
        """Append a check mark."""
        self._write(mark_line(mark))

    def closed(self, session: Session) -> None:
        """Append the result, or where the game was left, and close the file."""
        tags = f'[Ticks "{session.world.tick}"]\n[Result "{result_line(session)}"]\n'
        if not self._file.closed:
            self._write(tags if session.over else f'[Left "{session.world.tick}"]\n')
            self._file.close()

    def _write(self, text: str) -> None:
        try:
            self._file.write(text.encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError:
            with suppress(OSError):  # closing tries to write once more
                self._file.close()
            raise


def _sync_name(path: Path) -> None:
    """Have the folder remember a new file's name after a power cut too, where the system can be asked to."""
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def result_line(session: Session) -> str:
    """Return the result in one line."""
    result = score(session.world, session.rules)
    return f"uptime {100 * result.uptime:.3f} score {result.points} grade {result.grade}"
