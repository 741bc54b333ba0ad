"""Snapshots: games as they stood, kept so that a restart need not play them again. They are a cache, and sealed.

A snapshot is Python's own format for values, which must never be read from strangers. So each is sealed with a key that
stays in the user's own folder on this machine: what was not sealed here is not opened, and the game is played again.
"""

import hmac
import os
import pickle
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

from devops_tycoon import __version__
from devops_tycoon.play.session import Recorded
from devops_tycoon.workshop.follower import Follower
from devops_tycoon.workshop.round_game import RoundGame

EVERY = 300
"""Ticks between two snapshots of a game."""
_SEAL = 32


def own_key(folder: Path) -> bytes:
    """Return this user's key; make one that only this user can read, where there is none."""
    path = folder / "seal.key"
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            os.write(made, token_bytes(_SEAL))
            os.fsync(made)
        finally:
            os.close(made)
    key = path.read_bytes()
    return key if len(key) == _SEAL else token_bytes(_SEAL)


def keep(played: RoundGame, code: str, follower: Follower) -> None:
    """Write a game down as it stands; where that fails nothing is lost but time."""
    if played.snapshots is None:
        return
    body = pickle.dumps(follower, protocol=5)
    path = played.snapshots / _name(played, code)
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_bytes(_seal(played, code, body) + body)
        beside.replace(path)


def load(played: RoundGame, code: str, entries: list[Recorded]) -> Follower | None:
    """Return a game as it was kept, if it was sealed here and the log begins with what it had entered."""
    if played.snapshots is None:
        return None
    try:
        raw = (played.snapshots / _name(played, code)).read_bytes()
    except OSError:
        return None
    body = raw[_SEAL:]
    if not hmac.compare_digest(raw[:_SEAL], _seal(played, code, body)):
        return None
    follower: Follower = pickle.loads(body)  # noqa: S301 — sealed by ourselves, see above
    known = [(entry.order, entry.by) for entry in entries[: follower.taken]]
    mine = [(entry.order, entry.by) for entry in [*follower.session.orders, *follower.waiting]]
    return follower if known == mine[: len(known)] and follower.taken <= len(entries) else None


def _name(played: RoundGame, code: str) -> str:
    return f"{played.round}-{code or 'baseline'}.snap"


def _seal(played: RoundGame, code: str, body: bytes) -> bytes:
    """Bind a snapshot to this program's version, this game and this person."""
    about = repr((__version__, played.scenario, played.difficulty, played.seed, played.round, code)).encode()
    return hmac.digest(played.key, sha256(about).digest() + body, "sha256")
