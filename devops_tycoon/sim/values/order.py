"""Order: an action requested by a player, bot, host or script. Each kind is one file in `devops_tycoon.orders`."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getdoc
from typing import ClassVar, Self

from devops_tycoon.sim.basis import News, Rules, World
from devops_tycoon.sim.kinds import Heading
from devops_tycoon.sim.values.intent import Intent
from devops_tycoon.sim.values.world import Pending, Project

NEEDS_COMPANY = "Not available in this scenario: it needs company mode."
NO_DEPLOYMENTS = "This scenario has no deployments."


class NotationError(ValueError):
    """The text is not an order; the message says what was expected."""


@dataclass(frozen=True)
class Order(Intent):
    """An action in the game's notation: everything about a kind of order is declared here.

    The docstring of a kind is its help page; its first sentence (`summary`) is its text in the palette and in menus.
    The verb is the first word of its notation and the name of its file. Screens read `key`, `footer`, `footer_rank`
    and `footer_phases`; help pages and the codex read `usage`, `examples` and the docstring.
    """

    key: ClassVar[str] = ""
    """The key that starts it on the play screen; empty: it has none."""
    footer: ClassVar[str] = ""
    """What the footer of the play screen says after the key: `Scale`; empty: the footer does not show it."""
    footer_rank: ClassVar[int] = 0
    """Its place among the orders in the footer; the lowest comes first and is the last to give way."""
    footer_phases: ClassVar[tuple[str, ...]] = ("planning", "shift")
    """The phases in which the footer shows it."""
    examples: ClassVar[tuple[str, ...]] = ()
    """Orders of this kind as a player writes them, for help pages; the first is the most usual."""
    usage: ClassVar[str]
    """The notation, for help and errors."""
    facilitator: ClassVar[bool] = False
    """True: only a workshop's host may place it."""
    planning_only: ClassVar[bool] = False
    company_only: ClassVar[str] = ""
    """The sentence that refuses it in a lesson; empty: it can be placed there too."""
    responder_s: ClassVar[int | None] = None
    """Simulated seconds for which a responder is busy with it in a shift; None: as usual in this game."""
    heading: ClassVar[Heading] = "purchases"
    """Where its price stands in the books."""
    after_the_end: ClassVar[bool] = False
    """True: only when an act is over."""
    undoable: ClassVar[bool] = True
    """False: a plan cannot be undone to before it."""

    @classmethod
    def help_text(cls) -> str:
        """Return the paragraphs of its help page."""
        return getdoc(cls) or ""

    @classmethod
    def summary(cls) -> str:
        """Return what it does in one sentence, for the palette and menus."""
        return " ".join(cls.help_text().split("\n\n")[0].split()).split(". ")[0].rstrip(".") + "."

    @classmethod
    @abstractmethod
    def parse(cls, words: list[str], options: dict[str, str]) -> Self:
        """Read the words after the verb; raise NotationError with a sentence."""

    @abstractmethod
    def why_not(self, world: World, rules: Rules) -> str | None:
        """Return a sentence that says why it cannot be done now, or None."""

    @abstractmethod
    def apply(self, world: World, rules: Rules) -> News:
        """Take effect, once its delay is over."""

    def price_cents(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return what it costs, paid when it is ordered."""
        return 0

    def busy_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return how long a responder is busy with it in a shift, in simulated seconds."""
        return rules.balance.hand_s if self.responder_s is None else self.responder_s

    def delay_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the time from the order to its effect in a shift, in simulated seconds."""
        return 0

    def effort(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the tenths of engineer-weeks that it takes while planning in company mode."""
        return 0

    def lead_weeks(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the calendar weeks from the decision to its effect in company mode."""
        return 0

    def under_way(self, world: World, rules: Rules, done: int) -> World:  # noqa: ARG002
        """Return the world in which so much of it is done, as a project, in parts per million; the flow is not touched.

        Its services are what is paid for while it lasts, and what is played if it lasts longer than the quarter.
        """
        return world

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator["Order"]:  # noqa: ARG003
        """Yield orders of this kind worth considering now, for bots, the palette and hints."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Placed:
    """An order with who placed it."""

    order: Order
    by: str = ""


def order_of(kept: Pending | Project) -> Order:
    """Return the order that a world keeps, as one that can be applied."""
    assert isinstance(kept.order, Order)  # noqa: S101 — nothing else is ever kept
    return kept.order
