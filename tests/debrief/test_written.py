"""A run's debrief as Markdown and as a picture: the same numbers, and nobody's text becomes markup."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.debrief.document import debrief_document
from devops_tycoon.debrief.html.picture import run_picture
from devops_tycoon.debrief.markdown import debrief_markdown, inline
from devops_tycoon.play.game import load
from devops_tycoon.play.session import Session

HOSTILE = "# <script>alert(1)</script> | [x](http://evil) ![y](z) `k` www.evil.example \x1b[2J\u202e \"&'"


@pytest.fixture(scope="module")
def session() -> Session:
    """An idle evening that loses requests, played by somebody with an evil name."""
    played = Session(replace(load("worse-than-dead", 7), player=HOSTILE))
    played.place("begin")
    played.advance(1500)
    return played


def test_the_ledger_of_the_markdown_sums_to_what_was_lost(session: Session) -> None:
    text = debrief_markdown(session)
    body = text.partition("## What was lost, and how")[2].partition("## ")[0]
    amounts = [line.split("|")[-2] for line in body.splitlines() if line.startswith("|")][2:]
    *lines, whole = [float(re.sub(r"[*, \\]", "", amount)) for amount in amounts]
    told = debrief_document(session)
    assert round(sum(lines) * 1e6) == round(whole * 1e6) == told["valid"] - told["good"] > 0


def test_markdown_has_every_row_in_one_table_and_no_markup_of_others(session: Session) -> None:
    text = debrief_markdown(session)
    assert not {"\x1b", "\u202e"} & set(text)
    bare = re.sub(r"\\.", "", text)
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
    bare = re.sub(r"\\.", "", line)
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
