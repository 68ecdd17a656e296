"""Background jobs of the evidence library: a line or two each."""

from __future__ import annotations

from django_tasks import task

from sucharit.assessments.models import Participation
from sucharit.assessments.proof.services import visiting
from sucharit.core.actors import System

FETCHER = System("link-fetcher")


def _held(participation_id: int) -> Participation:
    return Participation.objects.select_related("unit", "round").get(pk=participation_id)


@task()
def keep_copies(participation_id: int) -> int:
    """Keep copies of a frozen self-report's pages; gives how many links were looked at."""
    return len(visiting.keep_copies(actor=FETCHER, participation=_held(participation_id)))


@task()
def check_links(participation_id: int) -> int:
    """Look at the links of a draft; gives how many."""
    return len(visiting.check_links(actor=FETCHER, participation=_held(participation_id)))
