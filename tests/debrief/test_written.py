"""A run's debrief as Markdown and as a picture: the same numbers, and nobody's text becomes markup."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from devops_tycoon.debrief.document import debrief_document
from devops_tycoon.debrief.html.charts import LEFT
from devops_tycoon.debrief.html.lesson import Lesson
from devops_tycoon.debrief.html.picture import END, WIDE, run_picture
from devops_tycoon.debrief.html.text_width import cut, lines, width
from devops_tycoon.debrief.markdown import debrief_markdown, inline
from devops_tycoon.debrief.run import bands
from devops_tycoon.play.atomic_write import write_whole
from devops_tycoon.play.game import load
from devops_tycoon.play.session import Session
from devops_tycoon.sim.values.facts import Fact
from tests.builders import a_session, order, some_rules

HOSTILE = (
    "# <script>alert(1)</script> | [x](http://evil) ![y](z) `k` www.evil.example @all a@b.example \x1b[2J\u202e \"&'"
)


@pytest.fixture(scope="module")
def session() -> Session:
    """An idle evening that loses requests, played by somebody with an evil name."""
    played = Session(replace(load("worse-than-dead", 7), player=HOSTILE))
    played.place("begin")
    played.advance(1500)
    return played


def test_the_ledger_of_the_markdown_sums_to_what_was_lost(session: Session) -> None:
    text = debrief_markdown(session)
    body = text.partition("## Lost requests by cause")[2].partition("By cause")[0]
    amounts = [line.split("|")[-2] for line in body.splitlines() if line.startswith("|")][2:]
    *lines, whole = [float(re.sub(r"[*, \\]", "", amount)) for amount in amounts]
    told = debrief_document(session)
    assert round(sum(lines) * 1e6) == round(whole * 1e6) == told["valid"] - told["good"] > 0


def test_markdown_has_every_row_in_one_table_and_no_markup_of_others(session: Session) -> None:
    text = debrief_markdown(session)
    assert not {"\x1b", "\u202e"} & set(text)
    bare = re.sub(r"\\.", "", text)
    assert "@" not in bare.replace("`@`", "")
    for wild in ("<", ">\n", "](", "www.", "://"):
        assert wild not in bare
    for block in text.split("\n\n"):
        if block.startswith("| "):
            columns = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(columns) == 1, block


@given(st.text(max_size=60))
def test_no_text_can_begin_or_end_anything_in_markdown(text: str) -> None:
    line = inline(text)
    assert "\n" not in line
    bare = re.sub(r"`@+`", "", re.sub(r"\\.", "", line))
    assert not re.search(r"[`*_\[\]<>|~&#@$]|://|www\.", bare, re.IGNORECASE)
    assert not re.match(r"([-+]|\d{1,9}[.)])(\s|$)", line)


def test_the_picture_stands_alone_and_tells_the_result(session: Session) -> None:
    text = run_picture(session)
    root = ElementTree.fromstring(text)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "image", "a", "foreignObject", "style"}
    assert not any(key.startswith("on") or "href" in key for element in root.iter() for key in element.attrib)
    assert not {"\x1b", "\u202e"} & set(text)
    told = debrief_document(session)
    assert f"uptime {told['uptime']:.3%}, score {told['score']}" in "".join(root.itertext())
    assert text == run_picture(session)


@given(st.text(max_size=60) | st.from_regex(r"[-+=#>*_`~|\[\]()<>!&;:@/\\ a1.\n]{1,30}", fullmatch=True))
def test_a_reader_of_markdown_sees_the_text_and_nothing_else(text: str) -> None:
    line = inline(text)
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for whole, cell in ((line, None), (f"| a | b |\n|---|---|\n| {line} | c |", 2)):
        tokens = reader.parse(whole)
        said = [token for token in tokens if token.type == "inline"][cell or 0] if line else None
        children = said.children or [] if said else []
        assert {child.type for child in children} <= {"text", "code_inline"}
        assert "".join(child.content for child in children) == re.sub(r"`(@+)`", r"\1", re.sub(r"\\(.)", r"\1", line))
        assert sum(token.type == "td_open" for token in tokens) == (2 if cell else 0)


def test_a_run_that_was_left_is_not_said_to_have_missed_its_goals(session: Session) -> None:
    for text in (debrief_markdown(session), run_picture(session)):
        assert "stopped at tick 1500" in text
        assert "goals not met" not in text


def test_the_markdown_tells_goals_incidents_and_what_was_believed(session: Session) -> None:
    text = debrief_markdown(session)
    assert "| ✗ | 99% of plays start well | " in text
    assert re.search(r"\| 1 \| Slow dependency \| failure rate \| \d+ s \| – \| still open \| [\d,.]+ \|", text)
    assert re.search(r"\| 1 \| .*; .* looked bad\. \| Slow dependency, at recommendations\. \|", text)
    told = debrief_document(session)
    for kind in ("cause", "fault"):
        assert all(f"{one[kind] or 'no fault'} " in text for one in told["losses"][f"by_{kind}"])


def placed(svg: str) -> list[tuple[float, float, str, float]]:
    """Return where every line of a picture begins and ends, what it says, and at which height."""
    found = []
    for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        said, size = text.text or "", float(text.get("font-size", 15))
        long = width(said, size, bold=text.get("font-weight") is not None)
        x, anchor = float(text.get("x", 0)), text.get("text-anchor", "start")
        begun = x - {"start": 0.0, "middle": long / 2, "end": long}[anchor]
        found.append((begun, begun + long, said, float(text.get("y", 0))))
    return found


def test_no_line_of_a_picture_leaves_it_or_lies_on_another() -> None:
    busy = a_session("act-1", ticks=240, title="W" * 200, player=HOSTILE * 3)
    for number in range(12):
        order(busy, "inject slow-query web")
        busy.advance(2 + number)
    svg = run_picture(busy)
    lines_ = placed(svg)
    assert len(bands(busy)) == 12
    numbers = [line for line in lines_ if line[2].isdigit()]
    assert len(numbers) == 12
    assert all(one[1] <= other[0] + 3 for one, other in pairwise(numbers))
    assert all(begun >= 0 and ended <= WIDE for begun, ended, _, _ in lines_)


def test_troubles_in_a_picture_stand_under_their_time_in_the_chart(session: Session) -> None:
    (band,) = bands(session)
    (lane,) = [line for line in placed(run_picture(session)) if "Slow dependency at" in line[2]]
    begins = LEFT + band.began / 1500 * (END - LEFT)
    assert lane[1] == pytest.approx(begins - 6, abs=0.1)  # it is late, and its name has room on the left only


@pytest.mark.parametrize(("day", "told"), [("December 2010", "Dec 2010 "), ("Monday", "Mon "), ("W" * 90, "WWW ")])
def test_a_year_is_told_where_days_are_many_and_a_day_once(day: str, told: str) -> None:
    rules = some_rules("act-1")
    shifts = tuple(replace(shift, day=day) for shift in rules.scenario.shifts)
    lesson = Lesson(replace(rules, scenario=replace(rules.scenario, shifts=shifts)), 1, ())
    assert re.fullmatch(rf"{told}\d\d:\d\d–\d\d:\d\d", lesson.span(0, 60))


def test_a_picture_is_described_for_those_who_do_not_see_it(session: Session) -> None:
    root = ElementTree.fromstring(run_picture(session))
    named = {element.get("id"): element.text or "" for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    for name in (root.get("aria-labelledby") or "").split():
        assert named[name]
    assert f"score {debrief_document(session)['score']}" in named["desc"]


def test_a_new_version_that_was_taken_back_is_over_then_and_a_night_ends_the_rest() -> None:
    left = a_session("sandbox", seed=1)
    order(left, "inject bad-deploy web", "inject data-corruption main-db")
    left.advance(30)
    left.facts.append((20, Fact("deploy", "web: the new version was rolled back.", "web")))
    left.facts.sort(key=lambda told: told[0])
    night = replace(left.world, tick=25, faults=())
    left.turns.append(night)
    assert [(band.title, band.ended) for band in bands(left)] == [
        ("Bad deploy", 20),
        ("Silent data corruption", 25),
    ]


@given(st.text(max_size=80), st.floats(60, 400))
def test_lines_and_cuts_have_room_and_lines_lose_no_letter(text: str, room: float) -> None:
    assert all(width(line, 15) <= room for line in lines(text, 15, room))
    assert "".join(lines(text, 15, room)).replace(" ", "") == "".join(text.split())
    assert width(cut(text, 15, room), 15) <= room


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.md"
    path.write_text("before")

    def full(self: Path, text: str, encoding: str) -> int:
        self.write_bytes(text.encode(encoding)[:2])
        raise OSError(28, "No space left on device", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space left") as found:
            write_whole(path, "after")
    assert found.value.filename == str(path)
    assert path.read_text() == "before"
    write_whole(path, "after")
    assert path.read_text() == "after"
    assert list(tmp_path.iterdir()) == [path]
