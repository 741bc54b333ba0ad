"""Load: players who order once a second each, and how long the room takes to say that the disk has it."""

from bench.rooms.crowd import Crowd
from bench.rooms.figure import Figure, percentile, times_ms
from bench.rooms.place import a_room, resident_mib, simulators_mib

MOST_MIB = 120.0


def measure(count: int, seconds: int, p99_ms: float) -> list[Figure]:
    """Measure orders while everybody plans, then answers to a poll while every game runs at pace 4."""
    bar = f"p99 ≤ {p99_ms:g} ms, server ≤ {MOST_MIB:g} MiB, no error"
    found = []
    for running in (False, True):
        with a_room() as place:
            crowds = [
                Crowd(
                    "orders", 120 + 2 * seconds, port=place.host.port, code=place.code, count=count // 2,
                    times=seconds, answers=running,
                )
                for _ in range(2)
            ]  # fmt: skip
            place.do("start")
            if running:
                place.do("start")
                place.do("ask What is it? | This | That")
            for crowd in crowds:
                crowd.go()
            clients = [client for crowd in crowds for client in crowd.end()["clients"]]
            held, beside = resident_mib(place.host.pid, "VmHWM"), simulators_mib(place.host.pid)
            traces, restarts = place.traces(), place.host.restarts
        answers = [answer for client in clients for answer in client["answers"]]
        waits = [answered - asked for asked, answered, *_ in answers]
        wrong = [why for _, _, stored, _, why in answers if not stored]
        errors = len(wrong) + count * seconds - len(answers) + traces + restarts
        what = "answers to a poll while every game runs at pace 4" if running else "orders while all plan"
        found.append(
            Figure(
                f"{count} clients, each 1 a second for {seconds} s: {what}",
                bar,
                f"{times_ms(waits)}; server {held:.0f} MiB (simulators {beside:.0f} MiB); "
                f"{len(answers) - len(wrong):,} stored, {errors} errors{f' ({wrong[0]})' if wrong else ''}",
                percentile(waits, 0.99) <= p99_ms / 1000 and held <= MOST_MIB and not errors,
                not errors,
            )
        )
    return found
