"""Design values of the game that are not a scenario's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Balance:
    """Design values of the game that are not a scenario's."""

    network_ms: float = 1.0
    """A call between two services, there and back, within one data centre."""
    split_s: int = 600
    """A split or merge during a shift: the time until traffic moves."""
    hand_s: int = 120
    """A responder is busy this long with an order unless the order says otherwise."""
    alarm_on: float = 0.02
    """Share of bad requests in a minute that opens an incident."""
    alarm_off: float = 0.005
    registry_s: float = 30.0
    """How long dead replicas stay listed, and calls to them hang; a design value between the few seconds of a health
    check and a lease (Kubernetes calls a silent node dead after 40 s, Eureka ends a lease after 90 s)."""
    pipeline_cents_per_week: int = 20_000
    """What each service of one's own costs in builds, dashboards and upkeep, whether or not it ever changes."""
    window_s: int = 300
    """The window of peak utilisation."""


BALANCE = Balance()
