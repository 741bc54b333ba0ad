"""The same work on many inputs, in this process, in several or on a cluster; results come in the order of the inputs.

There is no distribution code here: joblib spreads the work, over its own processes or over Dask's; where joblib is not
installed, several processes are the standard library's pool. However many inputs there are, only a few are in
progress at a time.
"""

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import Any, TypeVar

from devops_tycoon.content.problem import ContentError, Problem

T = TypeVar("T")
R = TypeVar("R")

LOCAL, DASK = "local", "dask"
AHEAD = 4
"""Inputs in progress for each process."""


def spread(work: Callable[[T], R], things: Iterable[T], jobs: int = 1, backend: str = LOCAL) -> Iterator[R]:
    """Yield the result of each input, in the order of the inputs.

    `backend` "dask" takes the cluster that Dask's own settings name (DASK_SCHEDULER_ADDRESS), or starts one here of
    `jobs` workers of one thread. Raises ContentError where what it needs is not installed.
    """
    if backend == DASK:
        return _by_dask(work, things, jobs)
    if jobs == 1:
        return map(work, things)
    return _by_joblib(work, things, jobs) if find_spec("joblib") else _by_pool(work, things, jobs)


def deaf() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class _Deaf:
    """Work in another process, which leaves Ctrl-C to the one that started it: that one ends them all."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work

    def __call__(self, thing: Any) -> Any:
        deaf()
        return self._work(thing)


@contextmanager
def _ending_all() -> Iterator[None]:
    """End every process that was started meanwhile if an exception leaves the block."""
    from multiprocessing import active_children

    before = {child.pid for child in active_children()}
    try:
        yield
    except BaseException:
        for child in active_children():
            if child.pid not in before:
                child.kill()
        raise


def _by_pool(work: Callable[[T], R], things: Iterable[T], jobs: int) -> Iterator[R]:
    from concurrent.futures import Future, ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, initializer=deaf) as pool, _ending_all():
        under_way: deque[Future[R]] = deque()
        try:
            for thing in things:
                under_way.append(pool.submit(work, thing))
                if len(under_way) >= AHEAD * jobs:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _by_joblib(work: Callable[[T], R], things: Iterable[T], jobs: int) -> Iterator[R]:
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor

    with _ending_all():
        calls = (delayed(_Deaf(work))(thing) for thing in things)
        parallel = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch=AHEAD * jobs, batch_size=1)
        yield from parallel(calls)
        get_reusable_executor().shutdown(wait=True)  # leave no idle processes


def _by_dask(work: Callable[[T], R], things: Iterable[T], jobs: int) -> Iterator[R]:
    if not (find_spec("joblib") and find_spec("distributed")):
        raise ContentError([Problem("dask", 0, "", "is not installed; pip install 'devops-tycoon[cluster]' brings it")])
    from joblib import Parallel, delayed, parallel_config

    with _ending_all(), _client(jobs), parallel_config(backend="dask"):
        calls = (delayed(work)(thing) for thing in things)
        parallel = Parallel(n_jobs=-1, return_as="generator", pre_dispatch=f"{AHEAD} * n_jobs", batch_size=1)
        yield from parallel(calls)


@contextmanager
def _client(jobs: int) -> Iterator[None]:
    """Be the client of the cluster that Dask's settings name, or of one that runs here as long as it is needed."""
    import dask
    from distributed import Client, LocalCluster

    client: Any = Client  # without types, where it is installed at all
    kind: Any = LocalCluster
    if dask.config.get("scheduler-address", None):
        with client():
            yield
        return
    with ExitStack() as stack:
        with _beginning():
            cluster = kind(n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR")
            stack.enter_context(cluster)
            stack.enter_context(client(cluster))
        yield


@contextmanager
def _beginning() -> Iterator[None]:
    """Start a cluster that ignores Ctrl-C, as its processes will: half a cluster ends badly.

    A process ignores what its parent ignored when it started, so Ctrl-C does nothing for a second or two.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
