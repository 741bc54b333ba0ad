"""Checks of a lab file's messages and replicas that its tables cannot do."""

from devops_tycoon.content.schema import Source
from devops_tycoon.lab.graph import LabGraph

_OF_WAITING = ("breaker", "bulkhead", "retry_budget", "stale")
_OF_MESSAGES = ("poison", "ordered")


def check_messages(graph: LabGraph, source: Source) -> None:
    """Note keys that do not apply to a dependency, and consumers that the model cannot keep in order."""
    fed = {d.callee for d in graph.dependencies if d.detached}
    known = {service.id for service in graph.services}
    for i, d in enumerate(graph.dependencies):
        for key in _OF_WAITING if d.detached else _OF_MESSAGES:
            if getattr(d, key):
                told = (
                    "is for callers that wait; expected none with detached = true"
                    if d.detached
                    else "is for messages; expected detached = true with it"
                )
                source.note(("dependencies", i, key), told)
        if d.ordered and d.detached:
            others = [o.caller for k, o in enumerate(graph.dependencies) if o.callee == d.callee and k != i]
            others += ["users" for demand in graph.demand if demand.entry == d.callee]
            if others:
                text = f'"{d.callee}" also serves {others[0]}; expected a consumer that takes nothing else'
                source.note(("dependencies", i, "ordered"), text)
        if d.stale is not None and d.stale.lag_of in known - fed:
            text = (
                f'no message goes to "{d.stale.lag_of}"; expected the service that applies the writes, called detached'
            )
            source.note(("dependencies", i, "stale", "lag_of"), text)
