"""Random orders from the notations themselves: a new kind of order is drawn as soon as it is there.

`scale SERVICE +N|-N` says what stands where; only the words in capitals need a line here.
"""

import re
from collections.abc import Callable, Mapping
from random import Random

from devops_tycoon.orders import kinds
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import World

_NOISE = ("", "0", "-1", "1e9", "web web", "=", "timeout=", ">", "WEB", "ß", "\x1b", "x" * 500, "999999999", "nan")

Word = Callable[[World, Rules, Random], str]


def _service(world: World, rules: Rules, dice: Random) -> str:  # noqa: ARG001
    return dice.choice([service.id for service in world.services])


def _capability(world: World, rules: Rules, dice: Random) -> str:  # noqa: ARG001
    return dice.choice(list(rules.capability))


def _table(world: World, rules: Rules, dice: Random) -> str:  # noqa: ARG001
    return dice.choice([node.id for node in rules.capability.values() if node.kind == "store"])


def _card(world: World, rules: Rules, dice: Random) -> str:  # noqa: ARG001
    return dice.choice(list(rules.failure))


def _practice(world: World, rules: Rules, dice: Random) -> str:  # noqa: ARG001
    return dice.choice([practice.id for practice in rules.practices] or ["runbooks"])


def _journey(world: World, rules: Rules, dice: Random) -> str:  # noqa: ARG001
    return dice.choice([journey.id for journey in rules.journeys])


def _number(world: World, rules: Rules, dice: Random) -> str:  # noqa: ARG001
    return str(dice.choice((0, 1, 1, 2, 3, 5, 10, 100, 1000, 999_999)))


def _duration(world: World, rules: Rules, dice: Random) -> str:  # noqa: ARG001
    return dice.choice(("1ms", "50ms", "300ms", "1.5s", "30s", "60m", "0ms", "2h"))


WORDS: Mapping[str, Word] = {
    "SERVICE": _service,
    "CALLER": _service,
    "CALLEE": _service,
    "INTO": _service,
    "CAPABILITY": _capability,
    "CARD": _card,
    "JOURNEY": _journey,
    "TABLE": _table,
    "PRACTICE": _practice,
    "STORE": _service,
    "N": _number,
    "NUMBER": _number,
    "PERCENT": lambda world, rules, dice: dice.choice(("1", "60", "100", "0", "101")),  # noqa: ARG005
    "DURATION": _duration,
    "LETTER": lambda world, rules, dice: dice.choice("abcdxz"),  # noqa: ARG005
    "NAME": lambda world, rules, dice: dice.choice(("new", "other", "web", "a-b")),  # noqa: ARG005
}

_CAPITALS = re.compile(r"\b[A-Z]+\b")


def unknown() -> list[str]:
    """Return the words of notations that nobody here knows how to draw."""
    found = {word for kind in kinds().values() for word in _CAPITALS.findall(kind.usage)}
    return sorted(found - set(WORDS))


def a_wish(world: World, rules: Rules, dice: Random) -> str:
    """Return an order as somebody might write it: mostly well formed, often impossible, sometimes noise."""
    usage = dice.choice(list(kinds().values())).usage
    words: list[str] = []
    for part in re.findall(r"\[[^\]]*\]|\S+", usage):
        if part.startswith("["):
            if dice.random() < 0.5:
                continue
            part = part[1:-1].replace(" …", "")
        key, equals, choice = part.rpartition("=")
        written = _CAPITALS.sub(lambda found: _word(found[0], world, rules, dice), dice.choice(choice.split("|")))
        words.append(key + equals + written)
    if dice.random() < 0.05:
        words.insert(dice.randint(0, len(words)), dice.choice(_NOISE))
    if dice.random() < 0.03:
        words.pop(dice.randrange(len(words)))
    return " ".join(words)


def _word(name: str, world: World, rules: Rules, dice: Random) -> str:
    return WORDS[name](world, rules, dice) if name in WORDS else name
