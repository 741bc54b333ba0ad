"""Files that are broken in every way: each is refused by a sentence, quickly, or it is fine; nothing else happens."""

import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, process_time
from typing import Any

from bench.rooms.verifying import recording
from devops_tycoon.content.find import assets
from devops_tycoon.content.problem import ContentError
from devops_tycoon.content.trace import read_trace
from devops_tycoon.lab.read import read_lab
from devops_tycoon.play.game import load
from devops_tycoon.play.replay import game_of, read

LONGEST_S = 1.0
LONG = 16 * 1024 * 1024
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\r\n", b"\r", b"\x0b", b"\x1b[2J",
    b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xc2\x85", b'"', b"'''", b'"""', b"[", b"]" * 3, b"[[", b"{", b"}", b"=", b".",
    b",", b";", b"#", b"@", b"\\", b"\\ud800", b"\\U0010ffff", b"nan", b"inf", b"-inf", b"-1", b"0", b"1e999",
    b"9" * 30, b"9" * 5000, b"1" + b"_0" * 40, b"0x" + b"f" * 300, b"true", b"1979-05-27T07:32:00Z",
    b"[" * 2000, b"{a=" * 2000, b"a." * 3000, b"\n", b"\n\n\n", b" ", b"../../../etc/passwd", b"%s%n", b"{0}", b"-0.0",
    b"1e-320", b"\xf0\x9f\x92\xa9",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of file: its ending, whole examples of it, and what the command line does to read one."""

    name: str
    ending: str
    examples: tuple[bytes, ...]
    reads: Callable[[Path], object]
    share: float
    """Of the mutations: some kinds cost more than others."""


def measure(per_kind: int = 300, mutations: int = 100_000, seed: int = 1, most_s: float = 3600.0) -> dict[str, Any]:
    """Read so many files of each kind that were built to hurt, and so many mutations of whole ones.

    Times are of this process. It ends early after `most_s` seconds; `tried` says how far it came.
    """
    dice, began = Random(f"malformed {seed}"), monotonic()  # noqa: S311 — it draws trials, no secrets
    tried: dict[str, int] = {}
    fine, slowest, wrong = 0, 0.0, list[str]()
    with TemporaryDirectory() as folder:
        known = kinds()
        cases = [(kind, _hurt) for kind in known for _ in range(per_kind)]
        cases += [(kind, _mutated) for kind in known for _ in range(int(mutations * kind.share))]
        dice.shuffle(cases)
        for number, (kind, made) in enumerate(cases):
            if monotonic() - began > most_s:
                break
            path = Path(folder) / f"case{kind.ending}"
            data = made(dice.choice(kind.examples), dice)
            path.write_bytes(data)
            spent, how = tried_on(kind, path)
            tried[kind.name] = tried.get(kind.name, 0) + 1
            fine += how == "fine"
            slowest = max(slowest, spent)
            if how not in ("fine", "refused"):
                wrong.append(f"case {number}, {kind.name}: {how}: {data[:300]!r}")
    return {
        "tried": tried,
        "fine": fine,
        "slowest_s": slowest,
        "wrong": len(wrong),
        "examples": wrong[:5],
        "peak_mib": _peak(),
    }


def tried_on(kind: Kind, path: Path) -> tuple[float, str]:
    """Read a file as the command line does; return the CPU time and "fine", "refused" or what is wrong."""
    began, how = process_time(), "fine"
    try:
        kind.reads(path)
    except ContentError as error:
        how = "refused"
        for problem in error.problems:
            text = str(problem)
            if not text.startswith(path.name) and str(path) not in text:
                how = f"the file is not named: {text[:200]!r}"
            if not text.isprintable() or len(text) > 2000:
                how = f"not a sentence: {text[:200]!r}"
    except Exception as error:
        how = f"{type(error).__name__}: {str(error)[:200]!r}"
    spent = process_time() - began
    return spent, how if spent <= LONGEST_S else f"took {spent:.1f} s"


def kinds() -> tuple[Kind, ...]:
    """Return the kinds of files that people hand to the command line."""
    shipped = Path(str(assets()))

    def of(folder: str, pattern: str) -> tuple[bytes, ...]:
        return tuple(path.read_bytes() for path in sorted((shipped / folder).glob(pattern)))

    game = load("worse-than-dead")
    replays = (recording(game, 120).encode(), recording(load("red-envelope", 7), 60).encode())
    rows = "".join(f"{60 * row},{100 + row % 7}.5\n" for row in range(200))
    dates = "".join(f"2014-04-10 {row // 60:02}:{row % 60:02}:00,{row}\n" for row in range(200))
    return (
        Kind("scenario", ".toml", of("scenarios", "*.toml"), lambda path: load(str(path)), 0.03),
        Kind("replay", ".replay", replays, lambda path: game_of(read(path), str(path)), 0.25),
        Kind("orders", ".orders", of("scenarios", "*.orders"), lambda path: read(path, tags=False), 0.32),
        Kind("trace", ".csv", (f"timestamp,value\n{rows}".encode(), dates.encode()), _trace, 0.3),
        Kind("lab", ".toml", of("lab", "*.toml"), read_lab, 0.1),
    )


def _trace(path: Path) -> object:
    return read_trace(path, 1, 3600)


def _mutated(data: bytes, dice: Random) -> bytes:
    """Return the file with one to four small changes."""
    for _ in range(dice.randint(1, 4)):
        data = dice.choice((_flipped, _cut, _doubled, _put_in, _number))(data, dice)
    return data


def _hurt(data: bytes, dice: Random) -> bytes:
    """Return a file that was built to hurt."""
    kind = dice.random()
    if kind < 0.02:
        return dice.choice((b"a", b"[", b"9", b"\x00", b"\xff", b"a.", b"=\n", b'"', b"\n", b"0. begin ")) * (LONG // 2)
    if kind < 0.04:
        return data + b"# " + b"x" * LONG
    if kind < 0.1:
        return dice.choice(TOKENS) * dice.choice((1, 100, 10_000))
    if kind < 0.2:
        return dice.randbytes(dice.choice((1, 100, 100_000)))
    if kind < 0.3:
        return data.replace(b"\n", dice.choice((b"\r\n", b"\r", b"\x00\n", b"\x0b", b"")))
    if kind < 0.4:
        return dice.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\xed\xb2\x80")) + data
    if kind < 0.5:
        return data.decode().encode(dice.choice(("utf-16", "utf-32", "utf-16-le", "utf-8-sig")))
    if kind < 0.6:
        return data * dice.choice((2, 3, 30))
    lines = data.split(b"\n")
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(lines))
        head, sign, _ = lines[at].partition(b"=")
        lines[at] = head + sign + b" " + dice.choice(TOKENS) if sign else dice.choice(TOKENS)
    return b"\n".join(lines)


def _flipped(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[at + dice.choice((1, 3, 20, 10_000)) :]


def _doubled(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[max(0, at - dice.choice((1, 10, 200))) :]


def _put_in(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(TOKENS) + data[at:]


def _number(data: bytes, dice: Random) -> bytes:
    """Put another number where one stands."""
    places = [at for at in range(len(data)) if data[at : at + 1].isdigit()]
    if not places:
        return data
    at = dice.choice(places)
    other = (b"0", b"-1", b"9" * 9, b"9" * 19, b"9" * 400, b"1e308", b"0.1", b"nan", b"inf", b"1e-300")
    return data[:at] + dice.choice(other) + data[at + 1 :]


def _peak() -> float:
    """Return the most memory this process ever had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
