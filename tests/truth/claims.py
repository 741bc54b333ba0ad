"""All claims, in the order of the page. A new one is a line in a file of `rows`; a new file is a line here."""

from collections.abc import Callable
from functools import cache

from tests.truth.claim import Claim, Found
from tests.truth.rows import incidents, laws, limits, mechanisms, protections, reliability, stations, storms, trees

CLAIMS: tuple[Claim, ...] = (
    *stations.ROWS,
    *reliability.ROWS,
    *trees.ROWS,
    *incidents.ROWS,
    *storms.ROWS,
    *protections.ROWS,
    *mechanisms.ROWS,
    *laws.ROWS,
    *limits.ROWS,
)


@cache
def _measured(measure: Callable[[], Found]) -> Found:
    return measure()


def measured(claim: Claim) -> Found:
    """Return what the claim's measurement gives; it is taken once a process."""
    return _measured(claim.measure)
