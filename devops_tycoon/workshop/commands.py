"""What a host can tell the room, in words: the console, the text console and the log all use them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from devops_tycoon.content.problem import suggestion
from devops_tycoon.orders import kinds, parse
from devops_tycoon.sim.values.order import NotationError
from devops_tycoon.workshop.names import MESSAGE_CELLS, clean_name, clean_text

PACES = (1, 2, 4, 8, 16, 32, 64)
"""Ticks per second."""
MOST_STEPS = 600
MOST_PLANNING_S = 3600
MOST_CHOICES = 6
CHOICE_CELLS = 80
BOARDS = ("shown", "hidden", "frozen")

USAGE = {
    "start": "start                     start the history, planning or next shift",
    "pause": "pause                     pause everyone's clock",
    "resume": "resume                    resume the clock",
    "pace": "pace N                    ticks per second: 1, 2, 4 … 64",
    "step": "step [N]                  advance N ticks while paused",
    "more": "more SECONDS              end planning after that time",
    "inject": "inject CARD [SERVICE] [zone=LETTER] [lasts=TIME]",
    "lock": "lock VERB                 refuse such orders",
    "unlock": "unlock VERB",
    "ask": "ask TEXT | CHOICE | …     open a poll",
    "close-poll": "close-poll                close the poll and show the answers",
    "say": "say TEXT                  show TEXT on every screen; without TEXT: remove it",
    "board": "board shown|hidden|frozen",
    "rename": "rename P07 NAME",
    "remove": "remove P07",
    "reset": "reset [SEED]              start a new round; everyone stays",
    "lesson": "lesson ID [SEED]          start a new round of another lesson; everyone stays",
    "end": "end                       end the lesson and prepare the class debrief",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """A host's command; `str` of it is what the log keeps."""

    verb: str
    about: str = ""
    """The person, verb, board or order that it is about."""
    text: str = ""
    choices: tuple[str, ...] = ()
    number: int = 0

    def __str__(self) -> str:
        """Return the notation."""
        number = str(self.number) if self.number else ""
        return " ".join(filter(None, (self.verb, self.about, " | ".join((self.text, *self.choices)), number)))


def read_command(line: str) -> Command:
    """Read a command; raise NotationError with a sentence that says what was expected."""
    verb, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    if verb not in USAGE:
        raise NotationError(f"there is no command {clean_text(verb, 20)!r}{suggestion(verb, USAGE)}")
    return _READ.get(verb, _bare)(verb, rest)


def _bare(verb: str, rest: str) -> Command:
    if rest:
        raise NotationError(f"{verb} takes no arguments")
    return Command(verb)


def _whole(text: str, least: int, most: int, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and least <= int(text) <= most):
        raise NotationError(f"expected {what} from {least} to {most}")
    return int(text)


def _pace(verb: str, rest: str) -> Command:
    if rest not in map(str, PACES):
        raise NotationError(f"expected one of {', '.join(map(str, PACES))} ticks per second")
    return Command(verb, number=int(rest))


def _step(verb: str, rest: str) -> Command:
    return Command(verb, number=_whole(rest or "1", 1, MOST_STEPS, "a number of ticks"))


def _more(verb: str, rest: str) -> Command:
    return Command(verb, number=_whole(rest, 1, MOST_PLANNING_S, "a number of seconds"))


def _inject(verb: str, rest: str) -> Command:
    return Command(verb, str(parse(f"{verb} {rest}")).removeprefix(f"{verb} "))


def _order_kind(verb: str, rest: str) -> Command:
    if rest not in kinds():
        raise NotationError(f"there is no order {clean_text(rest, 20)!r}{suggestion(rest, kinds())}")
    return Command(verb, rest)


def _ask(verb: str, rest: str) -> Command:
    text, *choices = [clean_text(part, MESSAGE_CELLS) for part in rest.split("|")]
    choices = [clean_text(choice, CHOICE_CELLS) for choice in choices]
    if not text or not 2 <= len(choices) <= MOST_CHOICES or not all(choices):
        raise NotationError(f"expected a question and 2 to {MOST_CHOICES} choices, separated by |")
    return Command(verb, text=text, choices=tuple(choices))


def _say(verb: str, rest: str) -> Command:
    return Command(verb, text=clean_text(rest, MESSAGE_CELLS))


def _board(verb: str, rest: str) -> Command:
    if rest not in BOARDS:
        raise NotationError(f"expected {' or '.join(BOARDS)}")
    return Command(verb, rest)


def _rename(verb: str, rest: str) -> Command:
    code, _, name = rest.partition(" ")
    name = clean_name(name)
    if not name:
        raise NotationError("expected a player's code and a printable name, such as P07 Ada")
    return Command(verb, _code(code), text=name)


def _remove(verb: str, rest: str) -> Command:
    return Command(verb, _code(rest))


def _code(text: str) -> str:
    if not (text[:1] in ("P", "p") and text[1:].isascii() and text[1:].isdigit() and len(text) < 6):
        raise NotationError("expected a player's code, such as P07")
    return text.upper()


def _reset(verb: str, rest: str) -> Command:
    return Command(verb, number=_whole(rest, 1, 2**63 - 1, "a seed") if rest else 0)


def _lesson(verb: str, rest: str) -> Command:
    name, _, seed = rest.partition(" ")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", name):
        raise NotationError("expected a lesson, such as worse-than-dead")
    return Command(verb, name, number=_whole(seed.strip(), 1, 2**63 - 1, "a seed") if seed.strip() else 0)


_READ: dict[str, Callable[[str, str], Command]] = {
    "pace": _pace, "step": _step, "more": _more, "inject": _inject, "lock": _order_kind, "unlock": _order_kind,
    "ask": _ask, "say": _say, "board": _board, "rename": _rename, "remove": _remove, "reset": _reset,
    "lesson": _lesson,
}  # fmt: skip
