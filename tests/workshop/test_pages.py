"""The pages as files: all of them are served from a dictionary, and none of them needs what a strict policy forbids."""

import re

import pytest

from devops_tycoon.workshop.pages import PAGES

SOURCES = {name: body.decode() for name, (_, body) in PAGES.items()}


def test_every_page_and_what_it_loads_is_there() -> None:
    assert {"player.html", "screen.html"} <= PAGES.keys()
    for name, source in SOURCES.items():
        loaded = re.findall(r'(?:src|href)="/assets/([^"]+)"', source) + re.findall(r'from "\./([^"]+)"', source)
        missing = [file for file in loaded if file not in PAGES]
        assert not missing, f"{name} loads {missing}"


def test_kinds_are_what_browsers_insist_on() -> None:
    kinds = {name.rpartition(".")[2]: kind for name, (kind, _) in PAGES.items()}
    assert kinds == {
        "html": "text/html; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "css": "text/css; charset=utf-8",
    }


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_nothing_is_inline_from_elsewhere_or_read_as_markup(name: str) -> None:
    source = SOURCES[name]
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|document\.cookie|localStorage"
        r"|randomUUID|\.subtle"
    )
    assert not re.search(forbidden, source)
    assert not re.search(r"https?://(?!www\.w3\.org/)", source)
    assert "@import" not in source
    assert "url(" not in source
    if name.endswith(".html"):
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", source)
