"""A recording proves what was played: whole, cut off, resumed, or changed in any place."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.content.problem import ContentError
from devops_tycoon.debrief.timeline import replay_timeline
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.replay import game_of, header, mark_line, order_line, read, read_text
from devops_tycoon.play.result import result
from devops_tycoon.play.saves import new_save, resume
from devops_tycoon.play.saves_folder import HOME, saves
from devops_tycoon.play.session import Mark, Recorded, Session
from devops_tycoon.play.verify import document, verify, verify_all
from devops_tycoon.sim.score.score import score
from tests.builders import STREAMING, a_game, order
from tests.play.records import LAST, PLAN, PLAYER, after, bankrupt, played, recorded, refused


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("replays") / "game.replay"
    recorded(path)
    return path


@pytest.fixture(scope="module")
def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def line_with(text: str, part: str) -> str:
    (line,) = (line for line in text.splitlines(keepends=True) if part in line)
    return line


# ---- round trip


def test_what_was_recorded_is_played_again_to_the_same_digest(file: Path) -> None:
    verdict = verify(file)
    assert verdict.problem == ""
    assert not verdict.finished
    again = played(Session(a_game(player=PLAYER)))
    assert [mark.tick for mark in verdict.session.marks] == [60, 120]
    assert verdict.session.marks == again.marks
    replay = read(file)
    assert [(o.tick, o.order) for o in replay.orders] == list(PLAN)
    assert [o.by for o in replay.orders] == ["", "", "", "facilitator", ""]
    assert (replay.tag("Player"), replay.left_tick, replay.truncated) == (PLAYER, LAST, False)


def test_a_finished_game_is_verified_to_its_result(tmp_path: Path) -> None:
    session = bankrupt(tmp_path / "x.replay")
    verdict = verify(tmp_path / "x.replay")
    assert verdict.problem == ""
    assert verdict.finished
    assert result(verdict.session) == result(session)
    assert not score(verdict.session.world, verdict.session.rules).won


def test_several_files_are_verified_in_their_order_by_several_processes(tmp_path: Path, file: Path) -> None:
    bankrupt(tmp_path / "b.replay")
    (tmp_path / "broken.replay").write_text("nonsense\n")
    files = [tmp_path / "b.replay", tmp_path / "broken.replay", file]
    found = verify_all(files, jobs=2)
    assert [d["file"] for d in found] == [str(f) for f in files]
    assert [d["verified"] for d in found] == [True, False, True]
    assert found == [document(f) for f in files]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters='"', exclude_categories=("C", "Z")), max_size=20)


@given(
    st.dictionaries(st.from_regex("[A-Z][a-z]{2,8}", fullmatch=True), TEXTS, max_size=4),
    st.lists(st.tuples(st.integers(0, 10**6), st.from_regex("[a-z][a-z0-9-]{0,9}", fullmatch=True)), max_size=5),
    st.lists(st.tuples(st.integers(0, 10**6), st.from_regex("[0-9a-f]{8}", fullmatch=True)), max_size=5),
)
def test_lines_that_are_written_are_read_back(
    tags: dict[str, str], orders: list[tuple[int, str]], marks: list[tuple[int, str]]
) -> None:
    known = {"Rules": "1", "Scenario": "s", "Content": "c", "Seed": "1"}
    expected = tuple(Recorded(tick, f"rollback {name}", name) for tick, name in sorted(orders))
    wanted = tuple(Mark(*mark) for mark in marks)
    written = "".join(f'[{name} "{value}"]\n' for name, value in (tags | known).items())
    written += "".join(map(order_line, expected)) + "".join(map(mark_line, wanted))
    replay = read_text(written, "x")
    assert (dict(replay.tags), replay.orders, replay.marks) == (tags | known, expected, wanted)
    assert replay.whole_bytes == len(written.encode())


# ---- changes


CHANGES = [
    ("a tick", "   20. scale web +1\n", "   21. scale web +1\n", 60),
    ("a tick later on", "  100. rollback catalog\n", "   99. rollback catalog\n", 120),
    ("a number", "scale web +1", "scale web +2", 60),
    ("a name", "scale web +1", "scale catalog +1", 60),
    ("an option", "timeout=300ms", "timeout=301ms", 60),
    ("a verb", "rollback catalog", "restart catalog", 120),
    ("to nothing that is possible", "scale web +1", "scale nobody +1", 60),
    ("removed", "   20. scale web +1\n", "", 60),
    ("removed later on", "  100. rollback catalog\n", "", 120),
    ("the begin", "    0. begin\n", "", 60),
    ("the tick of the begin", "    0. begin\n", "    1. begin\n", 60),
    ("added", "   20. scale web +1\n", "   20. scale web +1\n   30. set web>catalog retries=1\n", 60),
    ("added at the end", "  120# ", "  110. set web>catalog retries=1\n  120# ", 120),
    ("twice", "   20. scale web +1\n", "   20. scale web +1\n   20. scale web +1\n", 60),
    ("an actor removed", "  @facilitator", "", 120),
    ("an actor added", "scale web +1", "scale web +1  @ada", 60),
    ("an actor changed", "@facilitator", "@facilitatos", 120),
    ("the order of two", "   20. scale web +1\n", "", 60),
    ("the player", PLAYER, "Zoe ☃", 60),
    ("one digit of the seed", '[Seed "1"]', '[Seed "2"]', 60),
]


@pytest.mark.parametrize(("old", "new", "mark"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_any_single_change_is_answered_with_the_first_mark_that_differs(
    file: Path, text: str, old: str, new: str, mark: int
) -> None:
    assert text.count(old) == 1
    assert f"the mark at tick {mark} " in refused(file, text.replace(old, new))


@pytest.mark.parametrize(("tick", "digit"), [(60, 0), (60, 7), (120, 3)])
def test_one_digit_of_a_mark_is_enough(file: Path, text: str, tick: int, digit: int) -> None:
    line = line_with(text, f"{tick}# ")
    at = line.index("# ") + 2 + digit
    changed = line[:at] + ("0" if line[at] != "0" else "1") + line[at + 1 :]
    why = refused(file, text.replace(line, changed))
    assert why.startswith(f"the mark at tick {tick} differs: recorded {changed.split()[1]}, played {line.split()[1]}")


def test_marks_that_are_missing_moved_or_added_are_noticed(file: Path, text: str) -> None:
    first, last = line_with(text, "   60# "), line_with(text, "  120# ")
    assert refused(file, text.replace(first, "")) == "the mark at tick 120 should stand at tick 60"
    assert (
        refused(file, text.replace(last, last.replace("120", "180"))) == "the mark at tick 180 should stand at tick 120"
    )
    assert refused(file, text + "99999# 00000000\n") == "the mark at tick 99999 should stand at tick 180"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('[Ticks "2"]', '[Ticks "3"]', "the recording says 3 ticks, playing it gives 2"),
        ("uptime 0.056", "uptime 0.057", "the recording says 'uptime 0.057"),
        ("grade F", "grade A", "playing it gives 'uptime 0.056 score 0 grade F'"),
        ("score 0 ", "score 9000 ", "the recording says"),
    ],
)
def test_one_digit_of_the_result_is_enough(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "x.replay"
    bankrupt(path)
    whole = path.read_text()
    assert whole.count(old) == 1
    assert says in refused(path, whole.replace(old, new))


# ---- what cannot be played


def test_a_replay_of_other_rules_names_the_version_and_is_still_shown(text: str, tmp_path: Path) -> None:
    path = tmp_path / "old.replay"
    old = text.replace('[Rules "1"]', '[Rules "0.7"]').replace("DevOps Tycoon ", "DevOps Tycoon 9.9 of ")
    path.write_text(old + "  300. paint web blue  @ada\n")
    with pytest.raises(ContentError, match=r"rules version 0\.7.*this is version 1.*DevOps Tycoon 9\.9.* can play it"):
        verify(path)
    lines, shown = replay_timeline(path)
    assert any("rules version 0.7" in line for line in lines)
    assert [line.split(". ", 1)[1] for line in lines[-6:]] == [text for _, text in PLAN] + ["paint web blue"]
    assert shown["orders"][-1] == "paint web blue"


def test_an_order_that_these_rules_do_not_know_is_named_with_its_line(file: Path, text: str) -> None:
    line = len(text.splitlines()) + 1
    why = refused(file, text + "  300. paint web blue\n")
    assert f"other.replay:{line}: there is no order 'paint'" in why


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('[Seed "1"]', '[Seed "-1"]', "Seed: '-1' is not a seed"),
        ('[Seed "1"]', '[Seed "99999999999999999999"]', "is not a seed"),
        ('[Seed "1"]', '[Seed "²"]', "is not a seed"),
        ('[Seed "1"]\n', "", "Seed: is missing"),
        ('[Scenario "worse-than-dead"]', '[Scenario "worse-than-deaf"]', "did you mean worse-than-dead"),
        ('[Content "', '[Content "0', "other content"),
        (PLAYER, "\x1b[31m", "Player: is not a printable name"),
        ("   20. scale web +1", "   20, scale web +1", "neither a tag, an order"),
        ("  100. rollback", "   60. rollback", "not after the order before it"),
        ("scale web +1", "scale web +²", "expected a signed number"),
        ("scale web +1", "scale web +1\x00", "is not text"),
    ],
)
def test_a_broken_replay_is_refused_with_a_sentence(file: Path, text: str, old: str, new: str, says: str) -> None:
    why = refused(file, text.replace(old, new, 1))
    assert says in why
    assert all(line.isprintable() for line in why.split("\n"))


def test_unknown_tags_are_kept(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.replay"
    path.write_text(text.replace("\n\n", '\n[Weather "rain"]\n\n', 1) + '[Mood "good"]\n', encoding="utf-8")
    replay = read(path)
    assert (replay.tag("Weather"), replay.tag("Mood")) == ("rain", "good")
    assert verify(path).verified


# ---- cut off


def test_a_file_that_is_cut_off_anywhere_loads_to_its_last_whole_line(file: Path, text: str, tmp_path: Path) -> None:
    raw = text.encode()
    whole = read(file)
    begins = raw.index(b"\n\n")
    path = tmp_path / "cut.replay"
    for length in range(begins + 1, len(raw) + 1):
        path.write_bytes(raw[:length])
        replay = read(path)
        lines = raw[:length].rpartition(b"\n")[0].decode().splitlines()
        assert replay.whole_bytes == raw[:length].rfind(b"\n") + 1
        assert replay.truncated == (
            not raw[:length].endswith(b"\n") and raw[:length].rpartition(b"\n")[2].strip() != b""
        )
        assert (
            replay.orders
            == whole.orders[: len([line for line in lines if ". " in line and line[:5].strip().isdigit()])]
        )
        assert replay.marks == whole.marks[: len([line for line in lines if "# " in line])]


def test_a_file_that_is_cut_off_before_its_tags_are_whole_says_what_is_missing(text: str, tmp_path: Path) -> None:
    raw = text.encode()
    path = tmp_path / "cut.replay"
    for length in range(raw.index(b"[Seed")):
        path.write_bytes(raw[:length])
        with pytest.raises(ContentError, match=r"is missing|is empty"):
            read(path)


def test_a_character_that_is_cut_in_two_is_left_out_with_its_line(tmp_path: Path, text: str) -> None:
    raw = text.encode() + "  200. scale web +1 ; Übermut".encode()
    path = tmp_path / "cut.replay"
    path.write_bytes(raw[: raw.index("Ü".encode()) + 1])
    replay = read(path)
    assert replay.truncated
    assert len(replay.orders) == len(PLAN)
    assert replay.whole_bytes == len(text.encode())


@pytest.mark.parametrize("part", ["[Player", "   20. sca", "   60# 1", "  120# ", "@facilit", "[Left"])
def test_what_is_left_of_a_cut_file_verifies_as_far_as_it_goes(tmp_path: Path, text: str, part: str) -> None:
    cut = text.index(part.split("#")[0] + ("#" if "#" in part else "")) + len(part)
    verdict = after(tmp_path / "x", text[:cut])
    marks = text[:cut].rpartition("\n")[0].count("# ")
    assert verdict.problem == ""
    assert len([m for m in verdict.session.marks if m.tick <= 60 * marks]) == marks
    assert not verdict.finished


# ---- going on


def half(path: Path, cut: int = 0) -> None:
    recorded(path, PLAN[:3], 65)
    if cut:
        path.write_bytes(path.read_bytes()[:-cut])


@pytest.mark.parametrize("cut", [0, 5, 12])
def test_a_resumed_game_goes_on_as_if_it_had_never_stopped(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "x.replay"
    half(path, cut)
    session = resume(path)
    assert session.world.tick == (60 if cut else 65)
    played(session, PLAN[3:])
    session.close()
    uninterrupted = played(Session(a_game(player=PLAYER)))
    assert (session.digest, session.world) == (uninterrupted.digest, uninterrupted.world)
    verdict = verify(path)
    assert verdict.problem == ""
    assert verdict.session.marks == uninterrupted.marks
    again = resume(path)
    again.close()
    assert again.world == session.world


def test_an_order_that_waited_for_the_next_tick_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "x.replay"
    game = a_game()
    session = Session(game, Journal.begin(path, game))
    order(session, "begin")
    session.advance(65)
    order(session, "scale web +1")
    session.close()
    again = resume(path)
    again.advance(1)
    again.close()
    session.advance(1)
    assert again.world == session.world
    assert again.world.pending


def test_a_finished_game_is_resumed_to_its_end_and_its_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.replay"
    bankrupt(path)
    before = path.read_bytes()
    session = resume(path)
    assert session.over
    session.close()
    assert path.read_bytes() == before


def test_a_cut_off_line_is_cut_away_before_the_game_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "x.replay"
    half(path)
    path.write_bytes(path.read_bytes() + b"   70. scale w")
    session = resume(path)
    session.advance(60)
    session.close()
    assert "scale w\n" not in path.read_text()
    assert verify(path).verified


def test_saves_are_numbered_and_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path))
    for _ in range(3):
        new_save(a_game()).close()
    (tmp_path / "saves" / f"{STREAMING}-2.replay").unlink()
    new_save(a_game()).close()
    assert {path.name for path in saves()} == {f"{STREAMING}-{n}.replay" for n in (1, 3, 4)}


# ---- traces


def test_a_trace_is_embedded_bit_for_bit_and_edits_of_it_are_noticed(tmp_path: Path) -> None:
    base = a_game()
    trace = tuple(0.1 + (number * 37 % 101) / 97 for number in range(3600))
    game = replace(base, rules=replace(base.rules, trace=trace))
    path = tmp_path / "x.replay"
    session = recorded(path, ((0, "begin"),), 70, game)
    assert game_of(read(path), "x").rules.trace == trace
    assert verify(path).verified
    assert session.world.tally != played(Session(base), ((0, "begin"),), 70).world.tally
    text = path.read_text()
    tag = line_with(text, "[Trace")
    other = replace(base, rules=replace(base.rules, trace=(*trace[:-1], trace[-1] + 1e-12)))
    swapped = line_with(header(other), "[Trace")
    assert "the mark at tick 60 differs" in refused(path, text.replace(tag, swapped))
    assert "Trace: is not a trace" in refused(path, text.replace(tag, '[Trace "eJw="]\n'))
    assert "the mark at tick 60 differs" in refused(path, text.replace(tag, ""))
