"""Every verb that is not interactive takes `--json` and prints exactly one document."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from devops_tycoon.cli.program import program
from devops_tycoon.workshop import lesson_files as leavings
from devops_tycoon.workshop.opening import lesson_of, open_room
from tests.builders import SHIPPED
from tests.play.records import recorded
from tests.test_cli import Run, run

__all__ = ["run"]

INTERACTIVE = {"play", "workshop host", "workshop join"}
ONLY_GROUPS = {"workshop"}
"""Groups that do nothing without a verb."""

EXAMPLES: dict[str, tuple[int, str]] = {
    "check": (0, f"check {SHIPPED / 'failures'}"),
    "debrief": (0, "debrief good.replay"),
    "lab": (0, "lab lab.toml --seconds 10"),
    "odds": (1, "odds good.replay --seeds 1"),
    "replay": (0, "replay good.replay"),
    "run": (1, "run worse-than-dead --until 1"),
    "saves": (0, "saves"),
    "saves delete": (0, "saves delete mine"),
    "saves export": (0, "saves export mine -o copy.replay"),
    "scenarios": (0, "scenarios"),
    "verify": (0, "verify good.replay"),
    "workshop export": (0, "workshop export room -o after --odds 0 --jobs 1"),
    "workshop purge": (0, "workshop purge --yes"),
}
"""A call of each verb and its exit code."""

LAB = """
seconds = 10
[[services]]
id = "web"
replicas = 1
service_time_ms = 100
[[demand]]
entry = "web"
rate = 1.0
"""


def verbs(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every verb with its name, groups that do something without a verb among them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        whole = f"{prefix}{name}"
        if whole not in ONLY_GROUPS:
            yield whole, command
        if isinstance(command, click.Group):
            yield from verbs(command, f"{whole} ")


VERBS = dict(verbs(program))


@pytest.mark.parametrize("name", sorted(VERBS))
def test_a_verb_takes_json_exactly_when_it_is_not_interactive(name: str) -> None:
    takes = any("--json" in option.opts for option in VERBS[name].params)
    assert takes == (name not in INTERACTIVE)


@pytest.mark.parametrize("name", sorted(VERBS))
def test_a_verb_has_a_help_text_of_whole_sentences(name: str) -> None:
    command = VERBS[name]
    assert command.help
    assert command.help.strip().endswith(".")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.help[-1] in ".)", option.help


def test_every_verb_has_an_example() -> None:
    assert set(EXAMPLES) == set(VERBS) - INTERACTIVE


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("replay") / "good.replay"
    recorded(path, ((0, "begin"),), 61)
    return path


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_json_is_one_document_on_standard_output(
    run: Run, replay: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(leavings, "export_room", lambda room, output, *_: [output / room.name])
    code, call = EXAMPLES[name]
    (tmp_path / "good.replay").write_bytes(replay.read_bytes())
    saves = tmp_path / "home" / "saves"
    saves.mkdir(parents=True)
    (saves / "mine.replay").write_bytes(replay.read_bytes())
    (tmp_path / "lab.toml").write_text(LAB)
    if name.startswith("workshop"):
        open_room(tmp_path / "home" / "rooms" / "old", lesson_of("worse-than-dead", 7, "engineer", 0, free_names=False))
    done = run(*call.split(), "--json")
    assert (done.code, done.err) == (code, done.err)
    json.loads(done.out)
    assert done.out.endswith(("}\n", "]\n"))
    if name.startswith("saves "):  # the group's option counts for its verbs too
        (saves / "mine.replay").write_bytes(replay.read_bytes())
        (tmp_path / "copy.replay").unlink(missing_ok=True)
        again = run(*call.replace("saves", "saves --json").split())
        assert (again.code, json.loads(again.out)) == (code, json.loads(done.out))


def test_a_question_before_a_document_is_asked_on_standard_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    done = run("workshop", "purge", "--json")
    assert (done.code, done.out) == (130, "")
    assert "Delete every room in" in done.err
