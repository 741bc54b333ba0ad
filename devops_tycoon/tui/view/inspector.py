"""One service in numbers, each with its unit."""

from collections.abc import Sequence

from devops_tycoon.sim.architecture.draft import backstage, owner
from devops_tycoon.sim.detection.health import UNKNOWN, health
from devops_tycoon.sim.effects.modifiers import network_in_effect, settings_of
from devops_tycoon.sim.operations.services import find
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import duration, percent, short
from devops_tycoon.sim.values.service import Service
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.watching import AVERAGES, PERCENTILES, TRACES, needs
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.bars import gauge, sparkline
from devops_tycoon.tui.draw.text import cells, fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge
from devops_tycoon.tui.view.company_map import slow_from_s
from devops_tycoon.tui.view.wrap import wrapped

WORDS = {"unknown": "not measured", "ok": "healthy", "hot": "hot: low headroom", "failing": "failing", "down": "down"}


def inspector(
    world: World, rules: Rules, name: str, history: Sequence[float], width: int, height: int, glyphs: Glyphs
) -> tuple[Row, ...]:
    """Return what is known about a service (or about the users), most telling first, within width × height."""
    if name == USERS:
        rows = _users(world, rules, width)
    else:
        service = find(world, name)
        rows = _service(world, rules, service, history, width, glyphs) if service else []
    if len(rows) > height > 1:
        rows = [*rows[: height - 1], [(fit(f"… and {len(rows) - height + 1} lines more", width), "dim")]]
    return tuple(merge(row) for row in rows[:height])


def _users(world: World, rules: Rules, width: int) -> list[list[Segment]]:
    reading, tick_s = world.reading, rules.scenario.tick_s
    unknown = needs(world.sight, AVERAGES)
    rows: list[list[Segment]] = [[(fit("Members: every request begins here.", width, middle=False), "text")]]
    for number, journey in enumerate(rules.journeys):
        rows.append([(pad(journey.title, width), "title")])
        if unknown:
            rows.append([(fit(f"  not measured: {unknown}", width, middle=False), "unknown")])
            continue
        rate, bad, valid = reading.demand_attempts[number] / tick_s, reading.bad[number], reading.valid[number]
        share = bad / valid if valid > 0 else 0.0
        state = "failing" if share > 0.05 else "hot" if share > 1 - journey.slo else "ok"
        rows.append([(f"  {short(rate)}/s  ", "number"), (f"failed {percent(share)}", state)])
        mean = f"  mean {duration(reading.request_s[number])}, late after {duration(journey.threshold_ms / 1000)}"
        rows.append([(fit(mean, width, middle=False), "dim")])
    return rows


def _service(
    world: World, rules: Rules, service: Service, history: Sequence[float], width: int, glyphs: Glyphs
) -> list[list[Segment]]:
    number = next(index for index, other in enumerate(world.services) if other.id == service.id)
    reading, tick_s = world.reading, rules.scenario.tick_s
    state = health(world, rules, number)
    if state == UNKNOWN:
        return _unmeasured(world, rules, service, width)
    waiting = max(0.0, reading.in_system[number] - reading.slots[number] * reading.utilisation[number])
    away = reading.rejected[number] + reading.refused[number]
    workers = f"{service.replicas} × {service.concurrency} workers" if service.concurrency > 1 else _disks(service)
    full = f", {service.most - service.replicas} more fit" if service.kind != "provider" else ""
    label = f"busy {percent(reading.utilisation[number])} "
    queue = f"of {service.queue} places" if service.queue is not None else "no limit"
    rows: list[list[Segment]] = [
        [(f"{WORDS[state]}", state), (f"  version {service.version}", "dim")],
        *_under_way(world, rules, service, width),
        [(fit(f"{workers}{full}", width, middle=False), "text")],
        [(label, state), *gauge(reading.utilisation[number], max(4, width - len(label)), glyphs, _bar(state))],
        *_course(world, rules, number, history, width, glyphs),
        [
            (f"in {short(reading.arrivals[number] / tick_s)}/s", "text"),
            (f"  rejected {short(away / tick_s)}/s", "failing" if away > 0 else "dim"),
        ],
        *(
            []
            if needs(world.sight, PERCENTILES)
            else [[(f"waiting {short(waiting)} ", "hot" if waiting > 1 else "text"), (f"({queue})", "dim")]]
        ),
        [
            (f"each waits {duration(reading.wait_s[number])}", "text"),
            (f", holds {duration(reading.hold_s[number])}", "text"),
        ]
        if not needs(world.sight, PERCENTILES)
        else [(f"holds {duration(reading.hold_s[number])} on average", "text")],
    ]
    calls = _calls(world, rules, service, width)
    if calls:
        untraced = needs(world.sight, TRACES)
        rows.append([(fit(f"calls: each link {untraced}" if untraced else "calls", width, middle=False), "dim")])
        rows += calls
    return rows + _does(rules, service, width)


