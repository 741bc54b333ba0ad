"""Atomic writes: a file is written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text next to a file, then replace the file; if anything fails, the old file stays.

    Raises OSError about the path itself, not about the temporary file.
    """
    place = path.resolve()  # a link stays a link
    if place.exists() and not place.is_file():  # a pipe or a device cannot be replaced; a folder refuses
        path.write_text(text, encoding="utf-8")
        return
    beside = place.with_name(f".{place.name[:100]}.{os.getpid()}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        if place.exists():
            beside.chmod(place.stat().st_mode & 0o777)
        beside.replace(place)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
