"""The palette: every order that makes sense now, found by typing."""

from typing import TYPE_CHECKING, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from devops_tycoon.orders import moves

if TYPE_CHECKING:
    from textual.app import App

    from devops_tycoon.play.session import Session
    from devops_tycoon.sim.values.order import Order


class _TakesOrders(Protocol):
    """A screen of a session."""

    session: "Session"
    app: "App[object]"

    def draw(self) -> None: ...


class OrderCommands(Provider):
    """Orders for the session on the screen."""

    @property
    def _play(self) -> _TakesOrders:
        return cast(_TakesOrders, self.screen)

    def _moves(self) -> "list[Order]":
        session = self._play.session
        return [move for move in moves(session.seen, session.rules) if session.why_not(move) is None]

    async def discover(self) -> Hits:
        """Offer some orders before anything is typed."""
        for move in self._moves()[:12]:
            yield DiscoveryHit(str(move), self._placing(move), help=move.summary())

    async def search(self, query: str) -> Hits:
        """Offer the orders that match."""
        matcher = self.matcher(query)
        for move in self._moves():
            score = matcher.match(str(move))
            if score > 0:
                yield Hit(score, matcher.highlight(str(move)), self._placing(move), help=move.summary())

    def _placing(self, move: "Order"):  # type: ignore[no-untyped-def]
        def place() -> None:
            play = self._play
            why = play.session.place(move)
            play.app.notify(why or f"Ordered: {move}", severity="warning" if why else "information", markup=False)
            play.draw()

        return place
