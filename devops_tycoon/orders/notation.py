"""Notation: an order's words and key=value options, derived from its typed fields.

A field says how it is written: `by: Annotated[int, Word(SIGNED)]`. Reading, writing, the usage line and the sentences
about what is wrong follow from that. A field with a default may be left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self, get_args

from devops_tycoon.orders.forms import Form, nearest, quoted
from devops_tycoon.sim.text import listed
from devops_tycoon.sim.values.order import NotationError, Order

LONGEST = 400
"""Characters of one order."""
NO_ARGUMENTS = "takes no arguments"


def words_of(text: str) -> tuple[str, list[str], dict[str, str]]:
    """Split an order into its verb, words and options."""
    if len(text) > LONGEST:
        raise NotationError(f"an order has at most {LONGEST} characters")
    if not text.isprintable():
        raise NotationError("an order is one line of printable text")
    words: list[str] = []
    options: dict[str, str] = {}
    for word in text.split():
        key, equals, value = word.partition("=")
        if not equals:
            words.append(word)
        elif key in options:
            raise NotationError(f"{quoted(key)} is given twice")
        else:
            options[key] = value
    if not words:
        raise NotationError("an order begins with a verb")
    return words[0], words[1:], options


@dataclass(frozen=True)
class Word:
    """A field that is written as a word of its own."""

    form: Form
    joint: str = ""
    """What joins it to the next field in one word: `>` in `web>db`."""
    many: bool = False
    """True: one or more different words; the field is a tuple."""
    keys: ClassVar[tuple[str, ...]] = ()

    def usage(self, needed: bool) -> str:
        """Return its part of the usage line."""
        shown = f"{self.form.shown} [{self.form.shown} …]" if self.many else self.form.shown
        return shown + self.joint if needed else f"[{shown}]"

    def expected(self) -> str:
        """Return what has to stand there."""
        return f"at least one {self.form.noun.split(' ', 1)[1]}" if self.many else self.form.noun

    def read(self, words: list[str], options: dict[str, str], before: Mapping[str, Any]) -> Any:  # noqa: ARG002
        """Take its words and return its value, or MISSING."""
        if not words:
            return MISSING
        if self.many:
            taken, words[:] = words[:], []
            if len(set(taken)) < len(taken):
                raise NotationError(f"{self.form.noun} is named twice")
            return tuple(self.form.read(word) for word in taken)
        word = words.pop(0)
        if self.joint:
            word, joint, rest = word.partition(self.joint)
            if not joint:
                raise NotationError(f"expected {self.form.noun} and {self.joint} after it, not {quoted(word)}")
            words.insert(0, rest)
        return self.form.read(word)

    def write(self, value: Any, order: Mapping[str, Any], default: Any) -> str:  # noqa: ARG002
        """Return its words; nothing for the default."""
        if self.many:
            return " ".join(map(self.form.write, value))
        return "" if value == default else self.form.write(value) + self.joint


@dataclass(frozen=True)
class Option:
    """A field that is written as `key=value`."""

    key: str
    form: Form
    needed: bool = False
    """True: it has to be given, although the field has a default (see `off`)."""
    always: bool = False
    """True: it is written although it has its default."""
    blank: bool = False
    """True: `key=` without a value means its default."""
    otherwise: Callable[[Mapping[str, Any]], Any] | None = None
    """Its default, from the fields before it."""
    only_with: str = ""
    """Another option, as written, without which it means nothing: `data=moved`."""
    off: int | None = None
    """The value, if any, that the single word `off` stands for, in place of all options."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that it reads."""
        return (self.key,)

    def usage(self, needed: bool) -> str:
        """Return its part of the usage line."""
        shown = f"{self.key}={self.form.shown}"
        return shown if needed else f"[{shown}]"

    def expected(self) -> str:
        """Return what has to stand there."""
        return f"{self.key}={self.form.shown}"

    def read(self, words: list[str], options: dict[str, str], before: Mapping[str, Any]) -> Any:  # noqa: ARG002
        """Return its value, or MISSING."""
        text = options.get(self.key)
        if text is None or (self.blank and not text):
            return MISSING if self.otherwise is None else self.otherwise(before)
        other, _, value = self.only_with.partition("=")
        if self.only_with and options.get(other) != value:
            raise NotationError(f"{self.key} needs {self.only_with}")
        return self.form.read(text, f"{self.key}: ")

    def write(self, value: Any, order: Mapping[str, Any], default: Any) -> str:
        """Return `key=value`; nothing for the default."""
        usual = default if self.otherwise is None else self.otherwise(order)
        return "" if value == usual and not self.always else f"{self.key}={self.form.write(value)}"


