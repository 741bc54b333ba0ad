"""One tick of noticing: counts, complaints, the outside probe, and the alerts of the company's level."""

from devops_tycoon.sim.detection import averages, burn, complaints, counts, probe, thresholds
from devops_tycoon.sim.detection.eyes import alert_level, silent
from devops_tycoon.sim.kinds import FactKind, Signal
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import ticks
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.watching import AVERAGES, BLIND, OBJECTIVES, Counts, Trail, Watch
from devops_tycoon.sim.values.world import World

TOLD_MIN = 5
"""Where nobody measures, support says every so many minutes how many complain."""


def noticed(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """Return the world with what the company noticed in this tick, and what was said."""
    world = _counted(world, rules)
    facts: list[Fact] = []
    signals: list[Signal] = []
    for look in (_alert, _probe, _complaints):
        world, found, news = look(world, rules)
        facts += news
        signals.append(found)
    pages = sum(1 for fact in facts if fact.kind == "page")
    signal: Signal = next((signal for signal in signals if signal), "")
    return replace(world, watch=replace(world.watch, signal=signal, pages=world.watch.pages + pages)), tuple(facts)


def _counted(world: World, rules: Rules) -> World:
    """Count this tick's requests, and remember since when members are failed."""
    watch = world.watch
    if world.tick == world.shift_began:
        watch = Watch(known=watch.known, averages=watch.averages, held=watch.held)
    start = counts.nothing(world)
    now = counts.added(watch.counts or start, world)
    minutes: Trail = watch.minutes or (start,)
    if _due(world, ticks(60, rules)):
        minutes = complaints.forgotten(minutes, now)
    if not silent(world, rules):
        watch = replace(watch, held=())
    return replace(world, watch=_since(world, rules, replace(watch, counts=now, minutes=minutes)))


def _due(world: World, every: int) -> bool:
    return (world.tick - world.shift_began + 1) % max(1, every) == 0


def _since(world: World, rules: Rules, watch: Watch) -> Watch:
    """Remember the first and the last tick of the incident, until no complaint about it can come."""
    recent = world.tally.recent
    valid, bad = sum(v for v, _ in recent), sum(b for _, b in recent)
    if valid and bad > rules.balance.alarm_off * valid:
        first = next(at for at, (_, lost) in enumerate(recent) if lost)
        began = world.tick - (len(recent) - 1 - first)
        return replace(watch, bad_since=began if watch.bad_since < 0 else watch.bad_since, bad_until=world.tick)
    over = world.tick - watch.bad_until > ticks(60 * complaints.KEPT, rules)
    unknown = world.tally.incidents and world.tally.incidents[-1].mitigated == FOREVER
    return replace(watch, bad_since=-1) if over and not unknown else watch


def _alert(world: World, rules: Rules) -> tuple[World, Signal, list[Fact]]:
    level = alert_level(world, rules)
    if level == BLIND:
        return world, "", []
    return _burning(world, rules) if level >= OBJECTIVES else _thresholds(world, rules, level)


def _thresholds(world: World, rules: Rules, level: int) -> tuple[World, Signal, list[Fact]]:
    """Look at the share of failed requests, and at each service; everything that crosses its line is a page."""
    watch, facts = world.watch, list[Fact]()
    signal: Signal = ""
    averaging = level == AVERAGES
    if averaging:
        watch = averages.summed(world, rules)
    every = thresholds.look_every(level, rules)
    looks: Trail = watch.looks or (counts.nothing(world),)
    if _due(world, every):
        looks = counts.looked(looks, watch.counts, thresholds.LOOKS + 1)
        signal = "alert" if thresholds.failed(level, rules, looks) else ""
    firing = watch.firing
    if _due(world, every if averaging else ticks(thresholds.SERVICE_S, rules)):
        reading = averages.averaged(replace(world, watch=watch), world.reading) if averaging else None
        firing = thresholds.over(replace(world, reading=reading or world.reading), rules)
        facts = [
            Fact("page", f"Pager: {name} is over its threshold.", name) for name in firing if name not in watch.firing
        ]
    return replace(world, watch=replace(watch, looks=looks, firing=firing)), signal, facts


def _burning(world: World, rules: Rules) -> tuple[World, Signal, list[Fact]]:
    """Look at every objective with every burn-rate alert; a journey pages once, at the highest rate that fires."""
    watch = world.watch
    trails, firing, facts = list[Trail](), list[str](), list[Fact]()
    for at, alert in enumerate(burn.ALERTS):
        size = burn.windows(world, rules, alert)
        trail: Trail = watch.burns[at] if watch.burns else (counts.nothing(world),)
        looking = _due(world, size.step)
        if looking:
            trail = counts.looked(trail, watch.counts, size.long + 1)
        trails.append(trail)
        for number, journey in enumerate(rules.journeys):
            name = f"{journey.id} {alert.rate:g}"
            was = name in watch.alerts
            if looking and not (
                burn.lasts(burn.OVER, size, journey.slo, trail, number)
                if was
                else burn.burns(alert, size, journey.slo, trail, number)
            ):
                continue
            if not looking and not was:
                continue
            firing.append(name)
            if was or any(other.split()[0] == journey.id for other in firing[:-1]):
                continue
            rate = burn.rate_of(size, journey.slo, trail, number)
            text = f"{journey.title} spends its error budget {rate:.1f} times as fast as it may."
            kind: FactKind = "page" if alert.pages else "ticket"
            facts.append(Fact(kind, f"{'Pager' if alert.pages else 'Ticket'}: {text}", bad=alert.pages))
    pages = {f"{alert.rate:g}" for alert in burn.ALERTS if alert.pages}
    signal: Signal = "alert" if any(name.split()[1] in pages for name in firing) else ""
    return replace(world, watch=replace(watch, burns=tuple(trails), alerts=tuple(firing))), signal, facts


def _probe(world: World, rules: Rules) -> tuple[World, Signal, list[Fact]]:
    if not probe.has_probe(world, rules) or not probe.checks_now(world, rules):
        return world, "", []
    rows: Counts = probe.checked(world, rules, world.watch.probes)
    world = replace(world, watch=replace(world.watch, probes=rows))
    news = []
    for journey, row in zip(rules.journeys, rows, strict=True):
        if row == probe.IN_A_ROW:
            text = f"Pager: the outside probe failed twice in a row: {journey.title}."
            if silent(world, rules):
                text += " Every graph is calm: is the monitoring itself alive?"
            news.append(Fact("page", text, bad=True))
    return world, "probe" if any(row >= probe.IN_A_ROW for row in rows) else "", news


def _complaints(world: World, rules: Rules) -> tuple[World, Signal, list[Fact]]:
    """Heed what members say; where nobody measures, say it every few minutes."""
    trail = world.watch.minutes
    if not _due(world, ticks(60, rules)):
        return world, "", []
    news = []
    if alert_level(world, rules) == BLIND and _due(world, ticks(60 * TOLD_MIN, rules)):
        many = complaints.read_by_now(world, rules, trail, TOLD_MIN)[0] // counts.MICRO
        if many >= 1:
            about = complaints.loudest(world, rules, trail)
            text = f"Support: {many} complaints in {TOLD_MIN} minutes, most about: {about}."
            news.append(Fact("complaints", text, bad=True))
    return world, "complaints" if complaints.trouble(world, rules, trail) else "", news
