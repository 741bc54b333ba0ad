"""Addresses: where a room is hosted, and how people type where they want to go."""

import re
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from devops_tycoon.content.problem import ContentError, Problem, shown

PORT = 8137
LOOPBACK = "127.0.0.1"
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:]{2,45}")


def socket_url(address: str) -> str:
    """Return the socket's URL of an address as it is typed: `192.168.1.5:8137`, `http://host/`; raise ContentError."""
    text = address.strip()
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or PORT
    except ValueError:
        host, port, parts = "", 0, urlsplit("")
    if parts.scheme not in ("http", "ws") or not _HOST.fullmatch(host) or parts.username:
        what = f"{shown(address[:80])} is no address; expected what the facilitator shows, such as 192.168.1.5:{PORT}"
        raise ContentError([Problem("workshop join", 0, "", what)])
    return f"ws://{f'[{host}]' if ':' in host else host}:{port}/ws"


def own_addresses() -> list[str]:
    """Return this machine's addresses on its networks, the one that leads out first. Nothing is sent to find them."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # a documentation address; a datagram socket only picks a route
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [address for address in dict.fromkeys(found) if not address.startswith("127.")]


def host_headers(addresses: list[str], port: int) -> frozenset[str]:
    """Return the Host headers of requests that were meant for us."""
    names = [*addresses, LOOPBACK, "localhost", "[::1]"]
    with suppress(OSError):
        names.append(socket.gethostname())
        names.append(f"{socket.gethostname()}.local")
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())
