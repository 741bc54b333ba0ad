"""The closed formulas against published values and brute force."""

import math

import pytest

from devops_tycoon.sim.flow.queueing import erlang_b, erlang_c, finite, finite_mean, load_at, power_sums
from devops_tycoon.sim.flow.sojourn import later_of_two, latest, limited, mixture_percentiles


@pytest.mark.parametrize(("c", "rho", "waiting"), [(1, 0.8, 0.8), (4, 0.8, 0.596432), (16, 0.9, 0.591343)])
def test_erlang_c_has_its_published_values(c: int, rho: float, waiting: float) -> None:
    assert erlang_c(c, rho) == pytest.approx(waiting, abs=1e-6)


@pytest.mark.parametrize(("c", "a"), [(5, 1.361), (10, 4.461), (20, 12.03), (50, 37.90), (100, 84.06)])
def test_erlang_b_loses_one_percent_at_the_published_loads(c: int, a: float) -> None:
    assert erlang_b(c, a) == pytest.approx(0.01, abs=5e-5)


def test_erlang_b_of_very_many_servers_agrees_with_the_long_way() -> None:
    inverse = 1.0
    for n in range(1, 3001):
        inverse = 1.0 + inverse * n / 2990.0
    assert erlang_b(3000, 2990.0) == pytest.approx(1.0 / inverse, rel=1e-9)


@pytest.mark.parametrize(
    ("c", "places", "rho", "loss"), [(1, 5, 1.0, 1 / 6), (4, 8, 0.9, 0.096636), (4, 20, 1.2, 0.171910)]
)
def test_finite_queues_lose_the_published_share(c: int, places: int, rho: float, loss: float) -> None:
    assert finite(c, places - c, rho).loss == pytest.approx(loss, abs=1e-6)


@pytest.mark.parametrize(
    ("c", "k", "rho"),
    [(1, 0, 0.5), (1, 4, 1.0), (3, 0, 2.0), (4, 4, 0.9), (16, 100, 0.98), (16, 100, 1.5), (50, 20, 1.03), (2, 7, 40.0)],
)
def test_every_moment_of_a_finite_queue_agrees_with_brute_force(c: int, k: int, rho: float) -> None:
    weights = [1.0]
    for n in range(1, c + k + 1):
        weights.append(weights[-1] * c * rho / min(n, c))
    total = math.fsum(weights)
    p = [w / total for w in weights]
    mean = math.fsum(n * x for n, x in enumerate(p))
    waiters = p[c : c + k]
    found = finite(c, k, rho)
    assert found.loss == pytest.approx(p[-1], abs=2e-5)
    assert found.mean == pytest.approx(mean, rel=1e-4)
    assert found.variance == pytest.approx(math.fsum(n * n * x for n, x in enumerate(p)) - mean * mean, rel=1e-3)
    assert found.waiting == pytest.approx(math.fsum(waiters) / (1 - p[-1]), abs=1e-4)
    assert finite_mean(c, k, rho) == pytest.approx(found.mean, rel=1e-12)
    if k:
        place = math.fsum((j + 1) * x for j, x in enumerate(waiters)) / math.fsum(waiters)
        assert found.place_mean == pytest.approx(place, rel=1e-9)


def test_power_sums_are_exact_next_to_one() -> None:
    x = 1.0 + 1e-12
    zero, one, two, power = power_sums(1000, x)
    assert zero == pytest.approx(math.fsum(x**i for i in range(1000)), rel=1e-13)
    assert one == pytest.approx(math.fsum(i * x**i for i in range(1000)), rel=1e-13)
    assert two == pytest.approx(math.fsum(i * i * x**i for i in range(1000)), rel=1e-13)
    assert power == pytest.approx(x**1000, rel=1e-12)


def test_the_load_at_a_level_gives_that_level_back() -> None:
    for level in (20.0, 60.0, 105.0):
        assert finite_mean(10, 100, load_at(10, 100, 0.7, level)) == pytest.approx(level, rel=1e-6)


@pytest.mark.parametrize(("c", "rho", "p99"), [(1, 0.8, 23.0259), (4, 0.8, 6.8932), (16, 0.9, 5.2698)])
def test_the_99th_percentile_of_mmc_is_the_published_one(c: int, rho: float, p99: float) -> None:
    m = 1.0 / (c * (1.0 - rho))
    (found,) = mixture_percentiles([(1.0, erlang_c(c, rho), 0.0, m, 1.0, 1.0)], (0.99,))
    assert found == pytest.approx(p99, rel=1e-4)


@pytest.mark.parametrize("variance", [0.0, 0.02, 0.1, 0.3, 0.7, 1.0, 2.5])
@pytest.mark.parametrize("waiting", [0.0, 0.4, 1.0])
def test_limited_moments_are_the_integrals_of_the_tail(variance: float, waiting: float) -> None:
    limit, steps = 2.3, 4000
    tails = [limited(waiting, 0.4, 0.3, 1.0, variance, limit * (i + 0.5) / steps)[0] for i in range(steps)]
    _, first, second = limited(waiting, 0.4, 0.3, 1.0, variance, limit)
    assert first == pytest.approx(math.fsum(tails) * limit / steps, rel=1e-3)
    square = math.fsum(2 * t * limit * (i + 0.5) / steps for i, t in enumerate(tails)) * limit / steps
    assert second == pytest.approx(square, rel=1e-3)
    total, mean, square = limited(waiting, 0.4, 0.3, 1.0, variance, 1e3)
    wait = waiting * 0.7
    assert (total, mean) == pytest.approx((0.0, 1.0 + wait), abs=1e-9)
    assert square - mean * mean == pytest.approx(variance + waiting * (0.49 + 0.09) - wait * wait, abs=1e-9)


@pytest.mark.parametrize("copies", [1, 2, 5, 100, 1000, 20_000])
def test_the_latest_of_exponentials_takes_the_harmonic_number(copies: int) -> None:
    mean, variance = latest(1.0, 1.0, copies)
    assert mean == pytest.approx(math.fsum(1.0 / i for i in range(1, copies + 1)), rel=1e-4)
    assert variance == pytest.approx(math.fsum(1.0 / i**2 for i in range(1, copies + 1)), rel=1e-3)


@pytest.mark.parametrize("variance", [0.0, 0.1, 0.5, 1.0, 1.7, 4.0])
def test_the_latest_of_two_is_the_later_of_two(variance: float) -> None:
    assert latest(1.0, variance, 2) == pytest.approx(later_of_two(1.0, variance, 1.0, variance))


def test_the_latest_of_rare_exponentials_is_the_integral_of_its_tail() -> None:
    mean, variance = latest(0.5, 0.75, 7)  # half of them 0, the others Exp(1)
    step, n = 0.001, 40_000
    tails = [1.0 - (1.0 - 0.5 * math.exp(-step * (i + 0.5))) ** 7 for i in range(n)]
    assert mean == pytest.approx(math.fsum(tails) * step, rel=1e-4)
    square = math.fsum(2 * t * step * (i + 0.5) for i, t in enumerate(tails)) * step
    assert variance == pytest.approx(square - mean * mean, rel=1e-3)


def test_calls_that_take_no_time_have_none_together_either_whatever_rounding_left_beside_it() -> None:
    """Found by random graphs: the mean was 0, the variance 2e-22, and their fit divided by nothing."""
    assert latest(0.0, 2.2e-22, 3) == (0.0, 0.0)
