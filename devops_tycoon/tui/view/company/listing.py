"""The list of choices, as rows that scroll with the selected one."""

from collections.abc import Sequence

from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.text import fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.company.choices import FREE, IN_FORCE, ORDERS, REFUSED, UNDER_WAY, Choice, heading

_SIGNS = {FREE: ("·", "."), REFUSED: ("✗", "x"), UNDER_WAY: ("»", ">"), IN_FORCE: ("✓", "v")}
_STYLES = {FREE: "name", REFUSED: "dim", UNDER_WAY: "accent", IN_FORCE: "ok"}
_COLUMNS = (("effort", 10), ("lead time", 10), ("one-off", 9), ("weekly", 9))
"""Engineer-weeks, weeks until it is active, the price, the running cost."""


def listing(
    choices: Sequence[Choice], picked: int, world: World, rules: Rules, width: int, height: int, glyphs: Glyphs
) -> tuple[Row, ...]:
    """Return the list with the picked line in sight, a line of headings above it."""
    head = merge([(" " * max(0, width - _needed()), "ground"), *[(pad(t, n, align=">"), "dim") for t, n in _COLUMNS]])
    if not choices:
        return (head, merge([(" No matches; esc shows everything again.", "dim")]))
    rows: list[Row] = []
    for number in places(choices):
        if number is None:
            rows.append(())
        elif number < 0:
            rows.append(merge([(f" {heading(choices[-number - 1].group)}", "title")]))
        else:
            rows.append(_line(choices[number], number == picked, world, rules, width, glyphs))
    return (head, *window(rows, places(choices).index(picked), height - 1))


def places(choices: Sequence[Choice]) -> list[int | None]:
    """Return what stands in each line: None for a blank one, -1 - n above the group of choice n, else its number."""
    found: list[int | None] = []
    for number, choice in enumerate(choices):
        if not number or choices[number - 1].group != choice.group:
            found += [None] if found else []
            found.append(-number - 1)
        found.append(number)
    return found


def picked_at(choices: Sequence[Choice], picked: int, height: int, y: int) -> int | None:
    """Return the choice in the line `y` of the list as it is shown now."""
    known = places(choices)
    if not choices or not 1 <= y < height:
        return None
    at = first(len(known), known.index(picked), height - 1) + y - 1
    number = known[at] if at < len(known) else None
    return number if number is not None and number >= 0 else None


def window(rows: Sequence[Row], at: int, height: int) -> tuple[Row, ...]:
    """Return `height` rows with the line `at` among them, as little scrolled as can be."""
    start = first(len(rows), at, height)
    return tuple(rows[start : start + height])


def first(count: int, at: int, height: int) -> int:
    """Return the first line that is shown."""
    return 0 if at < height - 1 else min(max(0, count - height), at - height + 2)


def _needed() -> int:
    return sum(cells for _, cells in _COLUMNS)


def _line(choice: Choice, picked: bool, world: World, rules: Rules, width: int, glyphs: Glyphs) -> Row:
    fine, plain = _SIGNS[choice.state]
    sign = plain if glyphs == "ascii" else fine
    mark = (">" if glyphs == "ascii" else "▸") if picked else " "
    style = "selected" if picked else _STYLES[choice.state]
    head = [(f" {mark}", "selected"), (f"{sign} ", _STYLES[choice.state])]
    room = width - 4
    if choice.state == FREE and choice.group != ORDERS:
        notes = _costs(choice, world, rules)
        return merge([*head, (pad(choice.title, max(8, room - _needed())), style), (notes, "number")])
    if choice.group == ORDERS and choice.state == FREE:
        return merge([*head, (fit(choice.title, room, middle=False), style)])
    title = fit(choice.title, max(8, room // 2), middle=False)
    says = choice.says if choice.state != UNDER_WAY else f"in progress, {choice.says}"
    says = f"active {says}" if choice.state == IN_FORCE else says
    return merge([*head, (title, style), (fit(f"  {says}", max(0, room - len(title)), middle=False), "dim")])


def _costs(choice: Choice, world: World, rules: Rules) -> str:
    """Return the four columns, as the order itself declares them now."""
    order, practice = choice.orders[0], choice.practice
    once, keep = order.price_cents(world, rules), practice.cents_per_week if practice else 0
    lead = order.lead_weeks(world, rules)
    texts = (
        weeks(order.effort(world, rules)),
        f"{lead} weeks" if lead > 1 else "1 week" if lead else "at once",
        dollars(once) if once else "–",
        dollars(keep) if keep else "–",
    )
    return "".join(pad(text, cells, align=">") for text, (_, cells) in zip(texts, _COLUMNS, strict=True))
