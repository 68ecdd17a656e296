"""Signals as their readers see them."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from sucharit.assessments.models import QualityReview, QualityRun, QualitySignal, Round


def signals_of(user: Any, round_: Round) -> QuerySet[QualitySignal]:
    """The current run's signals in the reader's scope, each with its newest finding.

    Those that ask for a look come first, then the greater measure.
    """
    newest = QualityReview.objects.filter(
        participation=OuterRef("participation"),
        instrument=OuterRef("instrument"),
        code=OuterRef("code"),
    ).order_by("-at", "-pk")
    return (
        QualitySignal.objects.current()
        .visible_to(user)
        .filter(run__round=round_)
        .annotate(
            finding=Subquery(newest.values("finding")[:1]),
            quiet=ExpressionWrapper(~Q(status="triggered"), output_field=BooleanField()),
        )
        .select_related("participation__unit", "participation__round", "run")
        .order_by("quiet", "-order", "participation__unit__sort_key", "instrument", "code")
    )


def reviews_of(signal: QualitySignal) -> QuerySet[QualityReview]:
    """All findings about the same unit, instrument and signal, newest first."""
    return QualityReview.objects.filter(
        participation=signal.participation_id, instrument=signal.instrument, code=signal.code
    ).select_related("by")


def current_run(round_: Round) -> QualityRun | None:
    """The run that holds."""
    return QualityRun.objects.filter(round=round_, current=True).first()