def _unmeasured(world: World, rules: Rules, service: Service, width: int) -> list[list[Segment]]:
    """Return what is known of a service that nobody measures."""
    return [
        [(fit(f"not measured: {needs(world.sight, AVERAGES)}", width, middle=False), "unknown")],
        [(f"version {service.version}", "dim")],
        *_under_way(world, rules, service, width),
        [(f"{service.replicas} × {service.concurrency} workers", "text")],
        *_does(rules, service, width),
    ]


def _does(rules: Rules, service: Service, width: int) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    if service.arriving:
        coming = ", ".join(rules.capability[name].title for name in service.arriving)
        text = f"incoming: {coming}, {percent(service.arrived / WHOLE)} done"
        rows += [[(line, "number")] for line in wrapped(text, width)]
    elif service.kind != "provider":
        what = ", ".join(rules.capability[name].title for name in service.capabilities)
        verb = "does" if service.kind == "service" else "keeps"
        rows += [[(line, "number")] for line in wrapped(f"{verb}: {what}", width)]
    else:
        about = rules.capability[service.capabilities[0]].about
        rows += [[(line, "dim")] for line in wrapped(about, width)]
    return rows


def _course(
    world: World, rules: Rules, number: int, history: Sequence[float], width: int, glyphs: Glyphs
) -> list[list[Segment]]:
    """Return how busy it was of late, and the busiest time of the game so far."""
    if not history:
        window = max(1, rules.balance.window_s // rules.scenario.tick_s)
        name = world.services[number].id
        peak = max((p.highest for p in world.tally.peaks if p.service == name), default=0) / 1_000_000 / window
        return [[(f"peak {percent(peak)}", "dim")]] if peak > 0 else []
    label = f" most {percent(max(history) / 100)}"
    room = max(8, width - cells(label))
    return [[*sparkline(list(history)[-4 * room :], room, glyphs, "series.0", 0.0, 100.0), (label, "dim")]]


def _disks(service: Service) -> str:
    return f"{service.replicas} worker" + ("s" if service.replicas != 1 else "")


def _bar(state: str) -> str:
    return {"ok": "bar", "hot": "bar.hot", "failing": "bar.failing", "down": "bar.down"}[state]


def _under_way(world: World, rules: Rules, service: Service, width: int) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    names = {service.id, *service.capabilities}
    for pending in world.pending:
        if not names.isdisjoint(str(pending.order).replace(">", " ").split()):
            left = max(0, pending.due - world.tick) * rules.scenario.tick_s
            text = f"{pending.order} in {left // 60}:{left % 60:02}"
            rows.append([(fit(text, width, middle=False), "accent")])
    if service.restart_until > world.tick:
        left = (service.restart_until - world.tick) * rules.scenario.tick_s
        rows.append([(fit(f"restarting, {left // 60}:{left % 60:02} left", width), "accent")])
    return rows


def _calls(world: World, rules: Rules, service: Service, width: int) -> list[list[Segment]]:
    """Return a line per callee: how often, how long, how well, and when it is given up; the costliest first."""
    network, reading, tick_s = network_in_effect(world, rules), world.reading, rules.scenario.tick_s
    totals: dict[str, list[float]] = {}
    for number, call in enumerate(network.calls):
        caller, callee = network.nodes[call.caller].pool, network.nodes[call.callee].pool
        into = owner(network.pools[callee])
        if owner(network.pools[caller]) != service.id or into == service.id or backstage(network, call):
            continue
        sums = totals.setdefault(into, [0.0, 0.0, 0.0])
        sums[0] += reading.attempts[number]
        sums[1] += reading.attempts[number] * reading.call_mean_s[number]
        sums[2] += reading.timeouts[number] + reading.call_rejected[number] + reading.errors[number]
    rows: list[list[Segment]] = []
    slow_s, untraced = slow_from_s(rules), needs(world.sight, TRACES) != ""
    for name, (attempts, time, failed) in sorted(totals.items(), key=lambda item: -item[1][1]):
        settings = settings_of(world, rules, service.id, name)
        mean = duration(time / attempts) if attempts > 0 else "?" if untraced else "–"
        share = failed / attempts if attempts > 0 else 0.0
        limit = f"≤{settings.timeout_ms:g}ms" if settings.timeout_ms is not None else "no timeout"
        extra = (f" {settings.retries}r" if settings.retries else "") + (" fallback" if settings.fallback else "")
        rate = "?" if untraced else f"{short(attempts / tick_s)}/s"
        tail = f" {rate} {mean} {limit}{extra}"
        state = "failing" if share > 0.05 else "hot" if attempts > 0 and time / attempts > slow_s else "text"
        room = max(4, width - len(tail) - 2)
        rows.append([("  ", "ground"), (pad(name, room), state), (tail, "number")])
    return rows
