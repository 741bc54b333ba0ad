"""Wake-up calls for the clients of a room when there is news for them."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

SLICE, SLICE_S = 16, 0.005
"""Clients woken at once, and seconds until the next slice."""


class Listeners:
    """Who is woken, by a player's code, `host` or `screen`."""

    def __init__(self) -> None:
        self._wakes: dict[str, set[Callable[[], None]]] = defaultdict(set)

    def add(self, who: str, wake: Callable[[], None]) -> None:
        """Wake a client whenever there is news for it."""
        self._wakes[who].add(wake)

    def remove(self, who: str, wake: Callable[[], None]) -> None:
        """Stop waking a client."""
        self._wakes[who].discard(wake)

    def wake(self, *whom: str) -> None:
        """Wake these, or everybody: in slices, so that an order in between need not wait for a whole class.

        A client that is not woken looks once a second by itself.
        """
        wakes = [wake for who in whom or tuple(self._wakes) for wake in self._wakes.get(who, ())]
        _call(wakes[:SLICE])
        loop = asyncio.get_running_loop()
        for number, at in enumerate(range(SLICE, len(wakes), SLICE), 1):
            loop.call_later(number * SLICE_S, _call, wakes[at : at + SLICE])


def _call(wakes: list[Callable[[], None]]) -> None:
    for wake in wakes:
        wake()
