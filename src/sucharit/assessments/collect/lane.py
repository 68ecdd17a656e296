"""The anonymous questionnaires (``/q/…``) past the whole stack, as ITA's survey pages are."""

from __future__ import annotations

from sucharit.core.middleware import SurveyFastLane


class CollectLane(SurveyFastLane):
    """No session, no cookie, no account, no log line; see ``SurveyFastLane``."""

    prefix = "/q/"
