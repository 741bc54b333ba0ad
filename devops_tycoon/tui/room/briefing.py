"""The lesson's briefing in a room: its question is answered through the room, whose refusal is shown."""

from devops_tycoon.orders.forecast_answer import ForecastAnswer
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.screens.briefing import BriefingScreen


class RoomBriefingScreen(BriefingScreen):
    """The briefing, with the room's refusals shown."""

    def _answer(self, number: int) -> None:
        why = self._session.place(ForecastAnswer(number))
        if why is None:
            self.dismiss()
        else:
            self.notify(look_of(self).says(why), markup=False, severity="warning")
