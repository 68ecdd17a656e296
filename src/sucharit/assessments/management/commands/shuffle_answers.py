"""Mix what surveys have taken in: its order tells nothing then. For a timer, a few times a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.assessments.collect import closing as collecting
from sucharit.assessments.intake import closing
from sucharit.assessments.models import Campaign, Round
from sucharit.core.actors import System


class Command(BaseCommand):
    help = (
        "Write the answers and used keys of open rounds and campaigns anew, in the order of their random keys, "
        "and give the tables a fresh file. While one is open on PostgreSQL the order of "
        "arrival is in the tables; the shorter ago this ran, the less of it. On SQLite only the "
        "file is rewritten. Answers may come in meanwhile; see docs/anonymity.md."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        actor = System("shuffle-answers")
        rounds = Round.objects.filter(state=Round.State.OPEN)
        for round_ in rounds:
            closing.shuffle(actor=actor, round=round_)
        campaigns = Campaign.objects.filter(state=Campaign.State.OPEN, mode=Campaign.Mode.PEOPLE)
        for campaign in campaigns:
            collecting.shuffle(actor=actor, campaign=campaign)
        if not closing.clear_deleted():
            raise CommandError("The tables could not be rewritten now; try again when it is quiet.")
        self.stdout.write(
            f"{len(rounds)} open rounds and {len(campaigns)} campaigns mixed, tables rewritten"
        )
