"""Which questionnaire a code opens. Unknown and closed are one and the same answer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sucharit.assessments.collect.layout import Layout, read_layout
from sucharit.assessments.engine.instruments import Instrument
from sucharit.assessments.models import Campaign, CollectCode, Framework

if TYPE_CHECKING:
    import datetime as dt

OPEN_SECONDS = 3.0  # how long a process may believe that an open campaign is still open
CODE_LENGTH = 16
_MOST = 4096

_open: dict[str, tuple[float, Opened]] = {}
_forms: dict[tuple[int, str], Questionnaire] = {}


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One instrument version, read once per process."""

    identity: str
    version: int
    kind: str
    document: dict[str, Any]
    instrument: Instrument
    layout: Layout


@dataclass(frozen=True, slots=True)
class Opened:
    """What is needed to know of one unit's questionnaire while it is open."""

    code: str
    campaign_id: int
    campaign_unit_id: int
    unit_id: int
    title: dict[str, str]
    unit: dict[str, str]
    access: str
    synthetic: bool
    first_day: dt.date
    last_day: dt.date
    pair_root: int
    asks_code: bool
    attempts: int
    questionnaire: Questionnaire

    @property
    def keyed(self) -> bool:
        """One-use keys."""
        return self.access == Campaign.Access.ONE_USE_KEYS

    @property
    def signed_in(self) -> bool:
        """Only with an account; then files are taken, too."""
        return self.access == Campaign.Access.SIGNED_IN


def open_campaign(code: str, today: dt.date) -> Opened | None:
    """The open questionnaire of a code; None when there is none or its time is not now.

    Only open ones are remembered: unknown and closed cost the same one query each time. That it is open
    is checked again, inside the transaction, by the gate in ``store``. Small letters will do.
    """
    code = code.upper()
    if len(code) != CODE_LENGTH or not (code.isascii() and code.isalnum()):
        return None
    known = _open.get(code)
    if known is None or known[0] < time.monotonic():
        found = _find(code)
        if found is None:
            _open.pop(code, None)
            return None
        if len(_open) >= _MOST:
            _open.clear()
        _open[code] = (time.monotonic() + OPEN_SECONDS, found)
    else:
        found = known[1]
    return found if found.first_day <= today <= found.last_day else None


def forget() -> None:
    """Empty the memory of this process."""
    _open.clear()
    _forms.clear()


def questionnaire_of(framework_id: int) -> Questionnaire:
    """The questionnaire of a framework row; its document is read once per process."""
    sha256 = Framework.objects.values_list("sha256", flat=True).get(pk=framework_id)
    key = (framework_id, sha256)
    if key not in _forms:
        framework = Framework.objects.get(pk=framework_id)
        if len(_forms) > 200:
            _forms.clear()
        _forms[key] = Questionnaire(
            identity=f"{framework_id}:{sha256}",
            version=framework.version,
            kind=framework.kind,
            document=framework.document,
            instrument=Instrument.from_document(framework.document),
            layout=read_layout(framework.document),
        )
    return _forms[key]


def pair_root(campaign: Campaign) -> int:
    """The first campaign of a chain of pairs: its id goes into the persons' marks."""
    seen = {campaign.pk}
    while campaign.pairs_with is not None and campaign.pairs_with.pk not in seen:
        campaign = campaign.pairs_with
        seen.add(campaign.pk)
    return campaign.pk


def attempts_of(campaign: Campaign) -> int:
    """How often a person may answer (tests with an account); at least once."""
    return max(1, int(campaign.settings.get("attempts") or 1))


def asks_code(campaign: Campaign) -> bool:
    """Whether persons are asked for a code of their own: to pair answers, or to group attempts."""
    return (
        campaign.pairs_with_id is not None
        or bool(campaign.settings.get("own_code"))
        or attempts_of(campaign) > 1
    )


def opened(found: CollectCode) -> Opened:
    """A code's questionnaire, whether it is open or not (previews, sheets, tests)."""
    part = found.campaign_unit
    campaign, unit = part.campaign, part.unit
    return Opened(
        code=found.code,
        campaign_id=campaign.pk,
        campaign_unit_id=part.pk,
        unit_id=unit.pk,
        title={"th": campaign.title_th, "en": campaign.title_en or campaign.title_th},
        unit={"th": unit.name_th, "en": unit.name_en or unit.name_th},
        access=campaign.access,
        synthetic=campaign.synthetic,
        first_day=campaign.opens_on,
        last_day=campaign.closes_on,
        pair_root=pair_root(campaign),
        asks_code=asks_code(campaign),
        attempts=attempts_of(campaign),
        questionnaire=questionnaire_of(campaign.framework_id),
    )


def _find(code: str) -> Opened | None:
    found = (
        CollectCode.objects.filter(code=code)
        .select_related("campaign_unit__unit", "campaign_unit__campaign__pairs_with")
        .first()
    )
    if found is None or found.campaign_unit.campaign.state != Campaign.State.OPEN:
        return None
    return opened(found)
