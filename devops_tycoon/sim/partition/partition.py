"""Moving capabilities and tables from block to block: what is moved, what it takes, and what remains behind.

Company mode moves piece by piece (the strangler fig of M. Fowler): the new block runs next to the old one,
callers are sent there one after the other, and when the last has gone the old path is taken away.
"""

from dataclasses import dataclass

from devops_tycoon.sim.basis import Rules, World, replace
from devops_tycoon.sim.operations.services import find, owner_of, with_service
from devops_tycoon.sim.partition.repartition import repartitioned

_SPLIT, _MERGE = 40, 30
"""Tenths of engineer-weeks at least [design values in the bounds of research 4.1: 4–10 and 3–6 engineer-weeks]."""
_PIECE, _CALL, _TABLE = 4, 1, 12
"""Tenths of engineer-weeks for each capability, each kind of call that is cut or joined, each table."""


@dataclass(frozen=True, slots=True)
class Move:
    """What leaves one block for another."""

    nodes: tuple[str, ...]
    """Capabilities or tables, in the order in which they stand in the old block."""
    source: str
    into: str
    replicas: int
    """Of a block that has to be made for it."""


def seam(world: World, rules: Rules, nodes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the calls (caller, callee) between these nodes and what is left of their block."""
    home = owner_of(world, nodes[0])
    rest = () if home is None else home.capabilities
    found = []
    for capability in rules.capability.values():
        for call in capability.calls:
            ends = (capability.id, call.to)
            if all(end in rest for end in ends) and sum(end in nodes for end in ends) == 1:
                found.append(ends)
    return tuple(found)


def readers(rules: Rules, tables: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return every (capability, table) where a capability calls one of these tables without owning it."""
    return tuple(
        (capability.id, call.to)
        for capability in rules.capability.values()
        for call in capability.calls
        if call.to in tables and rules.capability[call.to].owner != capability.id
    )


def effort_of_split(world: World, rules: Rules, nodes: tuple[str, ...], tables: tuple[str, ...]) -> int:
    """Return the tenths of engineer-weeks that a cut takes: more where more calls cross it, and for each table."""
    cut = len(seam(world, rules, nodes)) if nodes else 0
    base = _SPLIT if nodes else _SPLIT // 2
    return base + _PIECE * len(nodes) + _CALL * cut + _TABLE * len(tables) + _PIECE * len(readers(rules, tables))


def weeks_of_split(world: World, rules: Rules, nodes: tuple[str, ...], tables: tuple[str, ...]) -> int:
    """Return the weeks that a cut takes: caller by caller, and for each table dual writes, backfill and cut-over."""
    cut = len(seam(world, rules, nodes)) if nodes else 0
    return 3 + (len(nodes) + 1) // 2 + cut // 4 + 3 * len(tables) + len(readers(rules, tables))


def effort_of_merge(rules: Rules, nodes: tuple[str, ...]) -> int:
    """Return the tenths of engineer-weeks that a merge takes."""
    tables = sum(rules.capability[node].kind == "store" for node in nodes)
    return _MERGE + _PIECE * (len(nodes) - tables) + _TABLE * tables


def weeks_of_merge(rules: Rules, nodes: tuple[str, ...]) -> int:
    """Return the weeks that a merge takes."""
    tables = sum(rules.capability[node].kind == "store" for node in nodes)
    return 3 + (len(nodes) - tables) // 4 + 3 * tables


def beside(world: World, move: Move, done: int) -> World:
    """Return the world in which both blocks run and so much is done (parts per million); its flow is the old one."""
    after = _made(world, move)
    block = find(after, move.into)
    return world if block is None else with_service(after, replace(block, arriving=move.nodes, arrived=done))


def moved(world: World, rules: Rules, move: Move) -> World:
    """Return the world in which the nodes stand in their new block; an old block that is left empty is gone."""
    before = world
    world = _made(world, move)
    block, source = find(world, move.into), find(world, move.source)
    if block is None or source is None:
        return before
    rest = tuple(node for node in source.capabilities if node not in move.nodes)
    gone = tuple(node for node in source.capabilities if node in move.nodes)
    world = with_service(world, replace(block, capabilities=block.capabilities + gone, arriving=(), arrived=0))
    world = with_service(world, replace(source, capabilities=rest))
    if not rest:
        world = replace(
            world,
            services=tuple(service for service in world.services if service.id != source.id),
            links=tuple(link for link in world.links if source.id not in (link.caller, link.callee)),
        )
    return repartitioned(before, world, rules)


def _made(world: World, move: Move) -> World:
    """Return the world with the new block, still empty, behind the old one; links and ills are those of the old."""
    source = find(world, move.source)
    if find(world, move.into) is not None or source is None:
        return world
    new = replace(
        source, id=move.into, capabilities=(), replicas=move.replicas, restart_until=0, restart_all=False,
        arriving=(), arrived=0,
    )  # fmt: skip
    at = next(i for i, s in enumerate(world.services) if s.id == source.id) + 1
    world = replace(world, services=(*world.services[:at], new, *world.services[at:]))
    inherited = tuple(replace(link, caller=new.id) for link in world.links if link.caller == source.id)
    inherited += tuple(replace(link, callee=new.id) for link in world.links if link.callee == source.id)
    # What is wrong with a version is wrong with both halves of it.
    ill = tuple(
        replace(fault, id=world.next_fault + number, target=new.id)
        for number, fault in enumerate(f for f in world.faults if f.target == source.id)
    )
    return replace(
        world, links=world.links + inherited, faults=world.faults + ill, next_fault=world.next_fault + len(ill)
    )
