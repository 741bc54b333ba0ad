"""Every game that is shipped opens with its plan, and its plan can be begun."""

import pytest

from tests.tui.stage import a_session, run, stage


@pytest.mark.parametrize("scenario", ["act-1", "act-2", "act-3", "cinemail"])
def test_every_company_to_lead_opens_with_its_plan(scenario: str) -> None:
    async def play() -> None:
        async with stage(a_session(scenario)) as on:
            await on.press("enter")
            assert on.kind == "PlanningScreen"
            await on.press("5")
            assert "At the peak of the shift" in on.text
            await on.press("b")
            assert on.kind == "BeginScreen"

    run(play)


def test_a_door_before_the_services_does_not_disturb_the_forecast() -> None:
    async def play() -> None:
        session = a_session("act-1")
        assert session.place("adopt load-balancer") is None
        async with stage(session) as on:
            await on.press("5")
            assert "At the peak of the shift" in on.text

    run(play)
