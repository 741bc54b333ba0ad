"""The digest of a world: its raw bits in a fixed order, hashed."""

from dataclasses import fields
from hashlib import blake2b
from struct import pack
from typing import Any


def encode(value: Any, into: bytearray) -> None:
    """Append the canonical bytes of a value made of dataclasses, tuples, numbers and text."""
    if isinstance(value, float):
        into += b"f" + pack("<d", value + 0.0)  # −0.0 + 0.0 is 0.0
    elif isinstance(value, bool) or value is None:
        into += b"T" if value else b"F" if value is False else b"N"
    elif isinstance(value, int):
        text = b"%d" % value
        into += b"i" + pack("<I", len(text)) + text
    elif isinstance(value, str):
        raw = value.encode()
        into += b"s" + pack("<I", len(raw)) + raw
    elif isinstance(value, tuple):
        into += b"(" + pack("<I", len(value))
        if value and all(type(item) is float for item in value):
            into += pack(f"<{len(value)}d", *[item + 0.0 for item in value])
        else:
            for item in value:
                encode(item, into)
    else:
        encode(type(value).__name__, into)
        for field in fields(value):
            encode(getattr(value, field.name), into)


def digest(value: Any, after: bytes = b"") -> bytes:
    """Return 16 bytes that chain `after` with every bit of the value."""
    buffer = bytearray(after)
    encode(value, buffer)
    return blake2b(bytes(buffer), digest_size=16).digest()
