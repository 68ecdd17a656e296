"""A seminar of fiscal year 2567 with tests before and after it and its evaluation, and an evaluation open now.

Every sheet goes in through the service respondents use, on a day of the campaign. Who takes part, how
well they do and what they write is invented; ``_HARD``, ``_LEARNT`` and ``_SATISFIED`` say how.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from sucharit.assessments.collect import campaigns, openings
from sucharit.assessments.collect.services import submit_response
from sucharit.assessments.models import Campaign, Framework
from sucharit.core.actors import System
from sucharit.orgs.models import Unit

SEED = 2567
TEST, EVALUATION = "seminar.integrity-test", "seminar.evaluation"
# unit → who took both tests, who only came to the first, who only came to the second
TAKERS = {"th-38": (34, 2, 1), "th-66": (31, 1, 1), "moi-cdd": (29, 2, 0), "moi-pea": (26, 1, 1)}
EVALUATED = {"th-38": 33, "th-66": 27, "moi-cdd": 28, "moi-pea": 24, "th-95": 9, "moi-mwa": 9}
OPEN_NOW = {"th-38": 12, "th-66": 8, "moi-cdd": 9, "moi-pea": 7}
_HARD = 0.52  # share of right answers before the seminar, over questions and people
_LEARNT = 0.55  # share of what somebody got wrong before that is right afterwards
_ENOUGH = "60"  # percent to pass a test
_SATISFIED = 0.83  # mean level of an answer, 0 to 1

_ROLES = {"moi-cdd": "central", "moi-pea": "enterprise", "moi-mwa": "enterprise"}
_SUGGESTIONS = (
    "ควรเพิ่มเวลาฝึกปฏิบัติการจัดทำข้อมูล OIT ให้มากขึ้น",
    "อยากให้มีตัวอย่างหน่วยงานที่ได้คะแนนสูงมาแลกเปลี่ยนวิธีทำงาน",
    "ควรจัดก่อนเริ่มปีงบประมาณ เพื่อให้วางแผนได้ทัน",
    "เอกสารประกอบดีมาก ขอเป็นไฟล์ให้ดาวน์โหลดล่วงหน้า",
    "ควรมีช่องทางถามตอบหลังการสัมมนา",
    "ขอให้จัดในภูมิภาคหรือถ่ายทอดสด เพื่อให้อำเภอเข้าร่วมได้",
    "หัวข้อจัดซื้อจัดจ้างควรแยกเป็นครึ่งวัน",
    "อยากให้อธิบายวิธีเก็บหลักฐานให้ใช้ได้หลายปี",
    "ควรมีแบบตรวจสอบสั้น ๆ ให้ใช้ก่อนส่งข้อมูล",
    "ห้องค่อนข้างแออัด ควรใช้สถานที่กว้างกว่านี้",
    "วิทยากรยกตัวอย่างใกล้ตัว เข้าใจง่าย",
    "ควรเชิญหน่วยงานตรวจสอบมาร่วมตอบข้อซักถาม",
)
_WHY_LOW = (
    "ยังขาดบุคลากรที่ดูแลเว็บไซต์โดยตรง",
    "งานประจำมาก ไม่มีเวลาจัดเก็บหลักฐานให้ครบ",
    "ต้องรอนโยบายจากผู้บริหารก่อน",
)
Form = dict[str, list[str]]


@dataclass(frozen=True)
class Plan:
    """One campaign: its instrument, names, days, and how many sheets each unit is asked for."""

    code: str
    title_th: str
    title_en: str
    fiscal_year: int
    first: dt.date
    last: dt.date
    expected: Mapping[str, int]
    setting: openings.SetUp


def make_seminar(actor: System) -> int:
    """The seminar of 2567: pre-test, post-test paired with it, evaluation, all final; gives how many sheets."""
    if _there(TEST, 2567):
        return 0
    enrolled = {code: sum(n) for code, n in TAKERS.items()}
    link, day = Campaign.Access.OPEN_LINK, dt.date(2024, 6, 10)
    name = ("การสัมมนาคุณธรรมและความโปร่งใส 2567", "Integrity seminar 2567")
    with transaction.atomic():
        test = openings.SetUp(access=link, own_code=True, pass_mark=_ENOUGH)
        plan = Plan(
            TEST, f"แบบทดสอบก่อน{name[0]}", f"{name[1]}: test before", 2567, day, day, enrolled, test
        )  # fmt: skip
        before = _make(actor, plan)
        done = _fill(before, day, lambda unit, rng: _tests(before, unit, rng, after=False))
        _finish(actor, before)
        test = openings.SetUp(access=link, own_code=True, pass_mark=_ENOUGH, pairs_with=before)
        plan = Plan(
            TEST, f"แบบทดสอบหลัง{name[0]}", f"{name[1]}: test after", 2567, day + dt.timedelta(3),
            day + dt.timedelta(4), enrolled, test,
        )  # fmt: skip
        after = _make(actor, plan)
        done += _fill(after, plan.first, lambda unit, rng: _tests(after, unit, rng, after=True))
        _finish(actor, after)
        plan = Plan(
            EVALUATION, f"แบบประเมิน{name[0]}", f"{name[1]}: evaluation", 2567, day + dt.timedelta(3),
            day + dt.timedelta(14), {u: n + 3 for u, n in EVALUATED.items()}, openings.SetUp(access=link),
        )  # fmt: skip
        evaluation = _make(actor, plan)
        done += _fill(evaluation, plan.first, lambda unit, rng: _sheets(unit, EVALUATED[unit], rng))
        _finish(actor, evaluation)
    return done


def make_open_evaluation(actor: System, today: dt.date, fiscal_year: int) -> int:
    """An evaluation that takes answers today by its open link, with some sheets in; gives how many."""
    if _there(EVALUATION, fiscal_year):
        return 0
    with transaction.atomic():
        plan = Plan(
            EVALUATION, f"แบบประเมินการอบรมผู้ประสานงาน ITA ปีงบประมาณ {fiscal_year}",
            f"Training of ITA coordinators, fiscal year {fiscal_year}: evaluation",
            fiscal_year, today - dt.timedelta(weeks=1), today + dt.timedelta(weeks=6),
            dict.fromkeys(OPEN_NOW, 40), openings.SetUp(access=Campaign.Access.OPEN_LINK),
        )  # fmt: skip
        made = _make(actor, plan)
        return _fill(made, today, lambda unit, rng: _sheets(unit, OPEN_NOW[unit], rng))


def _there(code: str, fiscal_year: int) -> bool:
    rows = Campaign.objects.filter(framework__code=code, fiscal_year=fiscal_year)
    return rows.filter(synthetic=True).exists()


def _make(actor: System, plan: Plan) -> Campaign:
    framework = Framework.objects.filter(code=plan.code).order_by("-version").first()
    assert framework is not None, "load instruments first"
    made = campaigns.create_campaign(
        actor=actor, framework=framework, owner=Unit.objects.get(code="moi"), mode=Campaign.Mode.PEOPLE,
        fiscal_year=plan.fiscal_year, title_th=plan.title_th, title_en=plan.title_en,
        opens_on=plan.first, closes_on=plan.last, units=Unit.objects.filter(code__in=plan.expected),
        synthetic=True,
    )  # fmt: skip
    openings.set_up(actor=actor, campaign=made, plan=plan.setting)
    made = campaigns.open_campaign(actor=actor, campaign=made)
    for part in made.units.select_related("unit", "campaign"):
        n = plan.expected[part.unit.code]
        openings.set_expected(actor=actor, campaign_unit=part, expected=n, cap=2 * n)
    return made


def _fill(
    campaign: Campaign, day: dt.date, sheets: Callable[[str, np.random.Generator], Sequence[Form]]
) -> int:
    """Hand in the sheets of every unit as its respondents would; gives how many."""
    done = 0
    for part in campaign.units.select_related("unit", "collect_code").order_by("unit__code"):
        code = part.unit.code
        seed = [SEED, campaign.fiscal_year, *code.encode()]
        own = np.random.default_rng([*seed, *campaign.title_en.encode()])
        # A person does both tests of a pair alike: the same draws for both.
        for sheet in sheets(code, np.random.default_rng(seed)):
            form = {**sheet, "~submission": [own.bytes(16).hex()]}
            submit_response(code=part.collect_code.code, form=form, today=day)
            done += 1
    return done


def _finish(actor: System, campaign: Campaign) -> None:
    campaigns.close_campaign(actor=actor, campaign=campaign)
    campaigns.finalise_campaign(actor=actor, campaign=campaign)


def _tests(campaign: Campaign, unit: str, rng: np.random.Generator, *, after: bool) -> list[Form]:
    """Sheets of one of the two tests. Whoever knew an answer before knows it afterwards."""
    items = [i for i in campaign.framework.document["items"] if i.get("correct")]
    scales = campaign.framework.document["scales"]
    both, first_only, second_only = TAKERS[unit]
    easy = np.random.default_rng(SEED).normal(_HARD, 0.14, len(items))  # the same in every unit
    made = []
    for person in range(both + first_only + second_only):
        able = rng.normal(0, 0.2)
        sheet: Form = {"~code": [f"{unit.replace('-', '')}p{person:03}"]}
        for item, level in zip(items, easy, strict=True):
            luck, learns, wrong = rng.random(), rng.random(), rng.random()
            knows = luck < np.clip(level + able, 0.1, 0.95) or (after and learns < _LEARNT)
            options = [o["code"] for o in scales[item["scale"]]["options"]]
            sheet[item["id"]] = item["correct"] if knows else _slip(item, options, wrong)
        in_first, in_second = person < both + first_only, not both <= person < both + first_only
        if in_second if after else in_first:
            made.append(sheet)
    return made


def _slip(item: Mapping[str, Sequence[str]], options: Sequence[str], draw: float) -> list[str]:
    """A wrong answer: another option, or of several right ones not all."""
    right = item["correct"]
    if len(right) > 1:
        left_out = int(draw * len(right))
        return [code for place, code in enumerate(right) if place != left_out]
    others = [code for code in options if code not in right]
    return [others[int(draw * len(others))]]


def _sheets(unit: str, n: int, rng: np.random.Generator) -> list[Form]:
    """Sheets of the evaluation; every other one says something in words."""
    questions = ("c1", "c2", "c3", "w1", "w2", "g1", "g2", "u1", "u2")
    made = []
    for _person in range(n):
        mood = rng.normal(_SATISFIED, 0.12)
        sheet: Form = {"role": [_ROLES.get(unit, "province")]}
        for question in questions:
            level = np.clip(mood - (0.06 if question in {"g2", "u1"} else 0), 0.1, 0.98)
            sheet[question] = [str(1 + rng.binomial(4, level))]
        if rng.random() < 0.03:
            sheet["c3"] = ["na"]
        if sheet["u1"][0] in {"1", "2"}:
            sheet["why_low"] = [_WHY_LOW[rng.integers(len(_WHY_LOW))]]
        if rng.random() < 0.5:
            sheet["suggestion"] = [_SUGGESTIONS[rng.integers(len(_SUGGESTIONS))]]
        made.append(sheet)
    return made
