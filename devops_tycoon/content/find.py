"""Where content files are: in the checkout, the installed package, or the user's own folders."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from devops_tycoon.content.problem import ContentError, Problem, one_of_these, suggestion

KINDS = ("campaigns", "companies", "failures", "practices", "scenarios")
"""Folders of content; a file's name is the id of what it describes."""


def assets() -> Traversable:
    """Return the shipped content: `assets/` of a checkout, else the package's own copy."""
    checkout = Path(__file__).parents[2] / "assets"
    return checkout if checkout.is_dir() else files("devops_tycoon") / "assets"


def roots(file: Path | None = None) -> tuple[Traversable, ...]:
    """Return the folders to search: first that of the user's file, then the shipped one."""
    if file is None or file.resolve().parent.name not in KINDS:
        return (assets(),)
    own = file.parent.parent if file.parent.name else file.resolve().parent.parent
    return (assets(),) if own.resolve() == Path(str(assets())).resolve() else (own, assets())


def contents(kind: str, where: tuple[Traversable, ...] = ()) -> dict[str, Traversable]:
    """Return the files of a kind by id, in alphabetical order; the first folder wins for an id in both."""
    found: dict[str, Traversable] = {}
    for root in where or roots():
        folder = root / kind
        if folder.is_dir():
            for entry in folder.iterdir():
                if entry.name.endswith(".toml"):
                    found.setdefault(entry.name[:-5], entry)
    return dict(sorted(found.items()))


def ids(kind: str, where: tuple[Traversable, ...] = ()) -> tuple[str, ...]:
    """Return the ids of all content of a kind, in alphabetical order."""
    return tuple(contents(kind, where))


def find(kind: str, id: str, where: tuple[Traversable, ...] = ()) -> Traversable:  # noqa: A002
    """Return the file of an id, or raise ContentError with the nearest one."""
    known = contents(kind, where)
    if id in known:
        return known[id]
    near = suggestion(id, known) or f"; expected {one_of_these(known)}"
    raise ContentError([Problem(id, 0, "", f"not found in {kind}{near}")])


def is_path(text: str) -> bool:
    """Say whether the user typed a path rather than an id."""
    return "/" in text or "\\" in text or text.endswith(".toml")
