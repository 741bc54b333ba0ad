"""The pages that the room serves, as a dictionary: nothing else is ever read for a request."""

from importlib.resources import files

_KINDS = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
}


def _pages() -> dict[str, tuple[str, bytes]]:
    found = {}
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        kind = _KINDS.get(file.name.rpartition(".")[2])
        if kind:
            found[file.name] = (kind, file.read_bytes())
    return found


PAGES: dict[str, tuple[str, bytes]] = _pages()
"""Name → (content type, body)."""
