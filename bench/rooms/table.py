"""The figures of `make bench-workshop`: as lines for a terminal, and as docs/workshop.md."""

from textwrap import fill
from typing import Any

Json = dict[str, Any]

INTRODUCTION = """\
# What load a room withstands

`make bench-workshop` measures a room as it is hosted: its own process and simulators, a log on a real disk, and clients
in separate processes on the loopback. It wrote this page; a test checks that every row of the bench is here. Times and
memory come from one shared machine; counts (lost, doubled, refused, cells) are laws, tested in smaller runs.

* **acknowledged**: the client was told at which tick its order is stored, after the order was on disk.
* **server**: peak resident memory of the room's process. Its simulators are separate processes.
* An order's time is the client's: from sending it to its acknowledgement.
* Attackers run at a lower priority than the room: from other machines they would not use its processors.
"""

REPRODUCE = """\
## Do it yourself

```
make bench-workshop                           # everything (most of an hour)
python -m bench rooms --quick                 # smaller runs of everything
python -m bench rooms --only abuse --json     # one row, for scripts
python -m bench rooms -o docs/workshop.md     # regenerate this page
make proofs                                   # the laws among them, as tests
```

Everything stays on this machine and ends by itself. A row says so where the machine does not permit something (a small
file system, a private network, tracing system calls).
"""

_HEAD = ["| row | what | bar | measured | |", "|---|---|---|---|---|"]


def figures(document: Json) -> list[Json]:
    """Return all figures with the names of their rows."""
    return [{"row": row["row"], **figure} for row in document["rows"] for figure in row["figures"]]


def verdict(figure: Json) -> str:
    """Return the last column."""
    return {True: "holds", False: "**missed**", None: "not here"}[figure["held"]]


def table(document: Json) -> list[str]:
    """Return the document as lines for a terminal."""
    lines = [measured(document), ""]
    for figure in figures(document):
        lines.append(f"{figure['row']}: {figure['name']}")
        lines += [f"    bar       {figure['bar']}", f"    measured  {figure['value']}", f"    {verdict(figure)}"]
        lines += [f"    {line}" for line in figure["below"]]
    return [*lines, "", summary(document)]


def measured(document: Json) -> str:
    """Return one sentence about what it was measured on, and how busy that was."""
    here = document["machine"]
    loads = [load for row in document["rows"] for load in row["load"]]
    sync = document["sync_ms"]
    return (
        f"Measured{' (quick)' if document['quick'] else ''} with {here['python']} on {here['system']}, "
        f"{here['processor']}, {here['cores']} cores; writing and syncing 4 KiB takes {sync[0]:g} ms here "
        f"(p99 {sync[1]:g} ms). Load average meanwhile: {min(loads, default=0):g} to {max(loads, default=0):g}, "
        f"the bench's own included.{_nice(document)}"
    )


def _nice(document: Json) -> str:
    """Say which rows went before other people's work."""
    found = [row["row"] for row in document["rows"] if row.get("nice", 0) < 0]
    return f" With priority over other work on it (nice): {', '.join(found)}." if found else ""


def summary(document: Json) -> str:
    """Return how many bars are held, and which are not."""
    known = figures(document)
    held = sum(figure["held"] is True for figure in known)
    absent = sum(figure["held"] is None for figure in known)
    missed = [f"{figure['row']}: {figure['name']}" for figure in known if figure["held"] is False]
    text = f"{held} of {len(known)} bars are held" + (f"; {absent} cannot be measured here" if absent else "")
    return text + (f". **Missed:** {'; '.join(missed)}." if missed else ".")


def page(document: Json) -> str:
    """Return the document as docs/workshop.md."""
    known = figures(document)
    parts = [INTRODUCTION, fill(measured(document), 120) + "\n", fill(summary(document), 120) + "\n", "## Figures\n"]
    parts.append("\n".join(rows(known)) + "\n")
    for figure in known:
        if figure["below"]:
            parts.append(f"## {figure['name'].capitalize()}\n")
            parts.append("\n".join(figure["below"]) + "\n")
    return "\n".join([*parts, REPRODUCE])


def rows(known: list[Json]) -> list[str]:
    """Return figures as the page's table."""
    return [*_HEAD, *map(_line, known)]


def _line(figure: Json) -> str:
    cells = (figure["row"], figure["name"], figure["bar"], figure["value"], verdict(figure))
    return f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |"


def read_page(text: str) -> list[Json]:
    """Return the figures that a page shows."""
    lines = text.splitlines()
    start = lines.index(_HEAD[0]) + len(_HEAD)
    found = []
    for line in lines[start:]:
        if not line.startswith("| "):
            break
        row, name, bar, value, said = line.removeprefix("| ").removesuffix(" |").split(" | ")
        held = {"holds": True, "**missed**": False, "not here": None}[said]
        found.append({"row": row, "name": name, "bar": bar, "value": value, "held": held})
    return found
