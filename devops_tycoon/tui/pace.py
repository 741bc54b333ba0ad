"""The pace of the clock: ticks per second of real time. It never changes an outcome."""

from dataclasses import dataclass, replace

TICKS_PER_SECOND = 10
"""At speed 1."""
FRAMES_PER_SECOND = 4
SPEEDS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Pace:
    """Speed, pause, and the fraction of a tick that is carried over to the next frame."""

    speed: int = 1
    paused: bool = False
    owed: float = 0.0
    label: str = ""
    """How the pace is written when a facilitator sets it."""

    def frame(self) -> tuple[int, "Pace"]:
        """Return the ticks of this frame and the pace with the remaining fraction."""
        if self.paused:
            return 0, self
        due = self.owed + self.speed * TICKS_PER_SECOND / FRAMES_PER_SECOND
        return int(due), replace(self, owed=due - int(due))

    def faster(self) -> "Pace":
        """Return the next higher speed."""
        return replace(self, speed=SPEEDS[min(len(SPEEDS) - 1, SPEEDS.index(self.speed) + 1)])

    def slower(self) -> "Pace":
        """Return the next lower speed."""
        return replace(self, speed=SPEEDS[max(0, SPEEDS.index(self.speed) - 1)])

    def readable(self) -> "Pace":
        """Return the pace at which an incident can be followed."""
        return replace(self, speed=1)
