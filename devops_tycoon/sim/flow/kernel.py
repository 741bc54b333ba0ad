"""One tick of the whole graph: down, up, users, retries, blame, and the values that remain."""

from devops_tycoon.sim.flow.blame import bounced_at_entries, decided
from devops_tycoon.sim.flow.down import send_down
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.ordered import hold_for_all_tries
from devops_tycoon.sim.flow.plan import Plan, plan_of
from devops_tycoon.sim.flow.reading import next_state, reading_of
from devops_tycoon.sim.flow.redelivery import deliver_again
from devops_tycoon.sim.flow.remember import remembered
from devops_tycoon.sim.flow.settle import settled
from devops_tycoon.sim.flow.shapes import refit
from devops_tycoon.sim.flow.staleness import mark_stale
from devops_tycoon.sim.flow.state import FlowState, Reading
from devops_tycoon.sim.flow.tick import Tick
from devops_tycoon.sim.flow.up import send_up
from devops_tycoon.sim.flow.users import Outcomes, ask_users, send_again


def advance(network: Network, state: FlowState, rates: tuple[float, ...]) -> tuple[FlowState, Reading]:
    """Return the state after one tick of `network.tick_s` seconds, and what the tick looked like.

    `rates` are the demands' new requests per second. Pools, nodes, calls and demands must be those the state was
    made for (see `carry`); their numbers may differ. Raises ValueError if they cannot be.
    """
    if len(rates) != len(network.demands):
        raise ValueError(f"{len(rates)} rates for {len(network.demands)} demands; give one each")
    plan = plan_of(network)
    state = refit(plan, state)
    tick = settled(plan, state.hold_s, lambda hold: _pass(plan, state, rates, hold))
    if plan.stale:
        mark_stale(plan, state, tick)
    outcomes = ask_users(plan, state, tick)
    send_again(plan, tick)
    if plan.messages:
        deliver_again(plan, state, tick)
    pot, causes = _ledger(plan, state, tick, outcomes)
    new = next_state(state, tick, plan, pot, remembered(plan, state, tick))
    return new, reading_of(plan, state, tick, new, outcomes, causes)


def _pass(plan: Plan, state: FlowState, rates: tuple[float, ...], hold: list[float]) -> Tick:
    """Compute the tick once, for a guess of the holding times in it."""
    tick = Tick(plan, state)
    for n, guess in enumerate(hold):
        if guess != tick.hold[n]:
            if tick.hold[n] > 0.0:  # no time at all has no spread that could grow with it
                ratio = guess / tick.hold[n]
                tick.hold_var[n] *= ratio * ratio
            tick.hold[n] = guess
    send_down(plan, state, tick, rates)
    send_up(plan, state, tick)
    if plan.ordered:
        hold_for_all_tries(plan, tick)
    return tick


def _ledger(
    plan: Plan, state: FlowState, tick: Tick, outcomes: Outcomes
) -> tuple[list[list[float]], list[list[float]]]:
    """Return the new pot and the causes of what users noticed in this tick, both in parts, one per kind of cause.

    Causes are decided when the request begins and noticed later. In between they wait in one pot that is drained in
    proportion: the sum is exact, only the order within a delay is blurred. Most kinds have no part in it: an empty
    part adds nothing, so it is left as it is.
    """
    pot: list[list[float]] = []
    total = noticed = 0.0
    at = 0
    for new in decided(plan, tick, outcomes):
        old = state.pot[at : at + len(new)]
        at += len(new)
        if any(old):
            new = [a + b for a, b in zip(old, new, strict=True)]
        pot.append(new)
        if any(new):
            for amount in new:
                total += amount
    for amount in outcomes.noticed:
        noticed += amount
    causes = bounced_at_entries(plan, tick, outcomes)
    if noticed > 0.0:
        if total > 0.0:
            share = noticed / total
            rest = 1.0 - share if share < 1.0 else 0.0
            for i, part in enumerate(pot):
                if any(part):
                    causes[i] = [a + b * share for a, b in zip(causes[i], part, strict=True)]
                    pot[i] = [b * rest for b in part]
        else:
            causes[-1][0] += noticed
    return pot, causes
