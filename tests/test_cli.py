"""The command line: what scripts rely on, and what a person gets to read for input that cannot be used."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.cli import main
from tests.builders import SHIPPED, run_python
from tests.play.records import bankrupt, recorded

LESSON = (SHIPPED / "scenarios" / "worse-than-dead.toml").read_text(encoding="utf-8")
COMPANY = (SHIPPED / "companies" / "cinemail.toml").read_text(encoding="utf-8")


@dataclass
class Done:
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs the command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEVOPS_TYCOON_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TERM", "dumb")

    def go(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["devops-tycoon", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, said.out, said.err)

    return go


# ---- bad input


def edited(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


FILES: dict[str, str | bytes] = {
    "empty.toml": "",
    "binary.toml": b"\x7fELF\x00\x01\x02\x00",
    "latin.toml": "title = 'Müll'".encode("latin-1"),
    "noise.orders": b"\x00\xff\xfe\x00",
    "latin.orders": "0. scale web +1 ; größer\n1. begin".encode("latin-1"),
    "empty.orders": "",
    "bad.orders": "0. begin\n5. scale web\nten. scale web +1\n",
    "back.orders": "50. scale web +1\n5. scale web +1\n",
    "good.orders": "0. scale web +1\n",
    "scenarios/key.toml": edited(LESSON, "minutes = 15", "minuts = 15"),
    "scenarios/type.toml": edited(LESSON, "minutes = 15", 'minutes = "long"'),
    "scenarios/negative.toml": edited(LESSON, "replicas = 4", "replicas = -4"),
    "scenarios/huge.toml": edited(LESSON, "cash_cents = 6_000_000", f"cash_cents = 1{'0' * 40}"),
    "scenarios/dangling.toml": edited(LESSON, 'journey = "browse"', 'journey = "brows"'),
    "scenarios/twice.toml": edited(LESSON, 'id = "identity"\ncapabilities', 'id = "web"\ncapabilities'),
    "scenarios/broken.toml": "title = \n",
    "scenarios/cycle.toml": edited(LESSON, 'company = "cinemail"', 'company = "round"'),
    "companies/round.toml": edited(
        COMPANY, 'calls = [{ to = "titles-data", per_request = 0.6 }]', 'calls = [{ to = "storefront" }]'
    ),
    "one.csv": "timestamp,value\n0,1\n",
    "row.csv": "timestamp,value\n0,1\n60,lots\n99999,1\n",
    "short.csv": "0,1\n60,1\n",
}

TABLE: list[tuple[str, str, int, str]] = [
    ("an unknown scenario", "run worse-then-dead", 2, "did you mean worse-than-dead"),
    ("an unknown scenario to play", "play worse-then-dead --text", 2, "did you mean worse-than-dead"),
    ("a scenario that would move the cursor", "run \x1b[2J", 2, "not found in scenarios"),
    ("no scenario", "run", 2, "Missing argument 'SCENARIO'"),
    ("an unknown verb", "rum worse-than-dead", 2, "No such command 'rum'; did you mean run?"),
    ("an unknown option", "run worse-than-dead --sead 1", 2, "No such option"),
    ("a missing file", "run ./none.toml", 2, "none.toml: does not exist; expected a file"),
    ("a folder", "run ./scenarios/", 2, "is a directory; expected a file"),
    ("an empty file", "run ./empty.toml", 2, "empty.toml: is empty"),
    ("a binary file", "run ./binary.toml", 2, "is binary"),
    ("a file in Latin 1", "run ./latin.toml", 2, "is not UTF-8"),
    ("an unknown key", "run scenarios/key.toml", 2, "minuts: "),
    ("the line of an unknown key", "check scenarios/key.toml", 2, "did you mean minutes?"),
    ("a wrong type", "run scenarios/type.toml", 2, 'minutes: "long" is not a whole number'),
    ("a negative number", "check scenarios/negative.toml", 2, "services[1].replicas: -4"),
    ("a huge number", "check scenarios/huge.toml", 2, "cash_cents: a very large number"),
    ("a dangling reference", "check scenarios/dangling.toml", 2, "did you mean browse?"),
    ("a duplicate id", "check scenarios/twice.toml", 2, "services[2].id: "),
    ("no TOML", "check scenarios/broken.toml", 2, "scenarios/broken.toml:1: is not TOML"),
    ("calls in a circle", "run scenarios/cycle.toml", 2, "circle"),
    ("a company alone", "check companies/round.toml", 2, "circle"),
    ("nothing to check", "check none", 2, "does not exist"),
    ("no seed", "run worse-than-dead --seed x", 2, "'x' is not a valid integer"),
    ("a negative seed", "run worse-than-dead --seed -1", 2, "not in the range"),
    ("a huge seed", "run worse-than-dead --seed 9223372036854775808", 2, "not in the range"),
    ("an unknown bot", "run worse-than-dead --bot cautios", 2, "did you mean cautious?"),
    ("an unknown difficulty", "run worse-than-dead --difficulty principel", 2, "did you mean principal?"),
    ("a difficulty to play", "play worse-than-dead --text --difficulty aprentice", 2, "did you mean apprentice?"),
    ("a recording has its difficulty", "play --text --load a.replay --difficulty principal", 2, "brings its own"),
    ("a bot and orders", "run worse-than-dead --bot idle --orders good.orders", 2, "exclude each other"),
    ("a negative tick", "run worse-than-dead --until -1", 2, "not in the range"),
    ("a missing order file", "run worse-than-dead --orders none.orders", 2, "none.orders: cannot be read"),
    ("an order file that is a folder", "run worse-than-dead --orders scenarios", 2, "is a directory; expected a file"),
    ("an empty order file", "run worse-than-dead --orders empty.orders", 2, "empty.orders: is empty"),
    ("a binary order file", "run worse-than-dead --orders noise.orders", 2, "is not text"),
    ("an order file in Latin 1", "run worse-than-dead --orders latin.orders", 2, "is not text"),
    ("a bad order", "run worse-than-dead --orders bad.orders", 2, "bad.orders:2: scale: expected a"),
    ("another bad line at once", "run worse-than-dead --orders bad.orders", 2, "bad.orders:3: 'ten. scale web"),
    ("orders that go back in time", "run worse-than-dead --orders back.orders", 2, "back.orders:2: tick 5 is not"),
    ("a trace of one row", "run worse-than-dead --trace one.csv", 2, "one.csv: has 1 rows"),
    ("a bad row", "run worse-than-dead --trace row.csv", 2, "row.csv:3: "),
    ("a short trace", "run worse-than-dead --trace short.csv", 2, "covers 120 s; expected at least the 3600 s"),
    ("a missing trace", "run worse-than-dead --trace none.csv", 2, "none.csv: does not exist"),
    ("a trace that is a folder", "run worse-than-dead --trace scenarios", 2, "is a directory"),
    ("a recording nowhere", "run worse-than-dead --record none/x.replay", 2, "none/x.replay: No such file"),
    ("a recording into a folder", "run worse-than-dead --record scenarios", 2, "scenarios: Is a directory"),
    ("no terminal", "play worse-than-dead", 2, "This terminal cannot show the game; use play --text"),
    ("no terminal and no scenario", "play", 2, "This terminal cannot show the game; use play --text"),
    ("text without a scenario", "play --text", 2, "lists them"),
    ("a scenario and a save", "play red-envelope --load x.replay --text", 2, "one or the other"),
    ("a missing save", "play --load none.replay --text", 2, "none.replay: cannot be read"),
    ("a missing replay", "verify none.replay", 2, "none.replay: cannot be read: No such file"),
    ("a replay that is a folder", "verify scenarios", 2, "is a directory; expected a file"),
    ("an empty replay", "verify empty.orders", 2, "is empty"),
    ("a binary replay", "verify binary.toml", 2, "is not text"),
    ("something else", "verify good.orders", 2, "is missing from a replay's tags"),
    ("a replay without its tags", "verify headless.replay", 2, "is missing from a replay's tags"),
    ("an edited replay", "verify edited.replay", 1, "the mark at tick 60 differs"),
    ("an edited result", "verify result.replay", 1, "the recording says"),
    ("other rules", "verify old.replay", 2, 'was recorded with rules version 0, this is version 1; DevOps Tycoon'),
    ("other rules to debrief", "debrief old.replay", 2, "was recorded with rules version 0"),
    ("other rules to play", "play --load old.replay --text", 2, "was recorded with rules version 0"),
    ("other content", "verify content.replay", 2, "was recorded with other content"),
    ("a hostile tag", "debrief hostile.replay", 2, "is not a printable name"),
    ("a replay without a screen", "replay good.replay", 2, "replay needs --text or --json"),
    ("a missing debrief", "debrief none.replay", 2, "cannot be read"),
    ("an unknown format", "debrief good.replay -o x.pdf", 2, "x.pdf"),
    ("a debrief nowhere", "debrief good.replay -o none/x.json", 2, "none/x.json: No such file or directory"),
    ("a missing lab file", "lab none.toml", 2, "does not exist"),
    ("lab seconds", "lab none.toml --seconds 0", 2, "not in the range"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that is wrong in one way each."""
    root = tmp_path_factory.mktemp("bad")
    (root / "failures").symlink_to(SHIPPED / "failures")
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    recorded(root / "good.replay", ((0, "begin"), (20, "scale web +1")), 70)
    bankrupt(root / "over.replay")
    good = (root / "good.replay").read_text(encoding="utf-8")
    over = (root / "over.replay").read_text(encoding="utf-8")
    for name, text in {
        "edited": edited(good, "scale web +1", "scale web +2"),
        "result": edited(over, "uptime 0.056", "uptime 0.156"),
        "old": edited(good, '[Rules "1"]', '[Rules "0"]'),
        "content": edited(good, '[Content "', '[Content "0'),
        "hostile": edited(good, '[Player "', '[Player "\x1b]0;owned\x07'),
        "headless": good.partition("\n")[2].partition("\n")[2],
        "cut": good[: good.index("60# ") + 6],
    }.items():
        (root / f"{name}.replay").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(("command", "code", "says"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_bad_input_is_answered_by_a_sentence_and_an_exit_code(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, code: int, says: str
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(path.name for path in folder.rglob("*"))
    words = command.split(" ")
    for arguments in [words] if words[0] in ("play", "rum") or "replay needs" in says else [words, [*words, "--json"]]:
        done = run(*arguments)
        assert done.code == code
        if "--json" in arguments and done.out:
            assert words[0] in ("verify", "check"), "what failed prints no document"
            assert "false" in done.out or '"problems"' in done.out
            json.loads(done.out)
        elif "--json" in arguments or code == 2:
            assert done.out == ""
        if "--json" not in arguments or words[0] != "check":
            assert says in done.err + done.out
        assert "Traceback" not in done.err
        assert all(line.isprintable() for line in (done.err + done.out).split("\n"))
    assert sorted(path.name for path in folder.rglob("*")) == before, "nothing is written"


def test_all_problems_of_a_file_are_said_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    text = edited(edited(LESSON, "minutes = 15", "minuts = 15"), "replicas = 4", "replicas = -4")
    (tmp_path / "scenarios" / "x.toml").write_text(text, encoding="utf-8")
    done = run("check", "scenarios/x.toml")
    assert done.code == 2
    assert {"minuts", "services[1].replicas"} <= {line.split(": ")[1] for line in done.err.splitlines()}


def test_an_order_file_beside_a_lesson_is_checked_even_when_it_is_no_text(run: Run, tmp_path: Path) -> None:
    scenarios = tmp_path / "scenarios"
    scenarios.mkdir()
    (scenarios / "x.toml").write_text(LESSON, encoding="utf-8")
    (scenarios / "x.solution.orders").write_bytes(b"0. scale web +1 ; gr\xf6sser\n")
    (scenarios / "x.idle.orders").write_text("; nothing\n")
    (scenarios / "x.detour.orders").write_text("0. scael web +1\n")
    done = run("check", "scenarios/x.toml")
    assert done.code == 2
    assert "x.solution.orders: is not text" in done.err
    assert "x.detour.orders:1: there is no order 'scael'" in done.err


# ---- documents


RUN_KEYS = {
    "scenario", "seed", "ticks", "rules", "content", "digest", "won", "uptime", "nines", "score", "grade",
    "valid", "good", "journeys", "ledger", "incidents", "dora", "cash_cents", "goals", "orders",
}  # fmt: skip
DORA = {
    "deployment_frequency_per_day", "lead_time_days", "change_fail_rate", "recovery_minutes", "rework_rate"
}  # fmt: skip


def one_document(done: Done) -> Any:
    assert done.out.endswith("\n")
    document = json.loads(done.out)
    assert all(line.isprintable() for line in done.out.split("\n"))
    return document


def is_a_result(found: dict[str, Any]) -> None:
    assert set(found) >= RUN_KEYS
    assert sum(line["bad"] for line in found["ledger"]) == found["valid"] - found["good"]
    assert set(found["journeys"]) == {"browse", "play"}
    for journey in found["journeys"].values():
        assert set(journey) >= {"valid", "good", "sli", "slo", "budget_left", "p50_ms", "p99_ms"}
        assert journey["p50_ms"] <= journey["p99_ms"]
    assert sum(journey["valid"] for journey in found["journeys"].values()) == found["valid"]
    assert set(found["dora"]) == DORA
    assert all(set(goal) >= {"goal", "met"} for goal in found["goals"])
    assert all(set(line) == {"cause", "where", "fault", "bad"} for line in found["ledger"])


def test_run_prints_one_document_with_all_that_is_promised(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.orders").write_text("0. begin\n10. inject bad-deploy catalog\n")
    done = run(
        "run",
        "worse-than-dead",
        "--seed",
        "7",
        "--orders",
        "x.orders",
        "--until",
        "130",
        "--record",
        "x.replay",
        "--json",
    )
    assert done.code == 1  # the goals are met at the end or not at all
    assert done.err == ""
    found = one_document(done)
    is_a_result(found)
    assert (found["scenario"], found["seed"], found["ticks"], found["orders"]) == ("worse-than-dead", 7, 130, 2)
    (incident,) = found["incidents"]
    assert set(incident) >= {"id", "fault", "began", "detected", "mitigated", "bad"}
    assert (incident["fault"], incident["mitigated"]) == ("bad-deploy", None)
    assert found["valid"] > found["good"]

    verified = run("verify", "x.replay", "--json")
    assert (verified.code, verified.err) == (0, "")
    again = one_document(verified)
    is_a_result(again)
    assert again["verified"] is True
    assert again["ticks"] == 120  # as far as the marks vouch


def test_refusals_of_an_order_file_go_to_standard_error_and_leave_the_document_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.orders").write_text("0. scale nobody +1\n0. scale main-db +99\n")
    done = run("run", "worse-than-dead", "--orders", "x.orders", "--until", "1", "--json")
    one_document(done)
    assert [line.split(": ")[1] for line in done.err.splitlines()] == ["scale nobody +1", "scale main-db +99"]


def test_verify_says_what_is_verified_and_several_files_are_one_document(run: Run, folder: Path) -> None:
    done = run("verify", str(folder / "over.replay"), str(folder / "good.replay"), str(folder / "cut.replay"))
    assert (done.code, done.err) == (0, "")
    said = done.out.splitlines()
    assert said[0].endswith("verified: uptime 0.056 score 0 grade F")
    assert said[1].endswith("verified: so far, to tick 60")
    assert said[2].endswith("verified: so far, to tick 20")
    done = run("verify", "--json", str(folder / "over.replay"), str(folder / "edited.replay"))
    assert done.code == 1
    assert [found["verified"] for found in one_document(done)] == [True, False]


def test_scenarios_are_listed_with_what_they_ask(run: Run) -> None:
    done = run("scenarios", "--json")
    assert (done.code, done.err) == (0, "")
    found = one_document(done)
    assert {"red-envelope", "worse-than-dead"} <= {scenario["id"] for scenario in found}
    assert all(set(scenario) >= {"id", "title", "kind", "minutes", "goals"} for scenario in found)
    text = run("scenarios")
    assert all(scenario["title"] in text.out for scenario in found)


def test_debrief_explains_a_replay_as_text_and_as_json_and_into_files(run: Run, folder: Path, tmp_path: Path) -> None:
    done = run("debrief", str(folder / "good.replay"), "--json")
    assert (done.code, done.err) == (0, "")
    found = one_document(done)
    is_a_result(found)
    assert {"timeline", "lesson", "questions", "museum", "explained"} <= set(found)
    assert any(moment["text"] == "you: scale web +1" for moment in found["timeline"])
    text = run("debrief", str(folder / "good.replay"))
    assert text.code == 0
    assert [h for h in ("TIMELINE", "LESSON", "QUESTIONS", "MUSEUM", "INCIDENTS") if h not in text.out] == []
    for name, expected in (("x.json", done.out), ("x.txt", text.out)):
        into = run("debrief", str(folder / "good.replay"), "-o", name)
        assert (into.code, into.out, into.err) == (0, "", "")
        assert (tmp_path / name).read_text(encoding="utf-8") == expected
    for name in ("x.md", "x.html", "x.svg"):
        into = run("debrief", str(folder / "good.replay"), "-o", name, "--json")
        assert (into.code, into.out, into.err) == (0, done.out, "")
        assert found["title"] in (tmp_path / name).read_text(encoding="utf-8")
    odd = run("debrief", str(folder / "good.replay"), "-o", "x.pdf")
    assert (odd.code, odd.out) == (2, "")
    assert ".txt, .json, .md, .html, .svg" in odd.err


def test_replay_prints_the_timeline_and_for_other_rules_the_orders(run: Run, folder: Path) -> None:
    done = run("replay", str(folder / "good.replay"), "--json")
    found = one_document(done)
    assert (done.code, done.err, set(found)) == (0, "", {"tags", "truncated", "timeline"})
    text = run("replay", str(folder / "good.replay"), "--text")
    assert "you: scale web +1" in text.out
    old = run("replay", str(folder / "old.replay"), "--text")
    assert (old.code, old.err) == (0, "")
    assert "rules version 0" in old.out
    assert "   20. scale web +1" in old.out
    assert run("replay", str(folder / "cut.replay"), "--text").out.endswith("The file is truncated here.\n")


def test_tags_of_a_stranger_cannot_move_the_cursor(run: Run, folder: Path, tmp_path: Path) -> None:
    text = (folder / "old.replay").read_text(encoding="utf-8")
    (tmp_path / "x.replay").write_text(edited(text, '[Game "', '[Game "\x1b[2J\u202e'), encoding="utf-8")
    for flag in ("--text", "--json"):
        done = run("replay", "x.replay", flag)
        assert done.code == 0
        assert all(line.isprintable() for line in done.out.split("\n"))


def test_check_is_silent_about_what_is_well_and_prints_one_document(run: Run) -> None:
    done = run("check", str(SHIPPED / "failures"), "--json")
    assert (done.code, done.err) == (0, "")
    assert one_document(done) == {"problems": [], "proofs": []}
    assert run("check", str(SHIPPED)).out == "No problems found.\n"


def test_version_and_help_are_printed_with_exit_code_0(run: Run) -> None:
    assert run("--version").out.startswith("devops-tycoon, version ")
    for arguments in (("--help",), ("-h",), ()):
        done = run(*arguments)
        assert done.code == 0
        assert {"play", "run", "verify", "check", "debrief"} <= set(done.out.split())


ENCODINGS = pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])


@ENCODINGS
def test_a_game_is_played_through_a_pipe_without_control_characters(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.replay"
    done = run_python(
        "-m", "devops_tycoon", "play", "worse-than-dead", "--text", "--record", str(path),
        given=b"begin\nwait 5\n\xff\xfe\nstatus\nquit\n", PYTHONIOENCODING=encoding,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, b"")
    said = done.stdout.decode()
    assert "Refused: there is no order" in said
    assert "main-db: ok" in said
    assert all(line.isprintable() for line in said.split("\n"))
    assert path.read_text().endswith('[Left "5"]\n')


@ENCODINGS
def test_a_pipe_gets_utf_8_whatever_the_platform_would_write(encoding: str) -> None:
    command = ("-m", "devops_tycoon", "run", "worse-than-dead", "--until", "70")
    done = run_python(*command, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "✓ 99% of plays start well" in done.stdout.decode()


def test_a_full_disk_is_said_in_a_sentence(run: Run) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no full device here")
    done = run("run", "worse-than-dead", "--until", "1", "--record", "/dev/full")
    assert (done.code, done.out) == (2, "")
    assert "the disk is full" in done.err
