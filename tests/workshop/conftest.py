"""A lesson that is over in minutes, for the tests of rooms."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import devops_tycoon
from devops_tycoon.content import find
from devops_tycoon.workshop import export, remote
from tests.builders import SHIPPED
from tests.workshop.rooms import LESSON, PATIENCE_S, Hosted, a_room

SHORTER = (
    ("ticks = 3600", "ticks = 240"),
    ("at_s = 900", "at_s = 60"),
    ("jitter_s = 300", "jitter_s = 20"),
    ("lasts_s = 1200", "lasts_s = 100"),
    ("trouble_later_s = -300", "trouble_later_s = -30"),
)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a player wait for the room's answer as long as a busy machine needs."""
    monkeypatch.setattr(remote, "ANSWER_S", PATIENCE_S)


@pytest.fixture(scope="session")
def short_checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout with this package, whose lesson takes 240 ticks instead of 3600."""
    checkout = tmp_path_factory.mktemp("checkout")
    shutil.copytree(SHIPPED, checkout / "assets")
    (checkout / "devops_tycoon").symlink_to(Path(devops_tycoon.__file__).parent)
    file = checkout / "assets" / "scenarios" / f"{LESSON}.toml"
    text = file.read_text(encoding="utf-8")
    for before, now in SHORTER:
        assert text.count(before) == 1, before
        text = text.replace(before, now)
    file.write_text(text, encoding="utf-8")
    return checkout


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """Return a room for several tests, each of which begins another round; none may end its process."""
    with a_room(tmp_path_factory.mktemp("shared") / "room") as room:
        yield room


@pytest.fixture(scope="module")
def short_lesson(short_checkout: Path) -> Iterator[Path]:
    """Let this process and those that it starts find the short lesson; return its checkout."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (find, export):
            patch.setattr(module, "assets", lambda: short_checkout / "assets")
        patch.setenv("PYTHONPATH", str(short_checkout))
        patch.chdir(short_checkout)  # `python -m` looks here first
        yield short_checkout
