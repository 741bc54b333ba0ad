"""What a person gets to read for a file that is wrong."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from devops_tycoon.content.company import read_company
from devops_tycoon.content.failure import read_failure
from devops_tycoon.content.find import assets
from devops_tycoon.content.load import load_rules
from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.content.scenario import read_scenario
from tests.examples import examples

SHIPPED = Path(str(assets()))
CARD = (SHIPPED / "failures" / "bad-deploy.toml").read_text()
COMPANY = (SHIPPED / "companies" / "cinemail.toml").read_text()
LESSON = (SHIPPED / "scenarios" / "worse-than-dead.toml").read_text()


def problems(read: Callable[[Path], object], file: Path, content: str | bytes) -> tuple[Problem, ...]:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ContentError) as caught:
        read(file)
    assert caught.value.problems
    return caught.value.problems


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


CHANGES = [
    ("an unknown key", "deploys = true", "deplois = true", "deplois", "did you mean deploys?"),
    ("an unknown key in a table", "per_hour = 0.02", "per_hour = 0.02\nperhour = 1", "hazard.perhour", "per_hour?"),
    ("a text for a number", "per_hour = 0.02", 'per_hour = "often"', "hazard.per_hour", '"often" is not a number'),
    ("a number for a text", 'title = "Bad deploy"', "title = 7", "title", "7 is not text"),
    ("true for a number", "error_pct = 20", "error_pct = true", "effects[1].error_pct", "true is not a number"),
    ("out of range", "error_pct = 20", "error_pct = 120", "effects[1].error_pct", "expected 0 to 100"),
    ("infinite", "error_pct = 20", "error_pct = inf", "effects[1].error_pct", "expected 0 to 100"),
    ("not a number", "error_pct = 20", "error_pct = nan", "effects[1].error_pct", "expected 0 to 100"),
    ("larger than a float", "error_pct = 20", f"error_pct = 1{'0' * 400}", "effects[1].error_pct", "a very large"),
    ("an unknown word", 'kind = "service"', 'kind = "servise"', "target.kind", "did you mean service?"),
    ("a number for a word", 'kind = "service"', "kind = 3", "target.kind", "unknown value 3"),
    ("a date for a text", 'title = "Bad deploy"', "title = 2012-06-29", "title", "is not text"),
    ("a text for a flag", "deploys = true", 'deploys = "yes"', "deploys", "expected true or false"),
    ("an empty text", 'title = "Bad deploy"', 'title = " "', "title", "is empty"),
    ("a long text", 'title = "Bad deploy"', f'title = "{"x" * 61}"', "title", "at most 60"),
    ("a control character", "Bad deploy", "Bad \\u001b[31m deploy", "title", "U+001B"),
    ("a bidi character", "Bad deploy", "The \\u202e version", "title", "U+202E"),
    ("a table for a list", "[[effects]]", "[effects]", "effects", "a table is not a list"),
    ("a list for a table", "[target]", "[[target]]", "target", "a list is not a table"),
    ("blind", 'kind = "service"', 'kind = "telemetry"', "target.kind", 'has effects on "telemetry" only'),
    ("never ends", 'ends_when = "rollback"', "", "lasts_s", "never ends"),
    ("an array in a list", 'helps = ["Roll', 'helps = [[], "Roll', "helps[1]", "a list is not text"),
]


@pytest.mark.parametrize(("old", "new", "key", "says"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_wrong_value_is_named_with_its_line_and_key(tmp_path: Path, old: str, new: str, key: str, says: str) -> None:
    text = CARD.replace(old, new)
    found = problems(read_failure, tmp_path / "bad-deploy.toml", text)
    assert len(found) == 1
    assert found[0].key == key
    assert says in found[0].text
    last = new.rsplit("\n", 1)[-1]
    expected = line_of(text, "lasts_s = 0" if not new else last if "\n" in new else new)
    assert found[0].line == expected
    assert str(found[0]).startswith(f"{tmp_path / 'bad-deploy.toml'}:{expected}: {key}: ")


def test_a_missing_key_is_reported_at_its_table(tmp_path: Path) -> None:
    text = CARD.replace('where = "target"\n', "")
    (found,) = problems(read_failure, tmp_path / "x.toml", text)
    assert (found.key, found.line) == ("effects[1].where", line_of(text, "[[effects]]"))
    assert "missing" in found.text


def test_all_problems_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    text = CARD.replace("error_pct = 20", "error_pct = -1").replace("deploys = true", "deploy = true")
    text = text.replace('family = "change"', 'family = "chance"')
    found = problems(read_failure, tmp_path / "x.toml", text)
    assert {p.key for p in found} == {"family", "deploy", "effects[1].error_pct"}


def test_a_file_of_nonsense_keys_is_answered_with_a_readable_number_of_problems(tmp_path: Path) -> None:
    text = "\n".join(f"key{i} = 1" for i in range(20_000))
    assert len(problems(read_failure, tmp_path / "x.toml", text)) == 50


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 0, "is empty"),
        (b" \n\n", 0, "is empty"),
        (b"title = 'a'\n\x00\x01", 0, "is binary"),
        (b"title = 'a'\nabout = '\xff\xfe'", 2, "not UTF-8"),
        (b"title = 'a'\nabout = ", 2, "not TOML"),
        (b"a = 1\na = 2", 2, "not TOML"),
        (b"[a]\n[b]\n[a]\n", 3, "not TOML"),
        (b"a = 2024-13-45", 1, "not TOML"),
        (b"a = " + b"9" * 10_000, 0, "not TOML"),
        (b"# long\n" * 40_000, 0, "larger than 256 KiB"),
        (b"a = " + b"[" * 100_000, 1, "levels deep"),
        (b"\na = " + b"{a=" * 60_000, 2, "levels deep"),
        (b"a" + b".a" * 120_000 + b" = 1", 1, "levels deep"),
        (b'\n[a."b"' + b" . 'c'" * 30_000 + b"]", 2, "levels deep"),
        (b"a = [" + b"1," * 120_000 + b"]", 1, "unknown key"),
        (b'a = """' + b'\\"""' * 60_000, 1, "not TOML"),
        (b'a = "' * 50_000, 1, "not TOML"),
        (b"a = '''" * 30_000 + b"\\", 1, "not TOML"),
        (b'a = "\\', 1, "not TOML"),
        (b"\xef\xbb\xbfnokey = 1", 1, "unknown key"),
    ],
)
def test_a_file_that_is_no_content_is_answered_quickly(tmp_path: Path, content: bytes, line: int, says: str) -> None:
    began = time.process_time()
    found = problems(read_company, tmp_path / "x.toml", content)
    assert says in found[0].text
    assert found[0].line == line
    assert time.process_time() - began < 2


def test_a_directory_a_missing_file_and_a_device_are_named(tmp_path: Path) -> None:
    (tmp_path / "cinemail.toml").write_text("x = 1")
    for path, says in (
        (tmp_path, "is a directory"),
        (tmp_path / "cinemall.toml", "does not exist; expected a file; did you mean cinemail.toml?"),
        (tmp_path / "none" / "x.toml", "does not exist"),
        (Path("/dev/zero"), "not a regular file"),
        (tmp_path / ("x" * 300), "expected"),
    ):
        with pytest.raises(ContentError, match="expected") as caught:
            read_company(path)
        assert says in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("x = 1")
    path.chmod(0)
    with pytest.raises(ContentError, match="cannot be read"):
        read_company(path)


def test_a_problem_never_prints_what_could_move_the_cursor(tmp_path: Path) -> None:
    text = CARD.replace('family = "change"', 'family = "\\u001b[2J\\u202e\\n"') + '"\\u001b\\u0007" = 1\n'
    for problem in problems(read_failure, tmp_path / "x.toml", text):
        assert str(problem).isprintable()


COMPANY_CHANGES = [
    ("a duplicate id", 'id = "ratings"', 'id = "search"', "capabilities[6].id", "first used in line"),
    ("a call to nobody", '{ to = "billing" }', '{ to = "biling" }', "capabilities[8].calls[2].to", "mean billing?"),
    ("a call to the future", '{ to = "mail" }', '{ to = "playback" }', "capabilities[12].calls[1].to", "from act 2"),
    ("an entry", 'entry = "signup"', 'entry = "sign-up"', "journeys[3].entry", "did you mean signup?"),
    ("an entry at a store", 'entry = "signup"', 'entry = "titles-data"', "journeys[3].entry", "no capability"),
]


@pytest.mark.parametrize(("old", "new", "key", "says"), [c[1:] for c in COMPANY_CHANGES])
def test_a_company_that_does_not_hang_together_is_named(
    tmp_path: Path, old: str, new: str, key: str, says: str
) -> None:
    text = COMPANY.replace(old, new, 1)
    found = problems(read_company, tmp_path / "x.toml", text)
    (named,) = (p for p in found if p.key == key)
    assert says in named.text
    assert named.line == COMPANY[: COMPANY.index(old)].count("\n") + 1


def test_a_cycle_of_calls_is_named(tmp_path: Path) -> None:
    text = COMPANY.replace('calls = [{ to = "titles-data", per_request = 0.6 }]', 'calls = [{ to = "storefront" }]')
    (found,) = problems(read_company, tmp_path / "x.toml", text)
    assert "circle" in found.text
    circle = found.text.partition(": ")[2].partition(";")[0].split(" → ")
    assert circle[0] == circle[-1]
    assert {"storefront", "catalog"} <= set(circle)


LESSON_CHANGES = [
    ('company = "cinemail"', 'company = "cinemall"', "company", "did you mean cinemail?"),
    ('"ratings"]', '"raitings"]', "services[4].capabilities[2]", "did you mean ratings?"),
    ('"ratings"]', '"ratings", "search"]', "services[4].capabilities[3]", 'already in the service "web"'),
    (', "ratings"]', "]", "services", 'capability "ratings" of act 2 is in no service'),
    ('id = "payments"\n', 'id = "paymants"\n', "services[8].id", "did you mean payments?"),
    ('card = "slow-dependency"', 'card = "slow-dependancy"', "events[1].card", "did you mean slow-dependency?"),
    ('target = "recommendations"', 'target = "recomendations"', "events[1].target", "did you mean recommendations?"),
    ('shift = "evening"', 'shift = "evenings"', "events[1].shift", "did you mean evening?"),
    ("at_s = 900", "at_s = 3500", "events[1].at_s", "expected less than 3600 s"),
    ('journey = "browse"', 'journey = "brows"', "demands[1].journey", "did you mean browse?"),
    ('of = "play"', 'of = "plays"', "goals[1].of", "did you mean play?"),
    ("at_least = 0.99", "at_least = 99", "goals[1].at_least", "99 is not a share"),
    ("at_least = 0.99", "", "goals[1]", "either at_least or at_most"),
    ('begins = "20:00"', 'begins = "8 pm"', "shifts[1].begins", '"8 pm" is not a time of day'),
    ('begins = "20:00"', 'begins = "25:00"', "shifts[1].begins", "not a time of day"),
    ("act = 2", "act = 1", "services[1].capabilities[4]", "exists only from act 2"),
    ('answer = "It fails within', 'answer = "It fails wthin', "question.answer", "did you mean It fails within"),
    ("uptime_floor = 0.60", "uptime_floor = 0.9999", "uptime_target", "not above the floor"),
    ("most = 12", "most = 1", "services[1].most", "less than the 4 replicas"),
    ("[defaults] ", '[[links]]\nfrom = "wep"\nto = "main-db"\n[defaults]', "links[1].from", "did you mean web?"),
    ('shape = "flat"', 'shape = "flats"', "demands[1].shape", "did you mean flat?"),
    ("tick_s = 1", "tick_s = 60", "tick_s", "expected 1 to 10"),
]


@pytest.mark.parametrize(("old", "new", "key", "says"), LESSON_CHANGES)
def test_a_scenario_that_does_not_fit_is_named(tmp_path: Path, old: str, new: str, key: str, says: str) -> None:
    file = tmp_path / "worse-than-dead.toml"
    found = problems(lambda path: load_rules(str(path)), file, LESSON.replace(old, new, 1))
    named = [p for p in found if p.key == key]
    assert len(named) >= 1, found
    assert any(says in p.text for p in named), found
    assert all(p.line > 0 for p in named)


def test_an_unknown_scenario_is_answered_with_the_nearest() -> None:
    with pytest.raises(ContentError, match="did you mean worse-than-dead"):
        load_rules("worse-then-dead")


@examples(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["companies/cinemail", "failures/zone-loss", "scenarios/red-envelope"]),
    st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 6), st.binary(max_size=6)), min_size=1, max_size=6),
)
@example("failures/zone-loss", [(0, 0, b"\xed\xa0\x80")])
def test_a_mutated_file_is_read_or_refused_but_never_raises(
    tmp_path: Path, which: str, cuts: list[tuple[int, int, bytes]]
) -> None:
    kind, name = which.split("/")
    data = bytearray((SHIPPED / f"{which}.toml").read_bytes())
    for at, length, new in cuts:
        at %= len(data) + 1
        data[at : at + length] = new
    file = tmp_path / f"{name}.toml"
    file.write_bytes(data)
    read: Callable[[Path], object] = {
        "companies": read_company, "failures": read_failure, "scenarios": read_scenario
    }[kind]  # fmt: skip
    try:
        read(file)
        refused = ""
    except ContentError as error:
        refused = str(error)
    assert all(line.isprintable() for line in refused.split("\n"))


TOKENS = ["a", ".", "=", "[", "]", "[[", "]]", "{", "}", ",", "\n", '"', "'", '"""', "'''", "\\", "#", "1", " "]


@examples(300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_any_sequence_of_toml_tokens_is_read_or_refused(tmp_path: Path, tokens: list[str]) -> None:
    file = tmp_path / "x.toml"
    file.write_text("".join(tokens))
    with pytest.raises(ContentError):
        read_failure(file)
