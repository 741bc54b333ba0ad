"""What clients may say: strictly read, because anybody on the network can say anything."""

import json
from dataclasses import dataclass
from typing import Any

from devops_tycoon.workshop.tokens import is_token, read_code

LARGEST = 4096
"""Bytes of a message."""
LONGEST_ORDER = 200
LONGEST_COMMAND = 1000
MOST_SEQ = 2**31
VERSION = 1


class MessageError(ValueError):
    """A message that no honest client sends; the sentence says what is wrong."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message."""

    token: str
    code: str
    name: str
    have: int
    view: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that someone wants done, with their own count of it."""

    kind: str
    """`order`, `answer` or `do`."""
    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class MarkMade:
    """A client's check mark."""

    tick: int
    digest: str


def read_message(text: str | bytes) -> Hello | Wish | MarkMade:
    """Read one message; raise MessageError."""
    if isinstance(text, bytes):
        raise MessageError("expected text, not binary data")
    if len(text) > LARGEST:
        raise MessageError("message too long")
    try:
        told = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise MessageError("expected JSON") from None
    if not isinstance(told, dict):
        raise MessageError("expected a JSON object")
    match told.get("t"):
        case "hello":
            return _hello(told)
        case "order":
            return Wish("order", _seq(told), _text(told, "order", LONGEST_ORDER))
        case "do":
            return Wish("do", _seq(told), _text(told, "what", LONGEST_COMMAND))
        case "answer":
            return Wish("answer", _seq(told), f"{_count(told, 'poll', 1, 10**6)} {_count(told, 'choice', 1, 99)}")
        case "mark":
            return MarkMade(_count(told, "tick", 0, 10**9), _text(told, "digest", 8))
    raise MessageError("unknown kind of message")


def _refuse(_: str) -> Any:
    raise ValueError


def _hello(told: dict[str, Any]) -> Hello:
    if told.get("v") != VERSION:
        raise MessageError(f"this room uses protocol version {VERSION}; update your program")
    if not is_token(told.get("token")):
        raise MessageError("the token is missing or malformed")
    view = told.get("view", False)
    if not isinstance(view, bool):
        raise MessageError("view must be true or false")
    code = read_code(_text(told, "code", 40)) if "code" in told else ""
    name = _text(told, "name", 200) if told.get("name") else ""
    return Hello(told["token"], code, name, _count(told, "have", 0, 10**9) if "have" in told else 0, view)


def _seq(told: dict[str, Any]) -> int:
    return _count(told, "seq", 1, MOST_SEQ)


def _count(told: dict[str, Any], key: str, least: int, most: int) -> int:
    value = told.get(key)
    if type(value) is not int or not least <= value <= most:
        raise MessageError(f"{key} must be a whole number from {least} to {most}")
    return value


def _text(told: dict[str, Any], key: str, longest: int) -> str:
    value = told.get(key)
    if not isinstance(value, str) or len(value) > longest:
        raise MessageError(f"{key} must be text of at most {longest} characters")
    return value
