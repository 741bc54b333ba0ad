"""Trust of the members: what wins it back, and what softens its loss."""

from devops_tycoon.sim.values.units import WHOLE

HEARD_S = 600.0
"""How long a word to the members helps."""


HEARD = 0.6
"""What a failed minute costs while they have heard [design value]."""


_BACK_PERCENT_A_WEEK = 3


def forgiven(trust_now: int, weeks: int) -> int:
    """Return trust after weeks without an incident."""
    for _ in range(weeks):
        trust_now += (WHOLE - trust_now) * _BACK_PERCENT_A_WEEK // 100
    return trust_now
