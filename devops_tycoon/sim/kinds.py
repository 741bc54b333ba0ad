"""The words that a field may hold, as types, so that mypy finds a misspelt phase or kind."""

from typing import Literal

GamePhase = Literal["planning", "shift", "over"]
"""What a game does now: the clock runs only in a shift."""
ScenarioKind = Literal["lesson", "act", "sandbox", "daily"]
GoalKind = Literal["sli", "uptime", "utilisation", "cash", "changes", "members"]
NodeKind = Literal["capability", "store", "provider"]
"""Of a node of the capability graph."""
ServiceKind = Literal["service", "store", "provider"]
"""Of a block of the partition."""
Scope = Literal["company", "service", "store", "machines", "link"]
"""What a practice is adopted for: the whole company, one service, one store, the machines of either, or calls from
one service to another."""
Shape = Literal["flat", "day", "batch"]
"""Of demand over a shift."""
TargetKind = Literal[
    "service", "store", "provider", "any", "zone", "region", "account", "balancer", "cdn", "telemetry", "control"
]
"""What a failure card hits; `account` and `control` are the provider's, of everything."""
Where = Literal[
    "target", "callers", "callees", "zone", "region", "account", "caches", "keys", "door", "telemetry", "control"
]
"""What one effect of a failure card changes."""
Pick = Literal["busiest", "random", "oldest"]
"""Which target a failure card hits where an event does not name one."""
Health = Literal["ok", "hot", "failing", "down", "unknown"]
Signal = Literal["", "alert", "probe", "complaints"]
"""How an incident was noticed; empty: it was not, or it was in a lesson."""
Stage = Literal["", "booting", "rolling", "baking", "looking", "watching", "returning"]
"""Of a rollout; `looking`: a person compares the canary."""
Method = Literal["big-bang", "rolling", "blue-green", "canary"]
"""How a new version reaches the replicas of a service."""
Verdict = Literal["", "worse", "fine", "cannot judge"]
"""Of a canary; empty: none yet."""
MeasureVerb = Literal["drain", "shed", "disable", "failover"]
Heading = Literal[
    "fees",
    "grants",
    "salaries",
    "rent",
    "pipelines",
    "purchases",
    "practices",
    "commitments",
    "refunds",
    "loans",
    "leases",
]
"""Of the books."""
FactKind = Literal[
    "order",
    "refused",
    "fault",
    "cured",
    "alarm",
    "well",
    "incident",
    "resolved",
    "page",
    "ticket",
    "complaints",
    "canary",
    "deploy",
    "rollback",
    "refund",
    "shift",
    "end",
]
DialName = Literal[
    "boot",
    "rent",
    "work",
    "registry",
    "network_ms",
    "seeing",
    "probe",
    "hands",
    "limit_queue",
    "shedding",
    "quota",
    "register",
    "forecast_error",
    "load_test",
    "spending_cap",
    "static",
    "change_risk",
    "deploy_hands",
    "auto_deploy",
    "auto_canary",
    "auto_rollback",
    "board_days",
    "build_days",
    "flags",
    "config_staged",
    "edit_s",
    "debt",
    "fees",
    "store_work",
    "zones",
    "zone_aware",
    "cache",
    "readers",
    "shards",
    "quorum",
    "queued",
    "cdn",
    "boxes",
    "balancer",
    "gateway",
    "regions",
    "standby",
    "rot",
    "failover",
    "second",
    "restore",
    "hands_large",
    "hands_small",
    "reach",
    "responders",
    "fatigue",
    "trust_loss",
    "publicity",
    "hiring",
    "upkeep",
    "break_in",
]
"""A number that practices change (`sim.practices.dials`)."""
