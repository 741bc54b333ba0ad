"""What `w` says: numbers derived, and what hangs on what."""

from devops_tycoon.play import load
from devops_tycoon.play.session import Session
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.tui.view.why import why


def test_asking_why_of_the_members_names_what_alone_can_fail_them() -> None:
    session = Session(load("worse-than-dead", seed=1))
    said = "\n".join(why(session.seen, session.rules, USERS))
    assert "Press play would fall below 99.9% without" in said
    assert "store main-db" in said
    assert "recommendations (" not in said  # browse can do without it, play never asks it


def test_asking_why_of_a_service_fills_the_formula_in_and_names_who_is_hurt_with_it() -> None:
    session = Session(load("worse-than-dead", seed=1))
    session.place("begin")
    session.advance(5)
    said = "\n".join(why(session.seen, session.rules, "catalog"))
    assert "Little's law" in said
    assert "it can hurt: web" in said
