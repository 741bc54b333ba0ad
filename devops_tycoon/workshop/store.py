"""The store: a room's log on the disk. An entry is acknowledged when the disk has it, not before."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from queue import SimpleQueue

from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.workshop.entry import Entry

FILE = "room.db"
APPLICATION = 0x44545957
"""In the file's head: this is a room, not just any database."""
SCHEMA = 1
_MOST_AT_ONCE = 500
_TABLE = """
CREATE TABLE log (
  n INTEGER PRIMARY KEY, round INTEGER NOT NULL, tick INTEGER NOT NULL, who TEXT NOT NULL, seq INTEGER NOT NULL,
  kind TEXT NOT NULL, text TEXT NOT NULL
) STRICT
"""

Done = Callable[[Exception | None], None]
"""Is called in the writer's thread when the entries are on the disk, or with what went wrong."""


class Store:
    """An open log. One thread writes; the caller is told when it is done."""

    def __init__(self, folder: Path) -> None:
        """Open the log of a room's folder, or begin one; raise ContentError if it is none or someone has it open."""
        self._path = folder / FILE
        self._db = _open(self._path)
        self._waiting: SimpleQueue[tuple[Sequence[Entry], Done] | None] = SimpleQueue()
        self._failed: Exception | None = None
        self._thread = threading.Thread(target=self._write, name="store", daemon=True)
        self._thread.start()

    def entries(self) -> Iterator[Entry]:
        """Yield the whole log, first entry first."""
        return _rows(self._db)

    def append(self, entries: Sequence[Entry], done: Done) -> None:
        """Write entries down in the order of the calls."""
        self._waiting.put((entries, done))

    def mend(self) -> None:
        """Try again after a failure, once everything that was on its way has been refused."""
        self._failed = None

    def close(self) -> None:
        """Write what waits, then close."""
        self._waiting.put(None)
        self._thread.join()
        self._db.close()

    def _write(self) -> None:
        """Commit whatever waits together: one sync of the disk is enough for all of it."""
        going = True
        while going:
            batch = [self._waiting.get()]
            while len(batch) < _MOST_AT_ONCE and not self._waiting.empty():
                batch.append(self._waiting.get())
            going = None not in batch
            works = [work for work in batch if work is not None]
            # What comes after something that failed must not be written: it was stamped as if that had happened.
            problem = self._failed or self._commit([entry for entries, _ in works for entry in entries])
            self._failed = problem
            for _, done in works:
                done(problem)

    def _commit(self, entries: Sequence[Entry]) -> Exception | None:
        if not entries:
            return None
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", map(astuple, entries))
            self._db.execute("COMMIT")
        except sqlite3.Error as problem:
            if self._db.in_transaction:
                try:
                    self._db.execute("ROLLBACK")
                except sqlite3.Error as worse:
                    return worse
            return problem
        return None


def read_log(folder: Path) -> list[Entry]:
    """Return the log of a room that nobody has open; raise ContentError if it cannot be read."""
    if not (folder / FILE).is_file():
        raise ContentError([Problem(str(folder), 0, "", f"is not a room: it has no {FILE}")])
    db = _open(folder / FILE)
    try:
        return list(_rows(db))
    except (sqlite3.Error, ValueError) as error:
        raise ContentError([Problem(str(folder / FILE), 0, "", f"cannot be read: {error}")]) from None
    finally:
        db.close()


def _rows(db: sqlite3.Connection) -> Iterator[Entry]:
    for row in db.execute("SELECT n, round, tick, who, seq, kind, text FROM log ORDER BY n"):
        yield Entry(*row)


def _open(path: Path) -> sqlite3.Connection:
    """Open the database for us alone, with every commit synced."""
    try:
        db = sqlite3.connect(path, timeout=2, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise ContentError([Problem(str(path), 0, "", f"cannot be opened: {error}")]) from None
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA trusted_schema = OFF")
        known = db.execute("PRAGMA application_id").fetchone()[0]
        fresh = known == 0 and not db.execute("SELECT 1 FROM sqlite_schema").fetchone()
        if not fresh and known != APPLICATION:
            raise ContentError([Problem(str(path), 0, "", "is a database but not a room")])
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN IMMEDIATE")  # from here on nobody else can open it
        if fresh:
            db.execute(_TABLE)
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            db.execute(f"PRAGMA user_version = {SCHEMA}")
        version = SCHEMA if fresh else db.execute("PRAGMA user_version").fetchone()[0]
        db.execute("COMMIT")
    except sqlite3.Error as error:
        db.close()
        locked = "locked" in str(error)
        said = "is in use: the room is being hosted" if locked else f"cannot be used: {error}"
        raise ContentError([Problem(str(path), 0, "", said)]) from None
    except ContentError:
        db.close()
        raise
    if version != SCHEMA:
        db.close()
        raise ContentError([Problem(str(path), 0, "", f"has version {version}; expected {SCHEMA}")])
    return db
