"""What a cut is proposed to be large enough for."""

from devops_tycoon.play.game import load
from devops_tycoon.play.session import Session
from devops_tycoon.sim.partition.seams import NEW, seam_of
from devops_tycoon.sim.partition.sizing import disks_of_cut, replicas_of_cut

GROWN = Session(load("act-2"))
WORLD, RULES = GROWN.seen, GROWN.rules
THINKING = ("recommendations", "ratings")


def test_a_part_of_the_proposed_size_is_at_most_half_busy_and_one_of_two_replicas_is_not() -> None:
    proposed = replicas_of_cut(WORLD, RULES, THINKING, "moved")
    disks = disks_of_cut(WORLD, RULES, THINKING)
    seam, small = (seam_of(WORLD, RULES, THINKING, "moved", n, disks) for n in (proposed, 2))
    assert seam is not None
    assert small is not None
    assert dict(seam.after.busy)[NEW] <= 0.55
    assert dict(seam.after.busy)[f"{NEW}-db"] <= 0.55
    assert dict(small.after.busy)[NEW] > 0.55


def test_a_part_that_has_little_to_do_still_gets_a_second_replica() -> None:
    assert replicas_of_cut(WORLD, RULES, ("encoding",)) == 2


def test_no_more_is_proposed_than_there_is_room_for() -> None:
    assert replicas_of_cut(WORLD, RULES, ("storefront",)) <= 80
    assert disks_of_cut(WORLD, RULES, THINKING) <= max(s.most for s in WORLD.services if s.kind == "store")
