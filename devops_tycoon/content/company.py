"""The format of a company: its capabilities, their calls, and the journeys of its members."""

from graphlib import CycleError, TopologicalSorter
from importlib.resources.abc import Traversable
from typing import get_args

from devops_tycoon.content.problem import suggestion
from devops_tycoon.content.reader import Document, read_document
from devops_tycoon.content.schema import (
    Source,
    flag,
    from_name,
    list_of,
    maybe,
    name,
    need,
    number,
    one_of,
    table,
    text,
    whole,
)
from devops_tycoon.sim.kinds import NodeKind
from devops_tycoon.sim.rules.company import Capability, CapabilityCall, Company, Journey

CALL = table(
    CapabilityCall,
    to=need(name()),
    per_request=maybe(number(0.001, 100), 1.0),
    required=maybe(flag(), True),
    fallback=maybe(text(60, empty=True), ""),
    message=maybe(flag(), False),
)

CAPABILITY = table(
    Capability,
    id=need(name()),
    title=need(text(40)),
    kind=maybe(one_of(*get_args(NodeKind)), "capability"),
    act=maybe(whole(1, 6), 1),
    work_ms=need(number(0.001, 60_000)),
    cv2=maybe(number(0, 10), 1.0),
    calls=maybe(list_of(CALL, unique="to"), ()),
    owner=maybe(name(empty=True), ""),
    about=need(text(240)),
)

JOURNEY = table(
    Journey,
    id=need(name()),
    title=need(text(40)),
    entry=need(name()),
    act=maybe(whole(1, 6), 1),
    weight=maybe(number(0.001, 1000), 1.0),
    slo=need(number(0.5, 0.999999)),
    threshold_ms=need(number(1, 86_400_000)),
    patience_ms=need(number(1, 86_400_000)),
    retries=maybe(whole(0, 10), 0),
    about=need(text(240)),
    priority=maybe(whole(0, 2), None),
    shared=maybe(number(0, 1), 0.0),
)

COMPANY = table(
    Company,
    id=from_name(),
    title=need(text(40)),
    about=need(text(600)),
    capabilities=need(list_of(CAPABILITY, 1, unique="id")),
    journeys=need(list_of(JOURNEY, 1, 20, unique="id")),
)


def read_company(file: Traversable) -> Document[Company]:
    """Read a company and check that its calls have callees and no cycles."""
    return read_document(file, COMPANY, _check)


def _check(company: Company, source: Source) -> None:
    nodes = {c.id: c for c in company.capabilities}
    inner = [c.id for c in company.capabilities if c.kind == "capability"]
    for i, node in enumerate(company.capabilities):
        here = ("capabilities", i)
        if node.calls and node.kind != "capability":
            source.note((*here, "calls"), f"a {node.kind} cannot make calls; expected no calls here")
        if node.owner and node.kind != "store":
            source.note((*here, "owner"), "only a store's data has an owner; expected no owner here")
        elif node.owner and node.owner not in inner:
            source.note((*here, "owner"), f'no capability has the id "{node.owner}"{suggestion(node.owner, inner)}')
        for k, call in enumerate(node.calls):
            if call.message and call.required:
                source.note(
                    (*here, "calls", k, "message"),
                    "a message cannot be required; expected required = false with message = true",
                )
            callee = (*here, "calls", k, "to")
            if call.to not in nodes:
                source.note(
                    callee,
                    f'there is no "{call.to}" to call; expected the id of a capability, store or '
                    f"provider{suggestion(call.to, nodes)}",
                )
            elif nodes[call.to].act > node.act:
                source.note(
                    callee,
                    f'"{call.to}" exists only from act {nodes[call.to].act}, its caller from act '
                    f"{node.act}; expected the callee to be there first",
                )
    for i, journey in enumerate(company.journeys):
        at = ("journeys", i, "entry")
        if journey.entry not in inner:
            source.note(at, f'there is no capability "{journey.entry}" to enter at{suggestion(journey.entry, inner)}')
        elif nodes[journey.entry].act > journey.act:
            source.note(
                at,
                f'"{journey.entry}" exists only from act {nodes[journey.entry].act}; expected an entry '
                f"that is there in act {journey.act}",
            )
    try:
        TopologicalSorter({c.id: [call.to for call in c.calls] for c in company.capabilities}).prepare()
    except CycleError as error:
        circle = error.args[1][::-1]
        first = next(i for i, c in enumerate(company.capabilities) if c.id == circle[0])
        source.note(
            ("capabilities", first, "calls"),
            f"calls form a circle: {' → '.join(circle)}; expected calls without cycles",
        )
