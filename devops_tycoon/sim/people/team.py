"""The team: who is on call, how tired people are, who leaves, and what newcomers give and cost."""

from devops_tycoon.sim.basis import WHOLE, Rules, World, dial, replace, shift_of
from devops_tycoon.sim.kinds import DialName
from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.operations.measures import failed_share
from devops_tycoon.sim.values.people import Team

HIRING_WEEKS = 8
LEARNING_WEEKS = 13
LEARNING = 0.5
"""What a newcomer gives [design value, research 4.6: useful after 90 days]."""
MENTORING = 9
"""Tenths of engineer-weeks that a newcomer costs once: a fifth of a mentor's month [design value]."""
SEVERANCE_WEEKS = 4
TIRED = 0.5
"""Fully tired responders take this much longer [design value]."""
ROTATION = 4
"""People who share the pager as a design value has it: among fewer each is woken more often, among more less."""
LARGE = 0.2
"""From this share of failed requests on, an incident is large."""
NOBODY = "Nobody is left: the whole team has resigned."
_BEARABLE = 0.4
"""Up to this fatigue nobody thinks of leaving [design value]."""
_LEAVING = 0.35
"""How much of the fatigue above that is the chance to leave within a quarter [design value]."""
_REST_PERCENT = 15
"""What a week without a shift takes off the fatigue [design value]."""
_SHAKEN = 50_000
"""What those who stay lose in rest when others are dismissed [design value]."""


def newcomers(world: World) -> int:
    """Return how many are still learning."""
    return world.team.newcomers


def on_call(world: World, rules: Rules) -> int:
    """Return how many take part in an incident: those whom the scenario seats, if there are so many with experience."""
    seats = rules.scenario.responders + int(dial(world, rules, "responders"))
    return max(1, min(seats, world.team.engineers - world.team.newcomers))


def effort_of(world: World, rules: Rules) -> int:
    """Return the tenths of engineer-weeks of the quarter: newcomers give half, their mentors and upkeep take some."""
    team, weeks = world.team, shift_of(world, rules).weeks
    hands = team.engineers - LEARNING * team.newcomers - dial(world, rules, "upkeep")
    fresh = sum(people for week, people in team.joined if week == world.week)
    return max(0, int(10 * hands * weeks) - MENTORING * fresh)


def hands_factor(world: World, rules: Rules) -> float:
    """Return how much longer an order takes a responder now: by fatigue, and by how many have to coordinate."""
    size: DialName = "hands_large" if failed_share(world) >= LARGE else "hands_small"
    return (1.0 + TIRED * world.team.fatigue / WHOLE) * dial(world, rules, size)


def tired(team: Team, by: float) -> Team:
    """Return the team with more (or, negative, less) fatigue."""
    return replace(team, fatigue=min(WHOLE, max(0, team.fatigue + round(by))))


def rested(team: Team, weeks: int) -> Team:
    """Return the team after quiet weeks."""
    fatigue = team.fatigue
    for _ in range(weeks):
        fatigue -= fatigue * _REST_PERCENT // 100
    return replace(team, fatigue=fatigue)


def learned(team: Team, week: int) -> Team:
    """Return the team in a later week: who has been there for a quarter is no newcomer any more."""
    joined = tuple((since, people) for since, people in team.joined if week - since < LEARNING_WEEKS)
    return replace(team, joined=joined, newcomers=min(team.engineers, sum(people for _, people in joined)))


def dismissed(team: Team, people: int) -> Team:
    """Return the team without some, those who came last first."""
    joined, left = [], people
    for week, number in reversed(team.joined):
        gone = min(left, number)
        left -= gone
        if number > gone:
            joined.append((week, number - gone))
    kept = tuple(reversed(joined))
    fresh = sum(number for _, number in kept)
    return tired(replace(team, engineers=team.engineers - people, joined=kept, newcomers=fresh), _SHAKEN)


def resigned(world: World) -> int:
    """Return how many leave before the next quarter, by dice that hang on how tired they are."""
    chance = _LEAVING * max(0.0, world.team.fatigue / WHOLE - _BEARABLE)
    if chance <= 0.0:
        return 0
    return sum(roll(world.seed, world.tick, "resign", number) < chance for number in range(world.team.engineers))


def without(team: Team, people: int) -> Team:
    """Return the team after some have left of their own accord, the experienced first: they find something else."""
    engineers = max(0, team.engineers - people)
    joined, room = [], engineers
    for week, number in reversed(team.joined):
        if kept := min(room, number):
            joined.append((week, kept))
        room -= kept
    return replace(
        team, engineers=engineers, joined=tuple(reversed(joined)), newcomers=sum(number for _, number in joined)
    )


def on_call_rotation(world: World) -> int:
    """Return how many share the pager: newcomers do not yet."""
    return max(1, world.team.engineers - world.team.newcomers)


def morning(world: World, rules: Rules) -> World:
    """Return the world with the responders of this shift, all of them free."""
    return replace(world, busy=(world.tick,) * on_call(world, rules))