@dataclass(frozen=True)
class Settings:
    """A field that is written as one or more of several options: a tuple of (key, value) in the order given here."""

    forms: Mapping[str, Form]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that it reads."""
        return tuple(self.forms)

    def usage(self, needed: bool) -> str:  # noqa: ARG002
        """Return its part of the usage line."""
        return " ".join(f"[{key}={form.shown}]" for key, form in self.forms.items())

    def expected(self) -> str:
        """Return what has to stand there."""
        return f"at least one setting ({', '.join(self.forms)})"

    def read(self, words: list[str], options: dict[str, str], before: Mapping[str, Any]) -> Any:  # noqa: ARG002
        """Return what is set, or MISSING."""
        given = {key: form for key, form in self.forms.items() if key in options}
        return tuple((key, form.read(options[key], f"{key}: ")) for key, form in given.items()) or MISSING

    def write(self, value: Any, order: Mapping[str, Any], default: Any) -> str:  # noqa: ARG002
        """Return all of it."""
        return self.written(value, " ")

    def written(self, value: tuple[tuple[str, Any], ...], between: str) -> str:
        """Return settings as options with something between them."""
        return between.join(f"{key}={self.forms[key].write(one)}" for key, one in value)


class Argument(NamedTuple):
    """A field of an order with the way in which it is written."""

    name: str
    role: Word | Option | Settings
    default: Any

    @property
    def needed(self) -> bool:
        """Say whether it has to be given."""
        role = self.role
        if isinstance(role, Option):
            return role.needed or (self.default is MISSING and role.otherwise is None)
        return self.default is MISSING


@cache
def arguments(kind: type[Order]) -> tuple[Argument, ...]:
    """Return the fields of a kind of order, in the order in which they are written."""
    return tuple(Argument(field.name, get_args(field.type)[1], field.default) for field in fields(kind))


class _Usage:
    """The usage line of a class, made when it is asked for: the fields are known only after `@dataclass`."""

    def __get__(self, order: object, kind: type[Order]) -> str:
        found = sorted(arguments(kind), key=lambda one: (not isinstance(one.role, Word), not one.needed))
        line = " ".join([kind.verb, *(one.role.usage(one.needed) for one in found)]).replace("> ", ">")
        return " | ".join([line, *(f"{kind.verb} {way}" for way in _ways_off(kind))])


class TypedOrder(Order):
    """An order whose notation follows from its fields."""

    usage = _Usage()

    @classmethod
    def parse(cls, words: list[str], options: dict[str, str]) -> Self:
        """Read the words after the verb; raise NotationError with a sentence."""
        keys = [key for one in arguments(cls) for key in one.role.keys]
        for key in options:
            if key not in keys:
                raise NotationError(_unknown(cls, key, keys))
        left, values = list(words), dict[str, Any]()
        off = _off(cls) if not options and left[1:] == ["off"] else None
        if off is not None:
            left.pop()
            values[off.name] = off.role.off  # type: ignore[union-attr]
        for one in arguments(cls):
            value = MISSING if one.name in values else one.role.read(left, options, values)
            if value is not MISSING:
                values[one.name] = value
            elif one.needed and off is None:
                raise NotationError(_missing(cls, values))
        if left:
            raise NotationError(f"unexpected {quoted(left[0])}" if arguments(cls) else NO_ARGUMENTS)
        order = cls(**values)
        if (why := order.conflict()) is not None:
            raise NotationError(why)
        return order

    def conflict(self) -> str | None:
        """Return what contradicts itself in an order whose arguments are right one by one, or None."""
        return None

    def __str__(self) -> str:
        """Return the notation."""
        values = vars(self)
        off = _off(type(self))
        if off is not None and values[off.name] == off.role.off:  # type: ignore[union-attr]
            words = [one for one in arguments(type(self)) if isinstance(one.role, Word)]
            return " ".join([self.verb, *(one.role.write(values[one.name], values, MISSING) for one in words), "off"])
        text = self.verb
        for one in arguments(type(self)):
            part = one.role.write(values[one.name], values, one.default)
            text += ("" if text.endswith(">") else " ") + part if part else ""
        return text


def _off(kind: type[Order]) -> Argument | None:
    """Return the argument that the single word `off` is a value of."""
    return next((a for a in arguments(kind) if isinstance(a.role, Option) and a.role.off is not None), None)


def _ways_off(kind: type[Order]) -> list[str]:
    words = [one.role.usage(one.needed) for one in arguments(kind) if isinstance(one.role, Word)]
    return [] if _off(kind) is None else [" ".join([*words, "off"])]


def _unknown(kind: type[Order], key: str, keys: list[str]) -> str:
    """Return the sentence about an option that a kind of order does not have."""
    if keys:
        return f"unknown option {quoted(key)}{nearest(key, keys)}"
    return f"unexpected {quoted(key + '=')}" if arguments(kind) else NO_ARGUMENTS


def _missing(kind: type[Order], values: Mapping[str, Any]) -> str:
    """Return the sentence about what was not given and has to be."""
    missing = [one.role.expected() for one in arguments(kind) if one.needed and one.name not in values]
    return f"expected {listed(missing)}" + (", or off" if _off(kind) else "")
