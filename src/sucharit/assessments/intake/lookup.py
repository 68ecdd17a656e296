"""Which survey a code opens. Unknown and closed are one and the same answer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from sucharit.assessments.intake.questions import Questionnaire, questionnaire
from sucharit.assessments.models import Framework, Participation, ResponseCounter, Round

if TYPE_CHECKING:
    import datetime as dt

OPEN_SECONDS = 3.0  # how long a process may believe that an open survey is still open
CODE_LENGTH = 16
_MOST = 4096

_open: dict[str, tuple[float, Survey]] = {}
_questionnaires: dict[tuple[int, str, str], Questionnaire] = {}


@dataclass(frozen=True, slots=True)
class Survey:
    """What intake needs to know of one unit's survey."""

    code: str
    participation_id: int
    part: str
    framework_version: int
    title: dict[str, str]
    unit: dict[str, str]
    keyed: bool  # one-use keys, else an open link
    synthetic: bool
    first_day: dt.date
    last_day: dt.date
    questionnaire: Questionnaire

    @property
    def instrument(self) -> str:
        """IIT or EIT."""
        return self.questionnaire.instrument


def open_survey(code: str, today: dt.date) -> Survey | None:
    """The open survey of a code; None when there is none or its time is not now.

    Only open surveys are remembered: an unknown code and that of a closed survey cost the same one
    query each time, so the answer's time tells nothing. That it is open is checked again, inside
    the transaction, by the gate in ``services``. Small letters will do: codes are typed from paper.
    """
    code = code.upper()
    if len(code) != CODE_LENGTH or not (code.isascii() and code.isalnum()):
        return None  # no code of ours, and nothing to hide about it
    known = _open.get(code)
    if known is None or known[0] < time.monotonic():
        survey = _find(code)
        if survey is None:
            _open.pop(code, None)
            return None
        if len(_open) >= _MOST:
            _open.clear()
        _open[code] = (time.monotonic() + OPEN_SECONDS, survey)
    else:
        survey = known[1]
    return survey if survey.first_day <= today <= survey.last_day else None


def forget() -> None:
    """Empty the memory of this process."""
    _open.clear()
    _questionnaires.clear()


def _closed(instrument: str) -> Exists:
    counters = ResponseCounter.objects.filter(participation=OuterRef("pk"), instrument=instrument)
    return Exists(counters.filter(part="1", closed=True))


def _find(code: str) -> Survey | None:
    found = (
        Participation.objects.filter(Q(iit_code=code) | Q(eit_code=code))
        .annotate(closed_IIT=_closed("IIT"), closed_EIT=_closed("EIT"))
        .select_related("unit", "round")
        .first()
    )
    if found is None or found.round.state != Round.State.OPEN:
        return None
    instrument = "IIT" if found.iit_code == code else "EIT"
    return None if getattr(found, f"closed_{instrument}") else _survey(found, code, instrument)


def _survey(found: Participation, code: str, instrument: str) -> Survey | None:
    round_, unit = found.round, found.unit
    version, sha256 = Framework.objects.values_list("version", "sha256").get(pk=round_.framework_id)
    questions = questions_of(round_.framework_id, sha256, instrument)
    if questions is None:
        return None
    return Survey(
        code=code,
        participation_id=found.pk,
        part="1",
        framework_version=version,
        title={"th": round_.title_th, "en": round_.title_en or round_.title_th},
        unit={"th": unit.name_th, "en": unit.name_en or unit.name_th},
        keyed=round_.access == Round.Access.ONE_USE_KEYS,
        synthetic=round_.synthetic,
        first_day=round_.surveys_from,
        last_day=round_.surveys_to,
        questionnaire=questions,
    )


def questions_of(framework_id: int, sha256: str, instrument: str) -> Questionnaire | None:
    """The questions of a framework's instrument, read once per process; None when it has none."""
    key = (framework_id, sha256, instrument)
    if key not in _questionnaires:
        document = Framework.objects.values_list("document", flat=True).get(pk=framework_id)
        try:
            made = questionnaire(document, instrument, f"{framework_id}:{sha256}")
        except ValueError:
            return None
        _questionnaires[key] = made
    return _questionnaires[key]
