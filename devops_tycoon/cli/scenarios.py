"""`scenarios`: list what can be played."""

import click

from devops_tycoon.cli.options import json_option
from devops_tycoon.cli.output import print_document


@click.command("scenarios")
@json_option
def command(as_json: bool) -> None:
    """List the scenarios: id, title, kind, minutes, goals."""
    from devops_tycoon.content.campaign import read_campaign
    from devops_tycoon.content.find import find, ids
    from devops_tycoon.content.load import load_rules

    known = [load_rules(name).scenario for name in ids("scenarios")]
    known.sort(key=lambda scenario: (scenario.kind, scenario.number, scenario.id))
    campaigns = [read_campaign(find("campaigns", name)).value for name in ids("campaigns")]
    if as_json:
        print_document(
            [
                {
                    "id": s.id,
                    "title": s.title,
                    "kind": s.kind,
                    "minutes": s.minutes,
                    "goals": [goal.text for goal in s.goals],
                }
                for s in known
            ]
            + [
                {
                    "id": c.id,
                    "title": c.title,
                    "kind": "campaign",
                    "minutes": sum(s.minutes for s in known if s.id in c.acts),
                    "goals": [goal.text for s in known if s.id == c.acts[-1] for goal in s.goals],
                }
                for c in campaigns
            ]
        )
        return
    wide = max(len(s.id) for s in known)
    for s in known:
        click.echo(f"{s.id:{wide}}  {s.title} · {s.kind} · {s.minutes} min")
        for goal in s.goals:
            click.echo(f"{'':{wide}}    {goal.text}")
    for c in campaigns:
        click.echo(f"{c.id:{wide}}  {c.title} · campaign · {', '.join(c.acts)}")
