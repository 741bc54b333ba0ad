"""Who someone is: codes that are read aloud, tokens that nobody guesses, and hashes that give nothing away."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest, digest
from secrets import choice, token_urlsafe

LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"
"""28 letters and digits that nobody takes for one another."""
CODE_LENGTH = 6
_TOKEN = re.compile(r"[A-Za-z0-9_-]{24}|[A-Za-z0-9_-]{32}")


def new_code() -> str:
    """Return a room's code: 28⁶ are 482 million."""
    return "".join(choice(LETTERS) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """Return a code as people type it, in capitals and without spaces and dashes."""
    return re.sub(r"[\s-]", "", text[:40]).upper()


def host_token() -> str:
    """Return a host's token: 192 bits."""
    return token_urlsafe(24)


def person_token() -> str:
    """Return a player's or a projector's token: 144 bits."""
    return token_urlsafe(18)


def lasting_token(key: bytes, about: str) -> str:
    """Return the same token for the same thing each time, 144 bits that only the key's owner can make."""
    return urlsafe_b64encode(digest(key, about.encode(), "sha256")[:18]).decode()


def is_token(text: object) -> bool:
    """Say whether something has the form of a token."""
    return isinstance(text, str) and _TOKEN.fullmatch(text) is not None


def hashed(token: str) -> str:
    """Return what is kept of a token. It has entropy enough to need neither salt nor stretching."""
    return sha256(token.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare in a time that does not depend on where they differ."""
    return compare_digest(one.encode(), other.encode())
