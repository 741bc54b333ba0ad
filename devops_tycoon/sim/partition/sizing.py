"""How large the halves of a cut should be: enough that nobody in them is more than half busy at the coming peak.

Half busy leaves headroom [design value]. These are proposals; the order says what is done.
"""

from devops_tycoon.sim.architecture.places import zones_of
from devops_tycoon.sim.basis import Rules, World, dial
from devops_tycoon.sim.demand.load import asked, disks_for
from devops_tycoon.sim.operations.estate import tables_of
from devops_tycoon.sim.operations.services import owner_of
from devops_tycoon.sim.partition.seams import NEW, seam_of

HALF = 0.5
_LOOKS = 2
"""Forecasts that are asked whether it is enough: workers also wait for others, which no product tells."""


def disks_of_cut(world: World, rules: Rules, part: tuple[str, ...]) -> int:
    """Return the disks for the tables that come along with a part, as many as there is room for."""
    tables = tables_of(rules, part)
    store = owner_of(world, tables[0]) if tables else None
    wanted = disks_for(world, rules, tables)
    return min(wanted, store.most) if store is not None else wanted


def replicas_of_cut(world: World, rules: Rules, part: tuple[str, ...], data: str = "shared") -> int:
    """Return the replicas that keep a part under half busy: at least one more than one, and one for each zone."""
    parent = owner_of(world, part[0]) if part else None
    least = 3 if zones_of(world, rules) > 1 else 2
    if parent is None or not parent.concurrency:
        return least
    rates, busy = asked(world, rules), 0.0
    for name in part:
        busy += rates[name] * rules.capability[name].work_ms / 1000 * dial(world, rules, "work", parent.id)
    wanted = max(least, int(busy / (HALF * parent.concurrency) + 0.999))
    disks = disks_of_cut(world, rules, part) if data == "moved" else None
    for _ in range(_LOOKS):
        wanted = min(wanted, parent.most)
        seam = seam_of(world, rules, part, data, wanted, disks)
        share = dict(seam.after.busy).get(NEW, 0.0) if seam is not None else 0.0
        if share <= HALF:
            break
        wanted = max(wanted + 1, int(wanted * share / HALF + 0.999))
    return min(wanted, parent.most)
