"""Many pools, one tick: `sim/flow/station.py` for rows of pools and columns of runs."""

from typing import NamedTuple

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, Mask
from devops_tycoon.lab.vector.queueing import Finite, Tables, finite, load_at, looked_up
from devops_tycoon.sim.flow import queueing as plain
from devops_tycoon.sim.flow.shedding import limited_rest
from devops_tycoon.sim.flow.station import NEVER_S

_SIGHTS = (0.5, 0.8, 0.95)
_NO_LOSS = 1e-9


class Step(NamedTuple):
    """As in `sim/flow/station.py`; what `advance_stations` returns may be written to."""

    served: Array
    rejected: Array
    level: Array
    variance: Array
    waiting: Array
    fixed: Array
    theta: Array


class Stations(NamedTuple):
    """What does not change for a group of pools that have slots."""

    tables: Tables
    c: Index
    """As a column, like `base`."""
    slots: Array
    base: Index
    """Where a pool's table begins."""
    ended: Index
    """Rows whose queue has an end (and no limit)."""
    places: Index
    """Of these."""
    sight_ok: Mask
    """Of these, per load in sight: nothing is lost up to it."""
    sight_mean: Array
    limited: tuple[tuple[int, float, int | None], ...]
    """Rows with a limit: row, limit, places."""


def stations_of(tables: Tables, slots: list[int], queues: list[int | None], limits: list[float | None]) -> Stations:
    """Prepare a group of pools with slots."""
    ended = [i for i, (q, limit) in enumerate(zip(queues, limits, strict=True)) if q is not None and limit is None]
    ok: list[list[bool]] = []
    mean: list[list[float]] = []
    for i in ended:
        rests = [plain.finite(slots[i], queues[i] or 0, some) for some in _SIGHTS]
        ok.append([rest.loss < _NO_LOSS for rest in rests])
        mean.append([rest.mean for rest in rests])
    c = np.array(slots, dtype=np.intp).reshape(len(slots), 1)
    return Stations(
        tables,
        c,
        c.astype(np.float64),
        np.array([(plain.KNOTS + 1) * tables.row[s] for s in slots], dtype=np.intp).reshape(len(slots), 1),
        np.array(ended, dtype=np.intp),
        np.array([queues[i] for i in ended], dtype=np.intp).reshape(len(ended), 1),
        np.array(ok, dtype=bool).reshape(len(ended), 3, 1),
        np.array(mean, dtype=np.float64).reshape(len(ended), 3, 1),
        tuple([(i, limit, queues[i]) for i, limit in enumerate(limits) if limit is not None]),
    )


def advance_stations(
    of: Stations, capacity: Array, g: Array, dt: float, level: Array, variance: Array, waiting: Array, arrivals: Array
) -> Step:
    """Return one implicit step of each pool in each column; all arrays are (pools, columns)."""
    c = of.slots
    old_level, old_variance = level, variance
    a = level + arrivals
    b = capacity * dt
    cb = c + b
    rho = h = gc = root = a
    for _ in range(3):
        gc = g * waiting
        h = a + gc
        h -= cb
        root = np.sqrt(h * h + 4.0 * cb * gc)
        rho = 2.0 * a / (cb + gc + a + root)
        waiting = looked_up(of.tables.waiting, of.tables.waiting_rise, of.base, rho)
    y = np.where(h > 0.0, 2.0 * gc / (h + root), (root - h) / (2.0 * cb))
    queued = np.where(y > 0.0, gc * rho / y, np.maximum(0.0, a - cb))
    after = np.minimum(a, c * rho + queued)
    served = a - after
    more = 1.0 + queued / gc
    slope = np.where(gc > 0.0, c + gc * more * more, c)
    variance = (variance + arrivals + served) / (1.0 + 2.0 * b / slope)
    kappa = np.where(rho > 0.0, np.minimum(1.0, variance / (rho * slope)), 1.0)
    mean = np.where(waiting > 1e-12, np.minimum(NEVER_S, queued * dt / (served * waiting)), 0.0)
    theta = mean * np.sqrt(kappa)
    step = Step(served, np.zeros_like(a), after, variance, waiting, mean - theta, theta)
    idle = served <= 0.0
    if np.count_nonzero(idle):
        step.served[idle] = 0.0
        step.level[idle] = a[idle]
        step.variance[idle] = (old_variance + arrivals)[idle]
        step.fixed[idle] = 0.0
        step.theta[idle] = 0.0
    if len(of.ended):
        _ended(of, step, capacity, dt, after, old_level, old_variance, arrivals, b)
    if of.limited:
        _limited(of, step, capacity, dt, old_level, old_variance, arrivals, b)
    return step


