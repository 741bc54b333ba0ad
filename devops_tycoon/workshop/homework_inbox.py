"""The desk: where homework is handed in. What is taken is on the disk before it is said to be, and is played again."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from devops_tycoon.workshop.classroom import Seat
from devops_tycoon.workshop.entry import Entry
from devops_tycoon.workshop.homework import (
    HAND_IN,
    LARGEST,
    TOO_LARGE,
    HandInError,
    alike,
    newest,
    recording,
    why_not_hand_in,
)
from devops_tycoon.workshop.hub import Hub
from devops_tycoon.workshop.limits import Buckets
from devops_tycoon.workshop.reruns import Reruns

AT_ONCE, PER_S = 10, 0.1
"""Recordings of one person, taken or not."""
BODY_S = 60.0
"""In this time a recording must be here."""
HEARD_OUT = 1024 * 1024
"""So much of one that is too large is read and thrown away, so that its sender hears why; more is cut off."""

Said = tuple[int, str]
"""A status of HTTP and a sentence."""


class Desk:
    """Takes recordings, and has the newest of each person played again."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._rate = Buckets(AT_ONCE, PER_S)
        self._handing: set[str] = set()
        """Who hands in at this moment."""
        self._waiting: dict[str, None] = {}
        """Whose newest recording was not played again yet, who has waited longest first."""
        self._something = asyncio.Event()
        self._made: dict[str, str] = {}
        """Digests of what everybody decided in the round that is played, as far as it was played again."""
        self._round = 0
        self._reruns = Reruns()
        hub.on_hand_in(self._took)
        for code in newest(hub.log, hub.room.round):
            self._wait_for(code)

    async def take(self, code: str, body: AsyncIterator[bytes]) -> Said:
        """Take a recording of someone's; return what they are told. The same one again is taken once."""
        if code in self._handing:
            return 429, "Your previous hand-in is still being processed; wait for the answer."
        self._handing.add(code)
        try:
            async with asyncio.timeout(BODY_S):
                raw = await _read(body)
            return await self._judge(code, raw)
        except TimeoutError:
            return 408, "The upload took too long; hand it in again."
        except HandInError as error:
            return 422, str(error)
        finally:
            self._handing.discard(code)

    async def _judge(self, code: str, raw: bytes) -> Said:
        hub = self._hub
        room = hub.coming
        if why := why_not_hand_in(room, code):
            return 409, why
        if not self._rate.of(code).take():
            return 429, "Too many hand-ins; try again in half a minute."
        if len(raw) > LARGEST:
            return 413, TOO_LARGE
        text = await asyncio.to_thread(recording, raw, room, code)
        if newest(hub.log, room.round).get(code) == text:
            return 200, "You have already handed in this recording."
        if why := why_not_hand_in(hub.coming, code):  # the room has gone on meanwhile
            return 409, why
        if hub.coming.round != room.round:
            return 409, "Another round has started; this recording belongs to the previous one."
        if why := (await hub.store(code, 0, HAND_IN, text))[1]:
            return 503, why
        person = hub.room.person(code)
        return (
            200,
            f"Handed in and saved (your hand-in number {person.handed if person else 1}). Only your latest counts.",
        )

    # ---- playing again ---------------------------------------------------------------------------------------------

    def _took(self, entry: Entry) -> None:
        if entry.kind == HAND_IN:
            self._hub.checked.pop(entry.who, None)
            self._hub.standings.forget(entry.who)
            self._wait_for(entry.who)

    def _wait_for(self, code: str) -> None:
        self._waiting.setdefault(code)
        self._something.set()

    async def rerun_for_ever(self) -> None:
        """Play what was handed in, one after the other; of each person only what is the newest then."""
        while True:
            await self._something.wait()
            while self._waiting:
                code = next(iter(self._waiting))
                del self._waiting[code]
                await self._rerun(code)
            self._something.clear()

    async def _rerun(self, code: str) -> None:
        room = self._hub.room
        text = newest(self._hub.log, room.round).get(code)
        person = room.person(code)
        if not text or person is None or person.removed:
            return
        seat = Seat(code, person.name, text, whole=True)
        found = await self._reruns.play((room.lesson.scenario, room.seed, room.lesson.difficulty, seat))
        if newest(self._hub.log, self._hub.room.round).get(code) == text:  # else a newer one waits
            self._tell(code, found)

    def _tell(self, code: str, found: dict[str, Any]) -> None:
        """Tell the room how someone's homework stands, and who decided the same."""
        room, checked = self._hub.room, self._hub.checked
        if room.round != self._round:
            self._round, self._made = room.round, {}
        self._made[code] = found.pop("made", "")
        checked[code] = found
        here = {person.code for person in self._hub.people()}
        for other, same in alike({one: made for one, made in self._made.items() if one in here}).items():
            if other in checked:
                checked[other] = checked[other] | {"same": same}
        if not found.get("problem"):
            row = {"tick": room.tick, "good": found["uptime"], "over": True, "trouble": False, **found}
            self._hub.standings.heard(room, "row", code, row)

    def close(self) -> None:
        """Leave nothing running."""
        self._reruns.close()


async def _read(body: AsyncIterator[bytes]) -> bytes:
    """Return what arrives, of something too large only its beginning."""
    raw, heard = bytearray(), 0
    async for part in body:
        heard += len(part)
        if len(raw) <= LARGEST:
            raw += part[: LARGEST + 1 - len(raw)]
        if heard > HEARD_OUT:
            break
    return bytes(raw)
