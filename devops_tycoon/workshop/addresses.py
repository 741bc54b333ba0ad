"""Addresses: where a room is hosted, and how people type where they want to go."""

import re
import socket
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

import ifaddr

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


def door(address: str) -> tuple[str, int]:
    """Return host and port of an address as it is typed; raise ContentError."""
    parts = urlsplit(socket_url(address))
    return parts.hostname or "", parts.port or PORT


def own_addresses() -> list[str]:
    """Return this machine's IPv4 addresses on its networks, the one that leads out first; also without any internet."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # nothing is sent: a datagram socket only picks a route
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(own.ip) for adapter in ifaddr.get_adapters() for own in adapter.ips if own.is_IPv4]
    able = [ip_address(address) for address in dict.fromkeys(found)]
    return [str(address) for address in able if not address.is_loopback and not address.is_link_local]


def is_ours(host: str, port: int) -> bool:
    """Say whether a Host header was meant for us: an address in figures, or a name of this machine.

    A stranger's page can point a name of its own at this machine, never an address in figures.
    """
    name, _, given = host.rpartition(":") if re.search(r":\d+$", host) else (host, "", "80")
    if given != str(port):
        return False
    with suppress(ValueError):
        return bool(ip_address(name.strip("[]")))
    own = socket.gethostname().lower()
    return name.lower() in ("localhost", own, f"{own}.local")
