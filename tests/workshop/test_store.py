import sqlite3
import threading
from pathlib import Path

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.workshop.entry import Entry
from devops_tycoon.workshop.store import Store, read_log


def an_entry(n: int) -> Entry:
    return Entry(n, 1, 0, "P01", n, "order", f"scale web +{n}")


def written(store: Store, *entries: Entry) -> Exception | None:
    told: list[Exception | None] = []
    done = threading.Event()

    def hear(problem: Exception | None) -> None:
        told.append(problem)
        done.set()

    store.append(entries, hear)
    assert done.wait(10)
    return told[0]


def test_what_was_written_is_read_again_in_its_order(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for n in range(1, 50):
        assert written(store, an_entry(n)) is None
    store.close()
    assert read_log(tmp_path) == [an_entry(n) for n in range(1, 50)]


def test_every_commit_is_synced(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()


def test_what_comes_after_a_failure_is_not_written_until_it_is_mended(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert written(store, an_entry(1)) is None
    assert isinstance(written(store, an_entry(1)), sqlite3.IntegrityError)
    assert written(store, an_entry(2)) is not None, "it was stamped as if the other had happened"
    store.mend()
    assert written(store, an_entry(2)) is None
    store.close()
    assert [entry.n for entry in read_log(tmp_path)] == [1, 2]


def test_nobody_else_can_open_a_room_that_is_hosted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(ContentError, match="being hosted"):
        Store(tmp_path)
    store.close()


@pytest.mark.parametrize("raw", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_room_is_refused_with_a_sentence(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "room.db").write_bytes(raw)
    if raw:
        with pytest.raises(ContentError, match=r"room\.db"):
            read_log(tmp_path)


def test_another_database_is_no_room(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "room.db")
    db.execute("CREATE TABLE log (n INTEGER)")
    db.commit()
    db.close()
    with pytest.raises(ContentError, match="not a room"):
        Store(tmp_path)
