"""Small graphs and hypothesis strategies for the drawing tests."""

import random

from hypothesis import strategies as st

from devops_tycoon.tui.draw.values import Glyphs, MapEdge, MapNode

GLYPHS: tuple[Glyphs, ...] = ("braille", "block", "ascii")
Graph = tuple[tuple[MapNode, ...], tuple[MapEdge, ...]]


def cinemail() -> Graph:
    """A company in trouble: billing overloads its database, licensing suffers with it, notify is down."""
    n = MapNode
    nodes = (
        n("members", "members", 0, "users", load=0.4, rate=4100),
        n("gateway", "gateway", 1, load=0.58, rate=4100, note="×3"),
        n("web", "web", 1, load=0.31, rate=1900),
        n("identity", "identity", 2, load=0.41, rate=610),
        n("catalog", "catalog", 2, load=0.62, rate=1400),
        n("search", "search", 2, load=0.22, rate=480),
        n("playback", "playback", 2, health="hot", load=0.96, rate=212),
        n("billing", "billing", 2, health="hot", load=0.84, rate=198),
        n("dvd-queue", "dvd-queue", 2, load=0.3, rate=90),
        n("licensing", "licensing", 2, load=0.4, rate=212),
        n("notify", "notify", 2, health="down"),
        n("recommendations", "recommendations", 2, load=0.5, rate=300),
        n("cache", "cache", 3, "store", load=0.35, rate=2100),
        n("users-db", "users-db", 4, "store", load=0.29, rate=240),
        n("catalog-db", "catalog-db", 4, "store", load=0.4, rate=310),
        n("billing-db", "billing-db", 4, "store", health="failing", load=1.2, rate=402),
        n("cdn", "cdn", 4, "provider", load=0.12, rate=1100),
        n("stripe", "stripe", 4, "provider", load=0.12, rate=118),
    )
    e = MapEdge
    edges = (
        e("members", "gateway", 4100),
        e("members", "web", 1900),
        e("web", "gateway", 1900),
        e("gateway", "identity", 610),
        e("gateway", "catalog", 1400),
        e("gateway", "search", 480),
        e("gateway", "playback", 212, hot=True),
        e("gateway", "billing", 198, hot=True),
        e("gateway", "dvd-queue", 90),
        e("gateway", "recommendations", 300, required=False),
        e("playback", "licensing", 212),
        e("playback", "cdn", 1100),
        e("playback", "identity", 212),
        e("catalog", "cache", 1400),
        e("search", "cache", 480),
        e("cache", "catalog-db", 310),
        e("identity", "users-db", 240),
        e("billing", "billing-db", 402, 0.3, hot=True),
        e("billing", "stripe", 118, slow=True),
        e("dvd-queue", "catalog", 90),
        e("recommendations", "catalog", 300),
        e("licensing", "billing-db", 100, 0.1),
        e("billing", "notify", 0, required=False),
    )
    return nodes, edges


def a_monolith() -> Graph:
    """The company on its first day."""
    nodes = (
        MapNode("members", "members", kind="users", rate=40),
        MapNode("monolith", "monolith", load=0.62, rate=40),
        MapNode("main-db", "main-db", kind="store", load=0.4, rate=160),
    )
    return nodes, (MapEdge("members", "monolith", 40), MapEdge("monolith", "main-db", 160))


def a_distributed_monolith() -> Graph:
    """Services that call each other in circles, and a store that calls back."""
    names = ("api", "orders", "stock", "prices")
    nodes = (*(MapNode(name, name, load=0.5, rate=100) for name in names), MapNode("db", "db", kind="store", rate=50))
    calls = [("api", "orders"), ("orders", "stock"), ("stock", "prices"), ("prices", "orders"), ("stock", "orders")]
    calls += [("orders", "db"), ("prices", "db"), ("db", "api"), ("prices", "api")]
    return nodes, tuple(MapEdge(a, b, 100) for a, b in calls)


def wide_names() -> Graph:
    """Names of two-cell characters, combining marks and an attack."""
    labels = (
        "映画カタログ検索サービス",
        "🎬 movies",
        "cafe\u0301",
        "evil\x1b[31m\u202e\u200bname\n",
        "Straße-der-Kassen",
    )
    nodes = tuple(MapNode(str(k), label, k // 2, load=0.3, rate=10) for k, label in enumerate(labels))
    return nodes, (MapEdge("0", "2", 10), MapEdge("1", "2", 10), MapEdge("1", "3", 10), MapEdge("2", "4", 10))


def a_company(count: int, seed: int = 1) -> Graph:
    """A made-up company of five tiers with long calls and calls inside a tier."""
    dice = random.Random(seed)
    tier = [min(4, (k * 5) // count) for k in range(count)]
    nodes = tuple(
        MapNode(
            f"s{k}",
            f"service-{k}",
            tier[k],
            "store" if tier[k] == 4 else "service",
            load=dice.random(),
            rate=dice.random() * 999,
        )
        for k in range(count)
    )
    pairs = {(dice.randrange(count), dice.randrange(count)) for _ in range(count * 2)}
    edges = tuple(
        MapEdge(f"s{a}", f"s{b}", dice.random() * 100) for a, b in sorted(pairs) if tier[a] <= tier[b] and a != b
    )
    return nodes, edges


@st.composite
def graphs(draw: st.DrawFn, most: int = 14) -> Graph:
    """Any graph: cycles, self-calls, unknown targets, doubled edges, hostile names, odd loads."""
    count = draw(st.integers(0, most))
    number = st.integers(0, max(0, count))
    nodes = tuple(
        MapNode(
            str(k),
            draw(st.text(max_size=14)),
            draw(st.none() | st.integers(-1, 5)),
            draw(st.sampled_from(("service", "store", "provider", "users"))),
            draw(st.sampled_from(("ok", "hot", "failing", "down"))),
            draw(st.floats(0, 3)),
            draw(st.floats(0, 1e12)),
            draw(st.sampled_from(("", "×3", "v2\x07"))),
        )
        for k in range(count)
    )
    pairs = draw(st.lists(st.tuples(number, number), max_size=count * 3))
    edges = tuple(
        MapEdge(str(a), str(b), draw(st.floats(0, 1e6)), draw(st.sampled_from((0.0, 0.5))), hot=draw(st.booleans()))
        for a, b in pairs
    )
    return nodes, edges
