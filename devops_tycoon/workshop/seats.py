"""The seats that this machine has taken, so that joining again is coming back."""

import json
import os
from contextlib import suppress
from pathlib import Path

from devops_tycoon.workshop.opening import home
from devops_tycoon.workshop.tokens import is_token, person_token, read_code

_MOST = 50


def token_for(code: str) -> str:
    """Return this user's token for the room of a code: the one of last time, or a new one that is kept."""
    code = read_code(code)
    path = home() / "seats.json"
    known = _read(path)
    if not is_token(known.get(code)):
        known[code] = person_token()
        known = dict(list(known.items())[-_MOST:])
        _write(path, known)
    return known[code]


def _read(path: Path) -> dict[str, str]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(code): str(token) for code, token in known.items()} if isinstance(known, dict) else {}


def _write(path: Path, known: dict[str, str]) -> None:
    """Keep it where only this user can read it; where that fails, coming back is a new seat, and that is all."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(known, file)
        beside.replace(path)
