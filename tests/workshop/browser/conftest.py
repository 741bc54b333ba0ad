"""Chromium and a fake room, for tests that open the pages as people do."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.workshop.browser.room import CODE, FakeRoom, a_fake_room

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass
class Opened:
    """A page, and what went wrong on it."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    """Whom it asked for something."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def room() -> Iterator[FakeRoom]:
    with a_fake_room() as fake:
        yield fake


@pytest.fixture
def visit(chromium: Any, room: FakeRoom) -> Iterator[Callable[..., Opened]]:
    """Open an address of the room in a browser of its own."""
    contexts = []

    def opened(path: str = f"/#{CODE}", *, wide: int = 1280, high: int = 900, **options: Any) -> Opened:
        context = chromium.new_context(viewport={"width": wide, "height": high}, **options)
        context.set_default_timeout(15000)
        contexts.append(context)
        found = Opened(context.new_page())

        def complains(what: str) -> None:
            found.complaints.append(what)

        def dismisses(dialog: Any) -> None:
            complains(f"dialog {dialog.message}")
            dialog.dismiss()

        found.page.on("console", lambda said: complains(said.text) if said.type in ("error", "warning") else None)
        found.page.on("pageerror", lambda error: complains(str(error)))
        found.page.on("dialog", dismisses)
        found.page.on("request", lambda asked: found.hosts.add(asked.url.split("/")[2] if "//" in asked.url else ""))
        found.page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective))"
        )
        found.page.goto(room.address + path)
        return found

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def play(room: FakeRoom, visit: Callable[..., Opened]) -> Callable[..., Opened]:
    """Join the room as a player."""

    def joined(**options: Any) -> Opened:
        found = visit(**options)
        found.page.click("#join-button")
        found.page.wait_for_selector("#game:not([hidden])")
        room.wait(lambda: len(room._sockets) > 0)
        return found

    return joined
