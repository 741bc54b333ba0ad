"""What players read keeps to the style guide: no forbidden word, no `1 replicas`, no `99 %`."""

import random
from collections.abc import Iterator

import pytest

from devops_tycoon.debrief.markdown import debrief_markdown
from devops_tycoon.debrief.text import debrief_text
from devops_tycoon.orders import kinds
from devops_tycoon.play.game import load
from devops_tycoon.play.session import Session
from devops_tycoon.sim.obey import FACILITATOR
from tests.english import Finding, everything, findings


def said(found: list[Finding]) -> str:
    return "\n".join(map(str, found[:40]))


def test_no_text_that_a_person_reads_has_a_forbidden_word() -> None:
    found = list(everything())
    assert not found, said(found)


WORDS = (
    "web",
    "main-db",
    "nowhere",
    "recommendations",
    "web>catalog",
    "web>nowhere",
    "-3",
    "0",
    "1",
    "soon",
    "a",
    "x=",
)


def lines(dice: random.Random) -> Iterator[str]:
    """Yield orders that are right, nearly right and wrong."""
    for kind in kinds().values():
        for example in kind.examples or (kind.usage,):
            words = example.split()
            yield example
            yield words[0]
            yield f"{example} more"
            yield f"{example} colour=red"
            for i in range(1, len(words)):
                for word in dice.sample(WORDS, 4):
                    yield " ".join([*words[:i], word, *words[i + 1 :]])
                key, equals, _ = words[i].partition("=")
                if equals:
                    yield " ".join([*words[:i], f"{key}=soon", *words[i + 1 :]])
                    yield " ".join([*words[:i], f"{key}x=3", *words[i + 1 :]])


@pytest.mark.parametrize("scenario", ["worse-than-dead", "act-1", "act-3"])
def test_refusals_news_and_the_debrief_of_a_game_are_plain(scenario: str) -> None:
    dice = random.Random(scenario)
    session = Session(load(scenario, seed=3))
    answers: set[str] = set()

    def fuzz() -> None:
        for line in lines(dice):
            if line.split()[0] not in ("begin", "end", "next", "undo"):
                answers.add(session.place(line, by=FACILITATOR if dice.random() < 0.3 else session.game.player) or "")

    fuzz()
    session.place("begin")
    for _ in range(4):
        session.advance(60)
        fuzz()
    told = [*answers, *debrief_text(session), debrief_markdown(session)]
    found = [one for text in told for one in findings(scenario, text)]
    assert not found, said(found)
