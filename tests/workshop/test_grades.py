"""Grades say what a re-simulation says, and do no harm in a spreadsheet."""

import csv
import io
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from devops_tycoon.content.load import load_rules
from devops_tycoon.debrief.run import Run
from devops_tycoon.play.result import result
from devops_tycoon.play.verify import verify_text
from devops_tycoon.workshop.classroom import Seat, runs
from devops_tycoon.workshop.grades import COLUMNS, grades_csv
from tests.builders import STREAMING
from tests.workshop.classes import a_class, a_replay


def rows_of(file: bytes) -> list[dict[str, str]]:
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_every_number_is_what_playing_the_replay_gives() -> None:
    held = a_class(until=360)
    rows = rows_of(grades_csv(runs(held), load_rules(STREAMING).scenario.question))
    assert [row["code"] for row in rows] == ["P01", "P02", "P03"]
    for row, seat in zip(rows, held.seats, strict=True):
        again = result(verify_text(seat.replay, "again").session)
        assert tuple(row) == COLUMNS
        assert row["nickname"] == seat.name
        assert row["joined_tick"] == str(seat.joined_tick)
        assert (row["score"], row["digest"]) == (str(again["score"]), again["digest"])
        assert row["uptime"] == f"{again['uptime']:.6f}"
        for column, name in (("mttd_s", "mttd"), ("mttm_s", "mttr")):
            typical = again["responding"][name]
            assert row[column] == ("" if typical is None else f"{typical['mean_s']:.1f}")
        assert row["verified"] == "yes"
    assert [row["orders"] for row in rows] == ["1", "1", "0"]
    assert [row["forecast_mark"] for row in rows] == ["1", "0", ""]
    assert rows[0]["mttd_s"] != ""


def test_several_processes_find_the_same() -> None:
    held = a_class(until=120)
    assert runs(held, jobs=2) == runs(held)


def test_a_changed_recording_is_graded_by_its_orders_and_not_verified() -> None:
    held = a_class(until=180)
    text = held.seats[0].replay
    mark = next(line.split()[1] for line in text.splitlines() if line.startswith("  120#"))
    changed = replace(held.seats[0], replay=text.replace(mark, "00000000"))
    true, forged = runs(replace(held, seats=(held.seats[0], changed)))
    assert true.result == forged.result
    assert "tick 120" in forged.problem
    assert [row["verified"] for row in rows_of(grades_csv([true, forged]))] == ["yes", "no"]


def test_a_recording_of_another_game_is_not_verified() -> None:
    held = a_class(until=60)
    other = Seat("P09", "x", a_replay("P09", until=60, seed=2))
    (run,) = runs(replace(held, seats=(other,)))
    assert run.problem == "recorded in another game"


def test_a_recording_that_cannot_be_read_leaves_an_empty_row() -> None:
    held = a_class(until=60)
    broken = [Seat(f"P{n}", "x", text) for n, text in enumerate(("", "rubbish\n", "\0", '[Rules "99"]\n'))]
    found = runs(replace(held, seats=tuple(broken)))
    assert all(run.problem and run.result is None for run in found)
    assert {(row["score"], row["verified"]) for row in rows_of(grades_csv(found))} == {("", "no")}


@example("\n")
@example("\n=1+1")
@given(st.text(max_size=40) | st.from_regex(r"\A\s?[=+\-@\t\"',;\r\n]{1,3}[a-z\"\n,|!()]{0,20}"))
def test_no_name_becomes_a_formula_or_breaks_a_row(name: str) -> None:
    file = grades_csv([Run("P01", name), Run("P02", "honest")])
    rows = rows_of(file)
    assert [row["code"] for row in rows] == ["P01", "P02"]
    assert file.decode("utf-8-sig").count("\n") == 3
    assert rows[0]["nickname"].lstrip()[:1] not in {"=", "+", "-", "@", "\t"}
