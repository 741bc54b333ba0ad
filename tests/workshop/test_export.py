"""What a workshop leaves as files, and what is deleted when its time has come."""

import io
import os
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from devops_tycoon.play.game import load
from devops_tycoon.play.replay import read
from devops_tycoon.play.verify import verify
from devops_tycoon.workshop.classroom import Seat, runs
from devops_tycoon.workshop.export import export, replays_zip, solution_run
from devops_tycoon.workshop.purge import purge
from tests.builders import STREAMING
from tests.workshop.classes import a_class

NOW = datetime(2030, 1, 31, tzinfo=UTC)


def test_a_lesson_leaves_grades_a_debrief_and_replays_that_anybody_can_verify(tmp_path: Path) -> None:
    held = a_class(("Calm Otter", "../../etc/passwd", "=cmd|' /C calc'!A0"), until=300)
    paths = export(held, tmp_path / "out", odds=0)
    found = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert found == ["debrief.html", "grades.csv", "replays/P01.replay", "replays/P02.replay", "replays/P03.replay"]
    assert sorted(paths) == sorted(tmp_path / "out" / name for name in found)
    assert verify(tmp_path / "out" / "replays" / "P01.replay").verified
    assert read(tmp_path / "out" / "replays" / "P02.replay").tag("Player") == "P02"
    page = (tmp_path / "out" / "debrief.html").read_text(encoding="utf-8")
    assert 'id="luck"' not in page
    assert "Known solution" in page
    assert "inject bad-deploy catalog" in page


def test_a_code_that_is_a_path_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    held = replace(a_class(until=60), seats=(Seat("../x", "x", ""),))
    with pytest.raises(ValueError, match="no code of a seat"):
        export(held, tmp_path / "out", odds=0)
    assert not (tmp_path / "out").exists()


def test_the_same_class_gives_the_same_archive() -> None:
    held = a_class(until=60)
    packed = replays_zip(held)
    assert packed == replays_zip(replace(held, seats=held.seats[::-1]))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["P01.replay", "P02.replay", "P03.replay"]
        assert archive.read("P01.replay").decode() == held.seats[0].replay


def test_the_solution_meets_what_the_host_made_happen() -> None:
    held = a_class(until=300)
    run = solution_run(load(STREAMING, 1), runs(held))
    assert run is not None
    assert run.result is not None
    assert run.result["ticks"] == 300
    assert (
        [band.title for band in run.bands if band.host]
        == [band.title for band in runs(held)[0].bands if band.host]
        != []
    )
    assert run.own == ((0, "set web>recommendations timeout=300ms fallback=on"),)


@pytest.mark.long
def test_with_odds_every_verified_team_has_its_strip(tmp_path: Path) -> None:
    export(a_class(until=120), tmp_path, jobs=2, odds=2)
    assert (tmp_path / "debrief.html").read_text(encoding="utf-8").count("other seeds, ") > 0


def a_room(folder: Path, days: float, log: str = "room.db") -> Path:
    """Make what looks like a room that was last written to so many days ago."""
    (folder / "snapshots").mkdir(parents=True)
    (folder / log).write_bytes(b"")
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(folder / log, (then, then))
    return folder


def test_only_old_rooms_are_purged_and_no_link_is_followed(tmp_path: Path) -> None:
    rooms, elsewhere = tmp_path / "rooms", a_room(tmp_path / "elsewhere", 99)
    old, new = a_room(rooms / "old", 31), a_room(rooms / "new", 29)
    other = a_room(rooms / "holiday-photos", 99, log="photo.jpg")
    (rooms / "file").write_text("x")
    (rooms / "link").symlink_to(elsewhere)
    linked = rooms / "linked-log"
    linked.mkdir()
    (linked / "room.db").symlink_to(elsewhere / "room.db")
    assert purge(rooms, 30, NOW) == [old]
    assert not old.exists()
    assert all(path.exists() for path in (new, other, linked, rooms / "file", rooms / "link", elsewhere / "room.db"))
