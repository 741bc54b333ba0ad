"""The flow model beside simulators of single requests: how much computing the same answer takes."""

from typing import Any

from bench.model.clock import Work, ratio, rounds
from bench.model.frameworks import Framework, installed
from bench.model.tree import RATE, TREE, fluid_s, requests_needed, theory_s

LEAST_ACCURACY = 0.01
"""The flow model is not credited with being more exact than this on this tree."""


def simulators(requests: int, repeats: int) -> dict[str, Any]:
    """Return seconds of computing for the same answer; frameworks are timed over so many requests.

    The answer is the mean time of a request to within the flow model's own error, 1 % at least. The flow model's
    requests per second are those that a simulator would have to do for it in the same time.
    """
    found, absent = installed()
    truth = theory_s()
    means = {"fluid": fluid_s()}
    error = abs(means["fluid"] / truth - 1.0)
    accuracy = max(LEAST_ACCURACY, error)
    needed = requests_needed(accuracy)

    def fluid(times: int) -> None:
        for _ in range(times):
            fluid_s()

    def timed(framework: Framework) -> Work:
        def work(times: int) -> None:
            for _ in range(times):
                means[framework.name] = _mean(framework.run(requests))

        return work

    spent = rounds({"fluid": fluid, **{f.name: timed(f) for f in found}}, repeats, block_s=0.0)
    rows: list[dict[str, Any]] = []
    for name, taken in spent.items():
        answers = taken if name == "fluid" else [seconds / requests * needed for seconds in taken]
        rows.append(
            {
                "name": name,
                "installed": True,
                "mean_ms": 1000.0 * means[name],
                "seconds": min(answers),
                "requests_per_s": needed / min(answers),
                "times_fluid": ratio(answers, spent["fluid"]),
            }
        )
    rows += [{"name": name, "installed": False} for name in absent]
    return {
        "services": len(TREE),
        "rate": RATE,
        "theory_ms": 1000.0 * truth,
        "fluid_error": error,
        "accuracy": accuracy,
        "requests_needed": needed,
        "requests_timed": requests,
        "contestants": rows,
    }


def _mean(values: list[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total / len(values)
