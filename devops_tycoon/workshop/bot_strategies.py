"""Habits of bots in a class: from the one who does nothing to the one who has read the solution, only later."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from devops_tycoon.content.find import find, is_path
from devops_tycoon.lab.prove import order_file
from devops_tycoon.orders import parse
from devops_tycoon.play.autoplay import Bot
from devops_tycoon.play.bots import BOTS
from devops_tycoon.play.company_bots import LEADERS
from devops_tycoon.play.replay import read
from devops_tycoon.play.session import Recorded
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import Order
from devops_tycoon.sim.values.world import World

LATE_S = (0, 300, 1800)
"""How long after its script someone has its idea."""


def habits(scenario: str, rules: Rules) -> Sequence[tuple[str, Callable[[], Bot]]]:
    """Return the ways in which people of a class play, each with its name and what makes such a bot."""
    simple = BOTS | (LEADERS if rules.scenario.in_company_mode else {})
    found: list[tuple[str, Callable[[], Bot]]] = [(name, partial(_same, bot)) for name, bot in simple.items()]
    for name in ("solution", "detour"):
        script = _script(scenario, name)
        found += [(f"{name}, {late} s late", partial(scripted, script, late)) for late in LATE_S if script]
    return found


def _same(bot: Bot) -> Bot:
    return bot


def scripted(script: Sequence[Recorded], late_s: int) -> Bot:
    """Return a bot that does what an order file says, some time later, each order once."""
    done: set[int] = set()

    def bot(world: World, rules: Rules) -> Sequence[Order]:
        late = late_s // rules.scenario.tick_s
        due = [n for n, line in enumerate(script) if n not in done and line.tick + late <= world.tick]
        done.update(due)
        return [parse(script[n].order) for n in due]

    return bot


def forecasting(number: int, bot: Bot) -> Bot:
    """Return a bot that answers the lesson's question first, each number in another way."""

    def answering(world: World, rules: Rules) -> Iterator[Order]:
        asked = rules.scenario.question
        if asked is not None and world.answer < 0 and world.tick == 0 and world.phase == "planning":
            yield parse(f"forecast-answer {number % len(asked.choices) + 1}")
        yield from bot(world, rules)

    return lambda world, rules: tuple(answering(world, rules))


def _script(scenario: str, name: str) -> tuple[Recorded, ...]:
    """Return an order file next to a scenario, or nothing."""
    path = order_file(Path(scenario) if is_path(scenario) else Path(str(find("scenarios", scenario))), name)
    return read(path, tags=False).orders if path.is_file() else ()
