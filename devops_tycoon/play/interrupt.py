"""Ctrl-C between two ticks: a request to stop that cannot get lost.

An interrupt that Python raises wherever the program happens to be is ignored where exceptions are: inside a
finaliser or a callback of the garbage collector. So a run notes the request and stops after the tick.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Wish:
    """A request to stop."""

    def __init__(self) -> None:
        self._noted = False

    def note(self, *_: object) -> None:
        """Note the request; a second one stops at once."""
        if self._noted:
            raise KeyboardInterrupt
        self._noted = True

    def heed(self, *_: object) -> None:
        """Stop here if requested; called after every tick."""
        if self._noted:
            raise KeyboardInterrupt


@contextmanager
def stoppable() -> Iterator[Wish]:
    """Let Ctrl-C be a request for a while."""
    wish = Wish()
    before = signal.signal(signal.SIGINT, wish.note)
    try:
        yield wish
    finally:
        signal.signal(signal.SIGINT, before)
