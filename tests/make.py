"""Plain makers of test objects; each gives a saved object and invents the least."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from sucharit.orgs.models import RoleAssignment, Unit, User

_n = itertools.count(1)


def unit(
    code: str = "", *, parent: Unit | None = None, kind: str = "department", **fields: Any
) -> Unit:
    """A unit, root or under ``parent``."""
    code = code or f"u{next(_n)}"
    fields.setdefault("name_th", f"หน่วยงาน {code}")
    fields.setdefault("sort_key", fields["name_th"])
    if parent is None:
        return Unit.objects.add_root(instance=Unit(code=code, kind=kind, **fields))
    parent.refresh_from_db()
    return Unit.objects.add_child(parent, instance=Unit(code=code, kind=kind, **fields))


def ministry() -> dict[str, Unit]:
    """A small ministry: moi → two departments, two provinces → one district each."""
    moi = unit("moi", kind="ministry", name_th="กระทรวงทดสอบ")
    cdd = unit("moi-cdd", parent=moi, kind="department", name_th="กรมการพัฒนา")
    dol = unit("moi-dol", parent=moi, kind="department", name_th="กรมที่ดินทดสอบ")
    p38 = unit("th-38", parent=moi, kind="province", name_th="จังหวัดบึงกาฬ")
    p66 = unit("th-66", parent=moi, kind="province", name_th="จังหวัดพิจิตร")
    d3801 = unit("th-3801", parent=p38, kind="district", name_th="อำเภอเมืองบึงกาฬ")
    d6601 = unit("th-6601", parent=p66, kind="district", name_th="อำเภอเมืองพิจิตร")
    made = {u.code: u for u in (moi, cdd, dol, p38, p66, d3801, d6601)}
    for u in made.values():
        u.refresh_from_db()
    return made


def user(
    role: str | None = None, unit: Unit | None = None, *, username: str = "", **fields: Any
) -> User:
    """An account; with ``role`` and ``unit`` it holds that role there."""
    made = User.objects.create_user(
        username=username or f"user{next(_n)}", password="correct horse battery", **fields
    )
    if role:
        assert unit is not None, "a role is given at a unit"
        RoleAssignment.objects.create(user=made, role=role, unit=unit)
    return made


def day(text: str) -> dt.date:
    """A date from its ISO text."""
    return dt.date.fromisoformat(text)


def framework(code: str = "ita-2567") -> Any:
    """A bundled framework as loaded (straight from its file, without the service's checks)."""
    from sucharit.assessments import library
    from sucharit.assessments.models import Framework

    found = library.load(code)
    document = found.document
    return Framework.objects.create(
        code=found.id,
        version=int(found.version),
        fiscal_year=int(document["fiscal_year"]),
        kind=document["kind"],
        title_th=document["title"]["th"],
        title_en=document["title"]["en"],
        document=document,
        sha256=found.sha256,
    )


def round_(
    units: list[Unit],
    *,
    owner: Unit,
    state: str = "open",
    framework_: Any = None,
    today: dt.date | None = None,
    **fields: Any,
) -> Any:
    """A round around ``today`` in which the units take part."""
    from sucharit.assessments.models import Participation, Round
    from sucharit.core import clock

    today = today or clock.today()
    week = dt.timedelta(weeks=1)
    made = Round.objects.create(
        **{
            "framework": framework_ or framework(),
            "owner": owner,
            "fiscal_year": 2567,
            "title_th": "รอบทดสอบ",
            "title_en": "Test round",
            "state": state,
            "surveys_from": today - week,
            "surveys_to": today + week,
            "oit_from": today - week,
            "oit_to": today + week,
            "review_to": today + 2 * week,
            "objection_from": today + 2 * week,
            "objection_to": today + 3 * week,
            "tree_date": today,
        }
        | fields
    )
    for unit in units:
        Participation.objects.create(
            round=made, unit=unit, staff_count=40, public_count=300, counted_on=today
        )
    return made


def answers(
    participation: Any, instrument: str, packed: bytes, *, times: int = 1, part: str = "1"
) -> None:
    """``times`` stored answers with the same packed bytes."""
    import uuid

    from sucharit.assessments.models import SurveyResponse

    SurveyResponse.objects.bulk_create(
        SurveyResponse(
            id=uuid.uuid4(),
            participation=participation,
            instrument=instrument,
            part=part,
            framework_version=1,
            answers=packed,
            day=participation.round.surveys_from,
            resend_hash=uuid.uuid4().hex * 2,
        )
        for _ in range(times)
    )
