"""The folder of the recorded games, and which are in it; it needs nothing of the game itself."""

import os
from pathlib import Path

HOME = "DEVOPS_TYCOON_HOME"
"""The environment variable that moves the folder."""


def folder() -> Path:
    """Return the folder of the saves, made if it is not there."""
    return _made(_home() / "saves")


def saves() -> list[Path]:
    """Return the recorded games, newest first."""
    return sorted(folder().glob("*.replay"), key=lambda path: path.stat().st_mtime, reverse=True)


def _home() -> Path:
    if os.environ.get(HOME):
        return Path(os.environ[HOME])
    from platformdirs import user_data_path

    return user_data_path("devops-tycoon", appauthor=False)


def _made(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path
