"""Purging: rooms that are old enough are deleted, with every name in them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from devops_tycoon.workshop.store import FILE


def purge(folder: Path, older_than_days: int, now: datetime) -> list[Path]:
    """Delete the rooms in a folder that nobody has written to for so many days; return them. Links are not followed."""
    deleted = []
    for room in sorted(folder.iterdir()):
        log = room / FILE
        if room.is_symlink() or not room.is_dir() or log.is_symlink() or not log.is_file():
            continue
        written = datetime.fromtimestamp(log.stat().st_mtime, UTC)
        if (now - written).total_seconds() >= older_than_days * 86_400:
            shutil.rmtree(room)
            deleted.append(room)
    return deleted
