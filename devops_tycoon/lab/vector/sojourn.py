"""How long an answer takes, for arrays: `sim/flow/sojourn.py` with masks instead of branches.

Every element takes exactly one fit. Elements are sorted by the fit they take; all exponentials of all fits are
computed at once, since an exponential is most of the work.
"""

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, exp
from devops_tycoon.sim.flow import sojourn as plain
from devops_tycoon.sim.flow.sojourn import STAGES

Limited = tuple[Array, Array, Array]
"""As in `sim/flow/sojourn.py`, per element."""
FEW = 24
"""Up to so many elements the plain function is quicker than the arrays' fixed cost."""
_FAR = 700.0
"""An exponential of less than minus this is nothing."""


def limited(waiting: Array, fixed: Array, theta: Array, mean: Array, variance: Array, limit: Array) -> Limited:
    """Limit wait + rest at `limit` seconds, element by element; all arrays are flat and equally long."""
    if len(mean) <= FEW:
        try:
            rows = [
                plain.limited(*each)
                for each in zip(
                    waiting.tolist(),
                    fixed.tolist(),
                    theta.tolist(),
                    mean.tolist(),
                    variance.tolist(),
                    limit.tolist(),
                    strict=True,
                )
            ]
        except ArithmeticError:
            rows = []  # an element that nobody asks about: the arrays' answer to it is no number, and is not taken
        if rows:
            few: Array = np.array(rows, dtype=np.float64).T
            return few[0].copy(), few[1].copy(), few[2].copy()
    wait = fixed + theta
    total = waiting * wait + mean
    spread = waiting * (wait * wait + theta * theta) - waiting * waiting * wait * wait + variance
    away = limit - total
    near = away <= 0.0
    near |= away * away <= 1600.0 * spread
    near |= limit <= 40.0 * (total + theta)
    tail, first, second = np.zeros(len(total)), total, spread + total * total
    chosen = near.nonzero()[0]
    if len(chosen) == 0:
        return tail, first, second
    if len(chosen) < len(total):
        t, f, s = _near(waiting[chosen], fixed[chosen], theta[chosen], mean[chosen], variance[chosen], limit[chosen])
        tail[chosen], first[chosen], second[chosen] = t, f, s
        return tail, first, second
    return _near(waiting, fixed, theta, mean, variance, limit)


def _near(waiting: Array, fixed: Array, theta: Array, mean: Array, variance: Array, limit: Array) -> Limited:
    square = mean * mean
    apart = variance - square
    bound = 1e-9 * square
    leaf = (-bound <= apart) & (apart <= bound) & (mean > 0.0)
    free = (waiting < 1.0).nonzero()[0]
    held = ((waiting > 0.0) & (limit > fixed)).nonzero()[0]
    leaf_free, leaf_held = leaf[free], leaf[held]
    mean_free, mean_held = mean[free], mean[held]
    theta_held = theta[held]
    v = limit[held] - fixed[held]
    many = len(free)
    means = np.concatenate((mean_free, np.where(leaf_held, mean_held, mean_held + theta_held)))
    spreads = np.concatenate((variance[free], variance[held] + theta_held * theta_held))
    limits = np.concatenate((limit[free], v))
    one = (leaf_free & (limits[:many] > 0.0)).nonzero()[0]
    two = leaf_held.nonzero()[0]
    fit = np.ones(len(means), dtype=bool)
    fit[one] = False
    fit[two + many] = False
    tails, firsts, seconds = _fits(means, spreads, limits, one, two + many, theta_held[two], fit.nonzero()[0])
    waits = waiting > 0.0
    past = waits & (limit <= fixed)
    tail, first, second = np.zeros(len(mean)), np.zeros(len(mean)), np.zeros(len(mean))
    w = 1.0 - waiting[free]
    tail[free] = w * tails[:many]
    first[free] = w * firsts[:many]
    second[free] = w * seconds[:many]
    if np.count_nonzero(past):
        tail += np.where(past, waiting, 0.0)
        part = np.where(past, waiting * limit, 0.0)
        first += part
        second += part * limit
    c, f = waiting[held], fixed[held]
    tail[held] += c * tails[many:]
    first[held] += c * (f + firsts[many:])
    second[held] += c * (f * f + 2.0 * f * firsts[many:] + seconds[many:])
    return tail, first, second


