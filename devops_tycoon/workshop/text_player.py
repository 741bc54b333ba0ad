"""Playing in a room line by line: for screen readers, pipes and scripts. The room's clock goes on meanwhile."""

import time
from collections.abc import Iterable
from typing import TextIO

from devops_tycoon.orders import usable
from devops_tycoon.play.outlook_text import outlook_lines
from devops_tycoon.play.seam_text import seam_lines
from devops_tycoon.play.text import goals, prompted, status, told
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.names import clean_text
from devops_tycoon.workshop.remote import SHARED, RemoteSession
from devops_tycoon.workshop.room import BEGINS

LOOK_S = 0.1
LONGEST_WAIT_S = 3600
HELP = """Commands: an order (see below), or
  wait N      follow the next N ticks (default: 60)
  status      the state of every service and what members experience
  goals       the goals and how you stand
  board       the ranking
  answer N    your answer to the facilitator's poll
  seam CAPABILITY …, outlook, help
  quit        leave; the same command brings you back
"""


class TextPlayer:
    """One player's lines in and out."""

    def __init__(self, link: Link, out: TextIO) -> None:
        self._link, self._out = link, out
        self._session = RemoteSession.join(link)
        self._told = 0
        self._state = ""
        self._message = ""

    def play(self, lines: TextIO) -> None:
        """Play until the lines end, the player leaves or the room closes."""
        welcome = self._link.welcome
        rules = self._session.rules
        self._say(
            f"You are {clean_text(str(welcome['name']), 60)} ({welcome['me']}).",
            SHARED if welcome.get("shared") else "",
            f"{rules.scenario.title}. {rules.scenario.briefing}",
            *goals(self._session),
            "Type help for the commands.",
        )
        for line in prompted(lines, self._out):
            self._follow()
            if self._link.bye or line.strip() in ("quit", "exit"):
                break
            self._do(line.strip())
        if self._link.bye:
            self._say(clean_text(self._link.bye, 200))

    def _do(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        session = self._session
        match command:
            case "":
                self._follow()
            case "help":
                self._say(HELP, *[f"  {kind.usage}" for kind in usable(session.rules) if kind.verb not in BEGINS])
            case "status":
                self._say(*status(session))
            case "goals":
                self._say(*goals(session))
            case "board":
                self._say(*self._board())
            case "seam":
                self._say(*seam_lines(session.seen, session.rules, rest))
            case "outlook":
                self._say(*outlook_lines(session.seen, session.rules))
            case "wait":
                self._wait(rest.strip() or "60")
            case "answer":
                self._answer(rest.strip())
            case _:
                why = session.place(line)
                self._say(f"Refused: {why}" if why else "Ordered.")
                self._follow()

    def _answer(self, choice: str) -> None:
        poll = self._link.now.get("poll")
        if not poll or not poll["open"] or not (choice.isascii() and choice.isdigit() and 0 < len(choice) < 3):
            self._say(
                "There is no poll that this would answer." if not poll else "answer takes the number of a choice."
            )
            return
        answer = self._link.send("answer", f"{poll['id']} {int(choice)}")
        self._say(f"Refused: {answer.why}" if answer.why else "Answered.")

    def _wait(self, ticks: str) -> None:
        """Read what happens until the room's clock has gone so far, or stands for another reason than a pause."""
        if not (ticks.isascii() and ticks.isdigit() and 0 < int(ticks[:9]) <= 20_000):
            self._say("wait: expected a number of ticks from 1 to 20000")
            return
        until = self._session.world.tick + int(ticks)
        ends = time.monotonic() + LONGEST_WAIT_S
        version = -1
        while self._session.world.tick < until and time.monotonic() < ends and not self._link.bye:
            self._follow()
            if self._session.over or self._link.now.get("state") in ("ended", "debrief"):
                break
            version = self._link.version if version < 0 else version
            self._link.wait(self._link.version, LOOK_S)
        self._say(*status(self._session)[:1])

    def _follow(self) -> None:
        """Play what was announced and tell what is new."""
        session = self._session
        session.follow()
        if session.renewed:
            self._say("The facilitator has started another round.")
            self._session, self._told = RemoteSession.join(self._link), 0
            self._session.follow()
        facts = self._session.facts[self._told :]
        self._told = len(self._session.facts)
        self._say(*[told(fact) for _, fact in facts if not fact.hidden])
        now = self._link.now
        if now.get("message", "") != self._message:
            self._message = now.get("message", "")
            self._say(f"Facilitator: {clean_text(self._message, 240)}" if self._message else "")
        if now.get("state", "") != self._state:
            self._state = now.get("state", "")
            self._say(f"Room: {self._state}. {clean_text(now.get('why', ''), 240)}")
            poll = now.get("poll")
            if poll and poll["open"]:
                self._say(f"Poll: {clean_text(poll['text'], 240)}", *_numbered(poll["choices"]))

    def _board(self) -> list[str]:
        board = self._link.now.get("board")
        if not board:
            return ["The board is hidden."]
        return [
            f"{row['rank']:3}. {row['score']:4} {row['uptime']:8.3%}  {clean_text(row['name'], 24)}"
            + (" (joined late)" if row["late"] else "")
            + ("  ← you" if row["code"] == self._link.welcome.get("me") else "")
            for row in board["rows"]
        ]

    def _say(self, *texts: str) -> None:
        for text in texts:
            if text:
                self._out.write(text + "\n")
        self._out.flush()


def _numbered(choices: Iterable[str]) -> list[str]:
    return [f"  {number}. {clean_text(choice, 80)}" for number, choice in enumerate(choices, 1)]
