"""What a company has built in front of and behind its services is drawn as a part of them."""

from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.tui.view.company_map import map_of
from tests.sim.practices.play import two_games


def test_the_map_has_every_service_once_and_no_edge_to_nowhere() -> None:
    also = ("load-balancer", "edge-gateway", "cdn-rented")
    for practice in ("read-replica", "shard", "cache-tier"):
        for session in two_games(practice, "main-db", also=also, ticks=60):
            session.advance(5)
            nodes, edges = map_of(session.world, session.rules)
            names = [node.id for node in nodes]
            assert names == [USERS, *(service.id for service in session.world.services)]
            assert {end for edge in edges for end in (edge.source, edge.target)} <= set(names)
            assert all(edge.source != edge.target for edge in edges)
            assert any((edge.source, edge.target) == (USERS, "web") for edge in edges)
