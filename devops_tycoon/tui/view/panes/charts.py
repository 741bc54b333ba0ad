"""The charts: the four golden signals."""

from typing import ClassVar

from devops_tycoon.tui.view.band import charts
from devops_tycoon.tui.view.panels import Moment, Panel
from devops_tycoon.tui.view.panes.pane import Pane, Region


class ChartsPane(Pane):
    """Traffic, latency, errors and saturation over time."""

    id: ClassVar[str] = "charts"
    key: ClassVar[str] = "4"
    title: ClassVar[str] = "Charts"
    region: ClassVar[Region] = "band"
    widgets: ClassVar[tuple[str, ...]] = ("rate", "p99", "bad", "busiest")
    help: ClassVar[str] = (
        "The four golden signals of the last 300 ticks: traffic, latency (p99), errors, and saturation of the busiest "
        "service. The dashed line is 80% utilisation: above it, queueing delay grows steeply."
    )
    style: ClassVar[str] = """
        PlayScreen #rate, PlayScreen #p99, PlayScreen #bad, PlayScreen #busiest { width: 1fr; }
        PlayScreen.-narrow.-pane-charts #band { layout: grid; grid-size: 2 2; }
        PlayScreen.-narrow.-pane-charts #rate, PlayScreen.-narrow.-pane-charts #p99,
        PlayScreen.-narrow.-pane-charts #bad, PlayScreen.-narrow.-pane-charts #busiest {
            border: round $secondary; border-title-color: $foreground;
        }
        .-ascii PlayScreen.-narrow.-pane-charts #rate, .-ascii PlayScreen.-narrow.-pane-charts #p99,
        .-ascii PlayScreen.-narrow.-pane-charts #bad, .-ascii PlayScreen.-narrow.-pane-charts #busiest {
            border: ascii $accent;
        }
    """

    @classmethod
    def panels(cls, now: Moment) -> tuple[Panel, ...]:
        """Return the four charts."""
        world, rules = now.session.seen, now.session.rules
        return tuple(
            Panel(chart.id, lambda w, h, rows=chart.rows: rows(w, h, now.glyphs), chart.title, chart.now)  # type: ignore[misc]
            for chart in charts(now.history, world, rules.scenario.tick_s)
        )
