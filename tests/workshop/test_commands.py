import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.values.order import NotationError
from devops_tycoon.workshop.commands import USAGE, read_command

GOOD = (
    "start", "pause", "resume", "pace 16", "step 5", "step 1", "more 60", "inject zone-loss zone=a", "lock scale",
    "unlock scale", "ask What was it? | this | that", "close-poll", "say", "say look at web", "board hidden",
    "rename P07 Ada Lovelace", "remove P07", "reset", "reset 9", "end",
    "lesson red-envelope", "lesson red-envelope 9",
)  # fmt: skip


@pytest.mark.parametrize("line", GOOD)
def test_a_command_reads_what_it_writes(line: str) -> None:
    command = read_command(line)
    assert str(command) == line
    assert read_command(str(command)) == command


def test_every_command_has_a_test() -> None:
    assert {line.split()[0] for line in GOOD} == set(USAGE)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("strat", "did you mean start?"),
        ("pace 3", "expected one of"),
        ("step 0", "from 1 to"),
        ("more", "number of seconds"),
        ("start now", "takes no arguments"),
        ("inject", "inject CARD"),
        ("lock everything", "there is no order"),
        ("ask Only a question", "expected a question and 2 to"),
        ("rename Ada", "code"),
        ("rename P07 \u200b", "printable name"),
        ("board upside-down", "shown or hidden or frozen"),
        ("lesson ../x", "such as worse-than-dead"),
        ("reset never", "expected a seed"),
    ],
)
def test_a_wrong_command_is_answered_by_what_was_expected(line: str, says: str) -> None:
    with pytest.raises(NotationError, match=says.replace("?", r"\?")):
        read_command(line)


@given(st.text(max_size=200))
def test_no_text_does_worse_than_a_sentence(text: str) -> None:
    try:
        command = read_command(text)
    except NotationError:
        return
    assert read_command(str(command)) == command