def _fits(mean: Array, variance: Array, limit: Array, one: Index, two: Index, theta: Array, rest: Index) -> Limited:
    """Limit times: `one` exponential, `two` of them (the second's mean in `theta`), the `rest` by two moments."""
    tail, first, second = np.zeros(len(mean)), np.zeros(len(mean)), np.zeros(len(mean))
    ones: list[tuple[Index, Array]] = [(one, 1.0 / mean[one])]
    twos: list[tuple[Index, Array, Array]] = [(two, mean[two], theta)]
    erlangs: list[tuple[Index, Array, Array, Array, Array]] = []  # element, k, p, rate, limit
    hyper = none = np.zeros(0, dtype=np.intp)
    shifted, shift = none, np.zeros(0)
    if len(rest):
        m, v, l_ = mean[rest], variance[rest], limit[rest]
        odd = (l_ <= 0.0) | (m <= 0.0)
        if np.count_nonzero(odd):
            tail[rest[l_ <= 0.0]] = 1.0
            kept = ~odd
            rest, m, v, l_ = rest[kept], m[kept], v[kept], l_[kept]
        cv2 = v / (m * m)
        high = cv2 >= 1.0
        if np.count_nonzero(high):
            near = (high & (cv2 < 1.000001)).nonzero()[0]
            ones.append((rest[near], 1.0 / m[near]))
            more = (cv2 >= 1.000001).nonzero()[0]
            if len(more):
                hyper = rest[more]
                w = 0.5 * (1.0 + np.sqrt((cv2[more] - 1.0) / (cv2[more] + 1.0)))
                ones.append((hyper, 2.0 * w / m[more]))
                ones.append((hyper, 2.0 * (1.0 - w) / m[more]))
        middle = ((cv2 >= 0.5) & ~high).nonzero()[0]
        if len(middle):
            mm = m[middle]
            gap = np.sqrt(np.maximum(0.0, 2.0 * v[middle] - mm * mm))
            twos.append((rest[middle], 0.5 * (mm + gap), 0.5 * (mm - gap)))
        flat = cv2 * STAGES < 1.0
        if np.count_nonzero(flat):
            little = flat.nonzero()[0]
            ms, ls = m[little], l_[little]
            shift = ms - np.sqrt(STAGES * v[little])
            before = ls <= shift
            fixed = ~before & (ms - shift < 1e-9 * ms)
            to = rest[little]
            tail[to[before]] = 1.0
            first[to[before]] = ls[before]
            second[to[before]] = ls[before] * ls[before]
            first[to[fixed]] = ms[fixed]
            second[to[fixed]] = ms[fixed] * ms[fixed]
            kept = ~(before | fixed)
            shifted, shift, ms, ls = to[kept], shift[kept], ms[kept], ls[kept]
            erlangs.append(
                (shifted, np.full(len(ms), float(STAGES)), np.zeros(len(ms)), STAGES / (ms - shift), ls - shift)
            )
        low = ((cv2 < 0.5) & ~flat).nonzero()[0]
        if len(low):
            c, ml = cv2[low], m[low]
            k = np.floor(1.0 / c)
            k = np.where(k * c < 1.0, k + 1.0, k)
            under = k * (1.0 + c) - k * k * c
            p = np.minimum(1.0, np.maximum(0.0, (k * c - np.sqrt(np.maximum(0.0, under))) / (1.0 + c)))
            erlangs.append((rest[low], k, p, (k - p) / ml, l_[low]))
    pair, pair_mean, pair_theta = _joined(twos)
    if len(pair):
        alone = pair_theta <= 1e-9 * pair_mean
        other = ~alone & (pair_mean <= 1e-9 * pair_theta)
        if np.count_nonzero(alone):
            ones.append((pair[alone], 1.0 / pair_mean[alone]))
        if np.count_nonzero(other):
            ones.append((pair[other], 1.0 / pair_theta[other]))
        mu, a = 1.0 / pair_mean, 1.0 / pair_theta
        close = ~(alone | other) & (np.abs(a - mu) < 1e-4 * mu)
        if np.count_nonzero(close):
            few = np.count_nonzero(close)
            rate = 2.0 / (pair_mean[close] + pair_theta[close])
            erlangs.append((pair[close], np.full(few, 2.0), np.zeros(few), rate, limit[pair[close]]))
        out = alone | other | close
        if np.count_nonzero(out):
            kept = ~out
            pair, mu, a = pair[kept], mu[kept], a[kept]
    else:
        mu = a = np.zeros(0)
    single = np.concatenate([i for i, _ in ones])
    rate = np.concatenate([r for _, r in ones])
    l1, l2 = limit[single], limit[pair]
    x1, x2, z2 = rate * l1, mu * l2, a * l2
    erlang = _ErlangJobs(erlangs)
    x = np.concatenate((x1, x2, z2, erlang.x))
    e = exp(-np.minimum(x, _FAR))
    i, j = len(x1), len(x2)
    e1, ex, ez, ee = e[:i], e[i : i + j], e[i + j : i + 2 * j], e[i + 2 * j :]
    if len(single):
        t, f, s = _one_stage(rate, l1, x1, np.where(x1 > _FAR, 0.0, e1))
        if len(hyper):
            at = len(ones[0][0]) + len(ones[1][0])
            b = at + len(hyper)
            last = b + len(hyper)
            t, f, s = (_mixed(part, w, at, b, last) for part in (t, f, s))
        tail[single], first[single], second[single] = t, f, s
    if j:
        tail[pair], first[pair], second[pair] = _two_stages(
            mu, a, x2, z2, np.where(x2 < _FAR, ex, 0.0), np.where(z2 < _FAR, ez, 0.0)
        )
    if len(erlang.x):
        t, f, s = erlang.solved(ee)
        tail[erlang.at], first[erlang.at], second[erlang.at] = t, f, s
        if len(shifted):
            f, s = first[shifted], second[shifted]
            first[shifted] = shift + f
            second[shifted] = shift * shift + 2.0 * shift * f + s
    return tail, first, second


