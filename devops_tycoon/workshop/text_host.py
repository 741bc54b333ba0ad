"""Hosting line by line: the console without a screen, for screen readers, scripts and tests."""

import time
from typing import TextIO

from devops_tycoon.play.text import prompted
from devops_tycoon.workshop.commands import USAGE
from devops_tycoon.workshop.homework import words
from devops_tycoon.workshop.host import Host
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.names import clean_text
from devops_tycoon.workshop.qr import qr_rows

LONGEST_WAIT_S = 7200
HELP = """Commands:
{}
  people, board, status     what the console shows
  wait SECONDS              do nothing for that long
  wait tick N               until the room's clock reaches a tick or stops
  wait debrief              until the debrief is ready
  quit                      close the room; reopen it from its folder
"""


def invitation(host: Host, code: str, *, qr: bool) -> list[str]:
    """Return how people come in."""
    lines = [f"Join in a browser: {address}   code {code}" for address in host.addresses]
    first = host.addresses[0].removeprefix("http://").rstrip("/")
    lines += [f"Join in a terminal: devops-tycoon workshop join {first} {code}"]
    lines += [f"Projector: {host.addresses[0]}screen#{host.screen}", f"Room: {host.folder}"]
    return [*(qr_rows(f"{host.addresses[0]}#{code}") if qr else []), *lines]


def host_text(host: Host, link: Link, code: str, lines: TextIO, out: TextIO) -> None:
    """Obey lines until they end."""

    def say(*texts: str) -> None:
        out.write("".join(f"{text}\n" for text in texts))
        out.flush()

    say(*invitation(host, code, qr=out.isatty()), "Type help for the commands.")
    for line in prompted(lines, out):
        if host.problem:
            say(host.problem)
            break
        command, _, rest = line.strip().partition(" ")
        if command in ("quit", "exit"):
            break
        if command == "":
            continue
        if command == "help":
            say(HELP.format("\n".join(f"  {usage}" for usage in USAGE.values())))
        elif command == "people":
            say(*_people(link))
        elif command == "board":
            say(*_board(link))
        elif command == "status":
            say(_status(link))
        elif command == "wait":
            say(_wait(link, rest.split()))
        else:
            answer = link.send("do", line.strip(), 10)
            say(f"Done at tick {answer.tick}." if answer.stored else f"Refused: {answer.why}")


def _status(link: Link) -> str:
    now = link.now
    problem = f" {now['problem']}" if now.get("problem") else ""
    ready = " The debrief is ready." if now.get("ready") else ""
    roster = [person for person in now.get("roster", []) if not person["removed"]]
    if any("handed" in person for person in roster):
        handed = sum(person["handed"] > 0 for person in roster)
        return f"{now.get('state')}, {handed} of {len(roster)} have handed in. {now.get('why', '')}{problem}{ready}"
    return (
        f"{now.get('state', 'no answer')}, tick {now.get('tick', 0)}, pace {now.get('pace', 0)}, "
        f"{now.get('people', 0)} people. {now.get('why', '')}{problem}{ready}"
    )


def _people(link: Link) -> list[str]:
    lines = [
        f"{person['code']} {clean_text(person['name'], 24)}"
        + ("" if person["connected"] else " (away)")
        + (" (late)" if person["late"] else "")
        + (f" ({person['behind']} ticks behind)" if person["behind"] > 60 else "")
        + (f": {words(person['handed'], person['checked'])}" if "handed" in person else "")
        for person in link.now.get("roster", [])
        if not person["removed"]
    ]
    return lines or ["Nobody is in the room."]


def _board(link: Link) -> list[str]:
    rows = (link.now.get("board") or {}).get("rows", [])
    return [
        f"{row['rank']:3}. {row['score']:4} {row['uptime']:8.3%} {row['code']} {clean_text(row['name'], 24)}"
        + (" (late)" if row["late"] else "")
        for row in rows
    ] or ["Nobody is on the board."]


def _wait(link: Link, words: list[str]) -> str:
    ends = time.monotonic() + LONGEST_WAIT_S
    if len(words) == 1 and words[0].isdecimal() and int(words[0]) <= LONGEST_WAIT_S:
        ends = time.monotonic() + int(words[0])
        while time.monotonic() < ends and not link.bye:
            link.wait(link.version, max(0.01, ends - time.monotonic()))
    elif len(words) == 2 and words[0] == "tick" and words[1].isdecimal():
        while time.monotonic() < ends and not link.bye:
            if link.now.get("tick", 0) >= int(words[1]) or link.now.get("state") not in ("running", "history"):
                break
            link.wait(link.version, 1)
    elif words == ["debrief"]:
        while time.monotonic() < ends and not link.bye and not link.now.get("ready"):
            if link.now.get("state") not in ("ended", "debrief"):
                return "The lesson has not ended."
            link.wait(link.version, 1)
    else:
        return "wait: expected SECONDS, tick N or debrief"
    return _status(link)
