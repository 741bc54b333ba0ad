"""Keys of a lab file that this version reads but does not simulate, so that nobody trusts them by mistake."""

from devops_tycoon.lab.graph import LabGraph


def inert_keys(graph: LabGraph) -> list[str]:
    """Return the keys that are set and have no effect, with where they stand."""
    keys = []
    for dependency in graph.dependencies:
        link = f"{dependency.caller}>{dependency.callee}"
        if dependency.breaker is not None:
            keys.append(f"breaker of {link}")
    return keys
