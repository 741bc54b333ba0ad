"""What a fake room says: a rich afternoon, and a hostile one."""

from typing import Any

NAMES = (
    "Calm Otter", "Brave Heron", "Quick Lynx", "Gentle Bison", "Bold Marten", "Quiet Falcon", "Merry Badger",
    "Wise Tortoise", "Swift Swallow", "Sunny Gecko", "Keen Raven", "Patient Crane", "Lucky Hare", "Proud Stag",
)  # fmt: skip
LINKS = [
    ["members", "web"], ["web", "catalog"], ["web", "shipping"], ["web", "recommendations"], ["web", "identity"],
    ["catalog", "billing"], ["catalog", "main-db"], ["billing", "payments"], ["billing", "main-db"],
    ["shipping", "mail"], ["recommendations", "main-db"], ["identity", "main-db"], ["recommendations", "catalog"],
]  # fmt: skip
STATES = {
    "members": "failing", "web": "busy", "catalog": "well", "shipping": "well", "recommendations": "failing",
    "identity": "well", "billing": "well", "payments": "unknown", "mail": "down", "main-db": "busy",
}  # fmt: skip
KINDS = {"members": "clients", "main-db": "store", "mail": "queue", "payments": "third party"}


def services(states: dict[str, str] = STATES) -> list[dict[str, Any]]:
    return [
        {
            "id": name, "kind": KINDS.get(name, "stateless"), "state": state, "replicas": 1 + len(name) % 4,
            "busy": {"failing": 1.0, "busy": 0.93, "well": 0.41}.get(state),
            "waiting": 1290 if state == "failing" else 0,
        }
        for name, state in states.items()
    ]  # fmt: skip


def options() -> list[dict[str, str]]:
    found = [
        {"order": f"{verb} {name}{more}", "about": name, "price": price, "why_not": ""}
        for name in ("web", "catalog", "recommendations", "main-db")
        for verb, more, price in (("scale", " +1", "$6,000"), ("scale", " -1", ""), ("restart", "", ""))
    ]
    found.append({
        "order": "rollback web", "about": "web", "price": "",
        "why_not": "Nothing was deployed in the last hour, so there is nothing to go back to.",
    })  # fmt: skip
    found += [
        {"order": order, "about": "", "price": price, "why_not": ""}
        for order, price in (
            ("hire 1", "$18,000"),
            ("status-update", ""),
            ("shed browse share=50%", ""),
            ("freeze", ""),
        )
    ]
    return found


def a_view(**changed: Any) -> dict[str, Any]:
    """Return a company on a bad evening."""
    return {
        "title": "Worse than dead", "tick": 1003, "when": "Saturday 20:16:43", "phase": "shift", "cash": "$59,996",
        "hands": "1 of 2 responders free",
        "briefing": "A slow service is worse than a dead one.\n\nTonight the film of the year appears. Somewhere in "
        "the estate a service will become slow, and everybody who waits for it will hold a place that others need.",
        "journeys": [
            {"id": "browse", "title": "Members browse the shop", "good": 0.98371, "slo": 0.99},
            {"id": "play", "title": "Members play a film", "good": 0.99973, "slo": 0.999},
            {"id": "pay", "title": "Members pay", "good": None, "slo": 0.995},
        ],
        "services": services(), "links": LINKS,
        "goals": [
            {"text": "Members browse: 99 % go well", "met": False, "says": "98.37 % so far"},
            {"text": "Spend less than $20,000", "met": True, "says": "$4,120 so far"},
        ],
        "facts": [
            [0, "Saturday: the moody hour.", False], [620, "A deploy of recommendations, version 2, began.", False],
            [940, "Incident 1: 2 % of the users of the last minute were failed.", True],
            [978, "recommendations has no free worker: 1,290 requests wait.", True],
            [990, "One responder looks at incident 1.", False],
        ],
        "options": options(),
        "usage": ["scale SERVICE +N|-N", "restart SERVICE [how=rolling|all]", "rollback SERVICE", "ack [N]"],
        "question": None, "pending": ["scale web +1"],
    } | changed  # fmt: skip


