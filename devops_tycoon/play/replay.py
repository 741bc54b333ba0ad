"""Replays: text in the manner of PGN: tags, orders, check marks. The file is only ever appended to."""

import base64
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from devops_tycoon import __version__
from devops_tycoon.content.difficulty import no_such_level
from devops_tycoon.content.problem import MOST, ContentError, Problem
from devops_tycoon.orders import NotationError, parse
from devops_tycoon.play.game import MOST_SEED, Game, load
from devops_tycoon.play.session import Mark, Recorded
from devops_tycoon.sim.rules.difficulty import ENGINEER, LEVELS
from devops_tycoon.sim.step import RULES

LARGEST = 16 * 1024 * 1024
"""Bytes of a replay file."""
MOST_TRACE = 1_000_000
"""Ticks of an embedded trace."""
MOST_LINES = 50_000
"""Lines that say something: with a mark a minute and an order a minute, years of play."""
MOST_TAGS = 100
LAST_TICK = 10**9

_TAG = re.compile(r'\[(\w+) "([^"]*)"\]')
_ORDER = re.compile(r"(\d{1,10})\.\s+([^;]*?)\s*(?:;\s*(.*?)\s*)?(?:\s@([\w-]{1,40}))?")
_MARK = re.compile(r"(\d{1,10})#\s+([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Replay:
    """A parsed replay or order file."""

    tags: tuple[tuple[str, str], ...]
    orders: tuple[Recorded, ...]
    marks: tuple[Mark, ...]
    truncated: bool
    """The last line was cut off (and left out)."""
    whole_bytes: int
    """Where in the file the last whole line ends."""

    def tag(self, name: str, default: str = "") -> str:
        """Return the value of a tag."""
        return dict(self.tags).get(name, default)

    @property
    def last_tick(self) -> int:
        """The last tick that the file vouches for."""
        ticks = [order.tick for order in self.orders] + [mark.tick for mark in self.marks]
        return max(ticks, default=0)

    @property
    def left_tick(self) -> int:
        """The tick at which the player left, or the last tick if the game did not end well."""
        left = self.tag("Left")
        return max(self.last_tick, int(left) if left.isascii() and left.isdigit() and len(left) <= 9 else 0)


def header(game: Game) -> str:
    """Return the tags that are known at the start."""
    tags = [
        ("Game", f"DevOps Tycoon {__version__}"),
        ("Rules", RULES),
        ("Scenario", game.rules.id),
        ("Content", game.rules.fingerprint),
        ("Seed", str(game.seed)),
        ("Player", game.player),
    ]
    if game.rules.level != ENGINEER:
        tags.append(("Difficulty", game.rules.level.id))
    if game.file:
        tags.append(("File", game.file))
    if game.rules.trace:
        packed = struct.pack(f"<{len(game.rules.trace)}d", *game.rules.trace)
        tags.append(("Trace", base64.b64encode(zlib.compress(packed, 9)).decode()))
    return "".join(f'[{name} "{value}"]\n' for name, value in tags) + "\n"


def order_line(recorded: Recorded) -> str:
    """Return the line of an order."""
    by = f"  @{recorded.by}" if recorded.by else ""
    return f"{recorded.tick:5}. {recorded.order}{by}\n"


def mark_line(mark: Mark) -> str:
    """Return the line of a check mark."""
    return f"{mark.tick:5}# {mark.digest}\n"


def read(path: Path, *, tags: bool = True) -> Replay:
    """Read a replay (or, with `tags=False`, an order file); raise ContentError with all its problems."""
    return read_text(text_of(path, tags=tags), str(path), tags=tags)


def text_of(path: Path, *, tags: bool = True) -> str:
    """Return the text of a replay (or of an order file); raise ContentError if there is none."""
    try:
        if path.is_dir():
            raise ContentError([Problem(str(path), 0, "", "is a directory; expected a file")])
        if path.stat().st_size > LARGEST:
            raise ContentError([Problem(str(path), 0, "", f"is larger than {LARGEST} bytes")])
        raw = path.read_bytes()
    except OSError as error:
        raise ContentError([Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None
    try:
        return raw.decode()
    except UnicodeDecodeError:
        cut = raw[: raw.rfind(b"\n") + 1]
        try:
            return cut.decode() + "?" if tags else raw.decode()
        except UnicodeDecodeError:
            raise ContentError([Problem(str(path), 0, "", "is not text (UTF-8)")]) from None


def read_text(text: str, name: str, *, tags: bool = True) -> Replay:
    """Parse the text of a replay, up to its last whole line."""
    lines = text.split("\n")
    rest = lines.pop()
    if not tags and rest.strip():  # an order file is written by hand: its last line counts without a newline
        lines.append(rest)
        rest = ""
    if "\0" in text or not text.strip():
        raise ContentError([Problem(name, 0, "", "is empty" if not text.strip() else "is not text")])
    found_tags: list[tuple[str, str]] = []
    orders: list[Recorded] = []
    marks: list[Mark] = []
    problems: list[Problem] = []
    said = 0
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith(";"):
            continue
        said += 1
        problem = _read_line(line, found_tags, orders, marks)
        if said > MOST_LINES:
            problem = f"is line {MOST_LINES + 1} of tags, orders and marks; expected at most {MOST_LINES}"
        if problem:
            problems.append(Problem(name, number, "", problem))
        if said > MOST_LINES or len(problems) >= MOST:
            break
    if tags:
        problems += [Problem(name, 1, tag, "is missing from a replay's tags") for tag in _missing(found_tags)]
    if problems:
        raise ContentError(problems)
    whole = len(text.encode()) - len(rest.encode())
    return Replay(tuple(found_tags), tuple(orders), tuple(marks), bool(rest.strip()), whole)


def _missing(tags: list[tuple[str, str]]) -> list[str]:
    return [name for name in ("Rules", "Scenario", "Content", "Seed") if name not in dict(tags)]


def _read_line(line: str, tags: list[tuple[str, str]], orders: list[Recorded], marks: list[Mark]) -> str | None:
    """Put one line where it belongs, or return what is wrong with it."""
    if tag := _TAG.fullmatch(line):
        if len(tags) >= MOST_TAGS:
            return f"is tag {MOST_TAGS + 1}; expected at most {MOST_TAGS}"
        tags.append((tag[1], tag[2]))
        return None
    if mark := _MARK.fullmatch(line):
        marks.append(Mark(int(mark[1]), mark[2]))
        return None
    order = _ORDER.fullmatch(line)
    if not order:
        return f"{line[:40]!r} is neither a tag, an order (TICK. ORDER) nor a mark (TICK# DIGEST)"
    text = order[2]
    if dict(tags).get("Rules", RULES) == RULES:  # orders of other rules are shown as they stand
        try:
            text = str(parse(text))
        except NotationError as error:
            return str(error)
    tick = int(order[1])
    if tick > LAST_TICK or (orders and tick < orders[-1].tick):
        return f"tick {tick} is not after the order before it"
    orders.append(Recorded(tick, text, order[4] or ""))
    return None


def game_of(replay: Replay, name: str) -> Game:
    """Return the game that a replay belongs to; raise ContentError if this version cannot play it."""
    if replay.tag("Rules") != RULES:
        text = f"was recorded with rules version {replay.tag('Rules')[:20]}, this is version {RULES}"
        played_by = replay.tag("Game", "another version")[:60]
        raise ContentError([Problem(name, 1, "Rules", f"{text}; {played_by} can play it")])
    seed = replay.tag("Seed")
    if not (seed.isascii() and seed.isdigit() and len(seed) < 20 and int(seed) <= MOST_SEED):
        raise ContentError([Problem(name, 1, "Seed", f"{seed[:30]!r} is not a seed")])
    player = replay.tag("Player")
    if not player.isprintable():
        raise ContentError([Problem(name, 1, "Player", "is not a printable name")])
    scenario = replay.tag("File") or replay.tag("Scenario")
    difficulty = replay.tag("Difficulty", ENGINEER.id)
    if difficulty not in LEVELS:
        raise ContentError([Problem(name, 1, "Difficulty", no_such_level(difficulty))])
    trace = _trace(replay, name)
    try:
        game = load(scenario, int(seed), player, trace, difficulty)
    except ContentError as error:
        raise ContentError([Problem(name, 1, "Scenario", str(problem)[:500]) for problem in error.problems]) from None
    except ValueError as error:
        raise ContentError([Problem(name, 1, "File" if replay.tag("File") else "Player", str(error))]) from None
    theirs, mine = replay.tag("Content"), game.rules.fingerprint
    if theirs != mine:
        text = f"was recorded with other content ({theirs[:20]}) than this ({mine})"
        raise ContentError([Problem(name, 1, "Content", text)])
    return game


def _trace(replay: Replay, name: str) -> tuple[float, ...]:
    """Unpack the embedded trace, without trusting its size."""
    text = replay.tag("Trace")
    if not text:
        return ()
    try:
        unpacker = zlib.decompressobj()
        packed = unpacker.decompress(base64.b64decode(text, validate=True), 8 * MOST_TRACE)
        values = struct.unpack(f"<{len(packed) // 8}d", packed[: len(packed) // 8 * 8])
    except (ValueError, zlib.error, struct.error):
        values = (-1.0,)
    if not values or not all(0.0 <= value <= 1e6 for value in values):
        raise ContentError([Problem(name, 1, "Trace", "is not a trace")])
    return values
