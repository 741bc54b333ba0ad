"""Keeping score: readings become integer counts, and every bad request gets exactly one cause."""

from devops_tycoon.sim.basis import FOREVER, News, Rules, World, replace, ticks
from devops_tycoon.sim.detection.eyes import harms
from devops_tycoon.sim.effects.blame import causes
from devops_tycoon.sim.operations.measures import turned_away
from devops_tycoon.sim.score.latencies import spread
from devops_tycoon.sim.values.tally import JourneyTally, Loss, Peak, Tally

_MICRO = 1_000_000


def tally(world: World, rules: Rules) -> News:
    """Add this tick to the counts. Each count is rounded once, to whole micro-requests."""
    old, valid_now, bad_now = world.tally, 0, 0
    refused = [round(count * _MICRO) for count in turned_away(world, rules)]
    journeys = []
    for number, journey in enumerate(old.journeys):
        counted = _counted(world, number, journey, refused[number])
        valid_now += counted.valid - journey.valid
        bad_now += (counted.valid - counted.good) - (journey.valid - journey.good)
        journeys.append(counted)
    suspects = _suspects(world, old, rules)
    if suspects != old.suspects:
        world = replace(world, tally=replace(old, suspects=suspects))  # the causes are looked up there
    # What is turned away on purpose is lost and counted, but nobody need be alarmed by it.
    recent = (*old.recent, (valid_now - sum(refused), bad_now - sum(refused)))[-ticks(60, rules) :]
    changed = replace(
        world.tally,
        journeys=tuple(journeys),
        ledger=_entered(old.ledger, causes(world, rules), bad_now),
        peaks=_peaks(world, rules),
        recent=recent,
    )
    return replace(world, tally=changed), ()


def _counted(world: World, number: int, journey: JourneyTally, refused: int) -> JourneyTally:
    reading = world.reading
    # Valid is counted as good + bad: rounded by itself it could exceed good although nothing to blame was bad.
    good = round(reading.good[number] * _MICRO)
    valid = good + round(reading.bad[number] * _MICRO)
    degraded = min(good, round(reading.good_degraded[number] * _MICRO))
    late = min(valid - good, round(reading.late[number] * _MICRO))
    latencies = spread(journey.latencies, valid, reading.request_s[number], reading.request_var_s2[number])
    return JourneyTally(
        journey=journey.journey,
        valid=journey.valid + valid + refused,
        good=journey.good + good,
        degraded=journey.degraded + degraded,
        late=journey.late + late,
        latencies=(latencies[0] + refused, *latencies[1:]),
    )


def _suspects(world: World, old: Tally, rules: Rules) -> tuple[str, ...]:
    """Return the cards that acted since all was last well."""
    able = [fault.card for fault in world.faults if harms(rules.failure[fault.card])]
    calm = not able and not any(bad for _, bad in old.recent)
    closed = not old.incidents or old.incidents[-1].mitigated < FOREVER
    names = () if calm and closed else old.suspects
    return names + tuple(dict.fromkeys(card for card in able if card not in names))


def _entered(ledger: tuple[Loss, ...], shares: list[tuple[tuple[str, str, str], float]], bad: int) -> tuple[Loss, ...]:
    """Divide this tick's bad requests among their causes; the last one takes the rounding."""
    if bad <= 0 or not shares:
        return ledger
    whole = 0.0
    for _, mass in shares:
        whole += mass
    lines = {(line.cause, line.where, line.fault): line.bad for line in ledger}
    left = bad
    for number, (key, mass) in enumerate(shares):
        part = left if number == len(shares) - 1 else min(left, round(bad * (mass / whole)) if whole > 0 else 0)
        lines[key] = lines.get(key, 0) + part
        left -= part
    return tuple(Loss(*key, count) for key, count in sorted(lines.items()) if count > 0)


def _peaks(world: World, rules: Rules) -> tuple[Peak, ...]:
    """Add this tick's utilisation to the running window of every service, and keep the highest whole window."""
    known = {peak.service: peak for peak in world.tally.peaks}
    into = world.tick - world.shift_began
    ends = (into + 1) % max(1, ticks(rules.balance.window_s, rules)) == 0
    result = []
    for service, busy in zip(world.services, world.reading.utilisation, strict=False):
        peak = known.pop(service.id, None) or Peak(service.id, 0, 0)
        running = (0 if into == 0 else peak.running) + round(busy * _MICRO)
        highest = max(peak.highest, running) if ends else peak.highest
        result.append(Peak(service.id, 0 if ends else running, highest))
    return (*result, *known.values())