def rows(many: int) -> list[dict[str, Any]]:
    found = []
    for place in range(many):
        name = NAMES[place % len(NAMES)] + (f" {place // len(NAMES) + 1}" if place >= len(NAMES) else "")
        late = place >= many - 2 and many > 8
        code = "P07" if place == 0 else "P01" if place == 6 else f"P{place + 1:02}"
        if code == "P07":
            place_of_me = 3
            name = NAMES[place_of_me]
        elif place == 3:
            name, code = "Calm Otter", "P07x"
        found.append({
            "rank": place + 1 if not late else place - many + 3, "code": code, "name": name,
            "score": 912 - 11 * place, "uptime": 0.9998 - 0.0007 * place, "good": max(0.2, 1 - 0.012 * place),
            "orders": 4 + place % 7, "late": late, "over": False, "trouble": place % 5 == 3,
        })  # fmt: skip
    found[0]["code"], found[3]["code"] = "P04", "P07"
    return found


def a_room_now(**changed: Any) -> dict[str, Any]:
    """Return what a room says to a player while it runs."""
    return {
        "round": 1, "tick": 1003, "state": "running", "pace": 4, "why": "", "message": "", "locked": [], "poll": None,
        "people": 14, "board": {"frozen": False, "tick": 1003, "rows": rows(14)}, "view": a_view(), "ready": False,
        "left_s": None,
    } | changed  # fmt: skip


def a_screen_now(**changed: Any) -> dict[str, Any]:
    """Return what a room says to the projector."""
    found = a_room_now(
        events=[[600, "Injected slow-service recommendations"], [940, "Locked split"], [960, "Pace 4"]],
        addresses=["http://192.168.1.5:8137/#K7WPXM", "http://10.0.4.17:8137/#K7WPXM"], code="K7WPXM",
        maps={
            "best": {"services": services(dict.fromkeys(STATES, "well")), "links": LINKS},
            "worst": {"services": services(), "links": LINKS},
        },
    )  # fmt: skip
    del found["view"]
    return found | changed


HOSTILE = (
    '<img src=x onerror="alert(1)">', "<script>alert(1)</script>", "\u202egnp.exe\u202c abc", "javascript:alert(1)",
    "W" * 400, "__proto__", "constructor", "😈" * 60, "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "'\"><svg onload=alert(1)>", "{{7*7}}", "\x1b[31mred",
)  # fmt: skip


def hostile_view() -> dict[str, Any]:
    """Return a view in which every text is somebody's attempt."""
    return a_view(
        title=HOSTILE[0], briefing="\n".join(HOSTILE), hands=HOSTILE[1], cash=HOSTILE[9], when=HOSTILE[4],
        journeys=[{"id": text, "title": text, "good": 0.5, "slo": 0.9} for text in HOSTILE],
        services=[
            {"id": text, "kind": text, "state": text, "replicas": 1, "busy": 0.5, "waiting": 3} for text in HOSTILE
        ],
        links=[[one, other] for one in HOSTILE[:5] for other in HOSTILE[5:]],
        goals=[{"text": text, "met": False, "says": text} for text in HOSTILE],
        facts=[[n, text, True] for n, text in enumerate(HOSTILE)],
        options=[{"order": f"scale {text}", "about": text, "price": text, "why_not": text} for text in HOSTILE],
        usage=list(HOSTILE), pending=list(HOSTILE), question={"text": HOSTILE[0], "choices": list(HOSTILE), "mine": 0},
    )  # fmt: skip


def hostile_rows() -> list[dict[str, Any]]:
    """Return a board of people who call themselves anything."""
    return [row | {"name": text} for row, text in zip(rows(len(HOSTILE)), HOSTILE, strict=True)]


DEBRIEF = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Debrief</title>
<style>body { background: rgb(250, 250, 245); font-family: sans-serif } h1 { color: rgb(168, 67, 0) }</style>
<script>alert("a script of the debrief")</script></head>
<body><h1>What happened</h1><p style="color: rgb(9, 105, 179)" onclick="alert(1)">Fourteen people, one evening.</p>
<svg viewBox="0 0 100 20" width="600"><path d="M0 18L40 16L60 2L100 12" fill="none" stroke="#0969b3"/></svg>
<p><img src="http://192.0.2.1/outside.png" alt="outside"><a href="#end">to the end</a></p>
<p id="end">The end.</p></body></html>"""