def _mixed(part: Array, w: Array, at: int, b: int, last: int) -> Array:
    """Weight the two halves of the hyperexponentials; both places get the mixture, since both are written."""
    both = w * part[at:b] + (1.0 - w) * part[b:last]
    part[at:b] = both
    part[b:last] = both
    return part


def _joined(twos: list[tuple[Index, Array, Array]]) -> tuple[Index, Array, Array]:
    if len(twos) == 1:
        return twos[0]
    return (
        np.concatenate([i for i, _, _ in twos]),
        np.concatenate([m for _, m, _ in twos]),
        np.concatenate([t for _, _, t in twos]),
    )


def _one_stage(rate: Array, limit: Array, x: Array, tail: Array) -> Limited:
    x = np.minimum(x, _FAR + 1.0)  # its factor is zero above 700
    step = tail * x
    q1 = tail + step
    q2 = q1 + step * x / 2.0
    first = tail * limit
    return tail, first + (1.0 - q1) / rate, first * limit + 2.0 * (1.0 - q2) / (rate * rate)


def _two_stages(mu: Array, a: Array, x: Array, z: Array, ex: Array, ez: Array) -> Limited:
    apart = a - mu
    w = a / apart
    v = mu / apart
    tail = w * ex - v * ez
    first = w * (1.0 - ex) / mu - v * (1.0 - ez) / a
    second = 2.0 * (w * (1.0 - ex * (1.0 + x)) / (mu * mu) - v * (1.0 - ez * (1.0 + z)) / (a * a))
    return (
        np.minimum(1.0, np.maximum(0.0, tail)),
        np.maximum(0.0, first),
        np.maximum(0.0, second),
    )


class _ErlangJobs:
    """Mixtures of Erlang(k−1) and Erlang(k), sorted by k, so that a stage works on the first few."""

    __slots__ = ("at", "k", "limit", "p", "rate", "x")

    def __init__(self, jobs: list[tuple[Index, Array, Array, Array, Array]]) -> None:
        if not jobs:
            self.x = np.zeros(0)
            return
        if len(jobs) > 1:
            at, k, p, rate, limit = (np.concatenate([job[i] for job in jobs]) for i in range(5))
        else:
            at, k, p, rate, limit = jobs[0]
        order = np.argsort(-k, kind="stable")
        self.at, self.k, self.p, self.rate, self.limit = at[order], k[order], p[order], rate[order], limit[order]
        self.x = self.rate * self.limit

    def solved(self, term: Array) -> Limited:
        """Return the limited times, in the order of `at`; `term` is e to the power −x."""
        k, p, rate, limit, x = self.k, self.p, self.rate, self.limit, self.x
        q = term.copy()
        term = term.copy()
        below = np.zeros(len(x))
        stages = int(k[0])
        more = np.bincount(k.astype(np.intp), minlength=stages + 1)[::-1].cumsum()[::-1]
        for n in range(1, stages):
            m = more[n + 1]
            below[:m] = q[:m]
            term[:m] *= x[:m] / n
            q[:m] += term[:m]
        step = term * x / k
        q1 = q + step
        q2 = q1 + step * x / (k + 1.0)
        rest = 1.0 - p
        tail = rest * q
        one = rest * k
        rate2 = rate * rate
        done = tail * limit
        first = done + one * (1.0 - q1) / rate
        second = done * limit + one * (k + 1.0) * (1.0 - q2) / rate2
        short = p * below
        tail += short
        less = p * (k - 1.0)
        short *= limit
        first += short + less * (1.0 - q) / rate
        second += short * limit + less * k * (1.0 - q1) / rate2
        far = x > _FAR
        if np.count_nonzero(far):
            tail[far] = 0.0
            first[far] = ((k - p) / rate)[far]
            second[far] = ((less * k + one * (k + 1.0)) / rate2)[far]
        return tail, first, second