def _ended(
    of: Stations,
    step: Step,
    capacity: Array,
    dt: float,
    after: Array,
    level: Array,
    variance: Array,
    arrivals: Array,
    b: Array,
) -> None:
    """Put in the steps of pools whose finite queue rules."""
    rows = of.ended
    rho = arrivals[rows] / b[rows]
    level_here = level[rows]
    clear = of.sight_ok & (level_here[:, None, :] <= of.sight_mean)
    roomy = np.where(
        rho <= 0.5,
        clear[:, 0],
        np.where(rho <= 0.8, clear[:, 1], clear[:, 2] & (rho <= 0.95)),
    )
    if roomy.all():
        return
    i, column = np.nonzero(~roomy)
    row = rows[i]
    load = rho[i, column]
    c, base, places = of.c[row, 0], of.base[row, 0], of.places[i, 0]
    rest = finite(of.tables, base, c, places, load)
    full = (after[row, column] >= rest.mean).nonzero()[0]
    if len(full) == 0:
        return
    row, column, load = row[full], column[full], load[full]
    c, base, places = c[full], base[full], places[full]
    rest = Finite(*[x[full] for x in rest])
    loss = rest.loss
    before = level[row, column]
    above = ((before > rest.mean) & (arrivals[row, column] > 0.0)).nonzero()[0]
    if len(above):
        loss = loss.copy()
        c_, k_, base_ = c[above], places[above], base[above]
        at = load_at(of.tables, base_, c_, k_, load[above], np.minimum(before[above], c_ + k_))
        loss[above] = np.maximum(loss[above], finite(of.tables, base_, c_, k_, at).loss)
    _full(
        step,
        row,
        column,
        c.astype(np.float64),
        capacity[row, column],
        places.astype(np.float64),
        dt,
        before,
        variance[row, column],
        arrivals[row, column],
        loss,
        rest,
    )


def _limited(
    of: Stations,
    step: Step,
    capacity: Array,
    dt: float,
    level: Array,
    variance: Array,
    arrivals: Array,
    b: Array,
) -> None:
    """Put in the steps of pools that shed above a limit; their chain is solved one by one."""
    columns = level.shape[1]
    for row, limit, places in of.limited:
        c = int(of.c[row, 0])
        for column in range(columns):
            before = float(level[row, column])
            rest = limited_rest(c, limit, places, float(arrivals[row, column] / b[row, column]))
            if not (step.level[row, column] >= rest.mean and (rest.loss > _NO_LOSS or before > limit)):
                continue
            loss = max(rest.loss, 1.0 - limit / before) if before > rest.mean and before > limit else rest.loss
            at = slice(column, column + 1)
            _full(
                step,
                np.array([row]),
                np.array([column]),
                of.slots[row],
                capacity[row, at],
                np.array([np.inf if places is None else float(places)]),
                dt,
                level[row, at],
                variance[row, at],
                arrivals[row, at],
                np.array([loss]),
                Finite(*[np.array([x]) for x in rest]),
            )


def _full(
    step: Step,
    row: Index,
    column: Index,
    c: Array,
    capacity: Array,
    places: Array,
    dt: float,
    level: Array,
    variance: Array,
    arrivals: Array,
    loss: Array,
    rest: Finite,
) -> None:
    """Write the steps of elements at or above the level at which their finite length rules."""
    a = level + arrivals
    b = capacity * dt
    rejected = loss * arrivals
    served = a - rejected - rest.mean
    calm = (served >= 0.0) & (served <= b * (1.0 + 1e-9))  # at rest in overload it is b, give or take dust
    mean = rest.place_mean / capacity
    theta = np.minimum(mean, np.sqrt(rest.place_variance + rest.place_mean) / capacity)
    served = np.minimum(served, b)
    after = np.minimum(a - rejected - served, c + places)  # 10¹⁵ arrivals leave dust larger than a queue
    new = (served, rejected, after, rest.variance, rest.waiting, mean - theta, theta)
    if not calm.all():
        served = np.maximum(0.0, served)
        after = a - rejected - served
        over, room_left = after - (c + places), arrivals - rejected
        all_gone = (over > 0.0) & (over >= room_left)  # who was admitted before slots were lost stays
        over = np.maximum(0.0, over)
        rejected = np.where(all_gone, arrivals, rejected + over)
        after = np.where(all_gone, level - served, after - over)
        room = c + places
        most = np.where(np.isinf(places), np.maximum(rest.variance, after), room * room / 12.0)
        spread = np.minimum(variance + arrivals + served, most)
        mean = np.minimum(NEVER_S, np.maximum(0.0, after - c) / capacity)
        theta = np.minimum(mean, np.sqrt(spread) / capacity)
        rough = (served, rejected, after, spread, np.ones_like(a), mean - theta, theta)
        new = tuple([np.where(calm, x, y) for x, y in zip(new, rough, strict=True)])  # type: ignore[assignment]
    for target, value in zip(step, new, strict=True):
        target[row, column] = value


def frozen(places: Array, level: Array, variance: Array, arrivals: Array) -> Step:
    """Return the step of pools without slots; `places` is a column, infinite where the queue has no end."""
    a = level + arrivals
    after = np.minimum(a, np.maximum(level, places))
    none = np.zeros_like(a)
    return Step(none, a - after, after, variance + arrivals, np.ones_like(a), np.full_like(a, NEVER_S), none)
