"""The codebook of a round's answers, from its framework and the counts of the file."""

from __future__ import annotations

import datetime as dt

from sucharit.assessments.engine import codebook
from sucharit.assessments.engine.codebook import Codebook, Study, Texts, Variable, counted
from sucharit.assessments.reports.responses import Extract

NO_ANSWER = ""  # how an unanswered question stands in the file


def codebook_of(found: Extract, made: dt.date) -> Codebook:
    """What each column means, how often each code occurs, and what was left out."""
    round_, edition = found.round, found.edition
    study = Study(
        id=f"sucharit-round-{round_.pk}",
        title={"th": round_.title_th, "en": round_.title_en or round_.title_th},
        producer=round_.owner.name_th,
        made=made.isoformat(),
        collected=(round_.surveys_from.isoformat(), round_.surveys_to.isoformat()),
        abstract={
            "th": f"คำตอบแบบสำรวจ {edition.title.th} ปีงบประมาณ พ.ศ. {round_.fiscal_year}",
            "en": f"Survey answers, {edition.title.en}, fiscal year {round_.fiscal_year} BE",
        },
        universe={
            "th": "ผู้ตอบแบบสำรวจของหน่วยงานที่เข้าร่วมรอบการประเมิน",
            "en": "Respondents of the units that take part in the round",
        },
        mode={
            "th": "แบบสำรวจออนไลน์และแบบกระดาษ ไม่ระบุตัวผู้ตอบ",
            "en": "Self-administered online or on paper, anonymous",
        },
        notes=tuple(_notes(found)),
        version=f"{edition.code} v{edition.version} (verified: {'yes' if edition.verified else 'no'})",
    )
    return Codebook(
        study, f"responses-{round_.pk}.csv", found.sheets, (*_head(found), *_questions(found))
    )


def _notes(found: Extract) -> list[Texts]:
    least = found.round.min_report_n
    units, sheets = len(found.left_out), sum(found.left_out.values())
    # How many sheets lie in one or two surveys would tell a small count itself.
    several = units > 2
    thai = f" รวม {sheets} ชุด" if several else ""
    english = f", {sheets} sheets in all" if several else ""
    notes: list[Texts] = [
        {
            "th": f"ไม่รวมแบบสำรวจของหน่วยงานที่มีผู้ตอบ (ทั้งชุด ส่วนใดส่วนหนึ่ง หรือข้อใดข้อหนึ่ง) "
            f"น้อยกว่า {least} คน: {units} แบบสำรวจ{thai}",
            "en": f"Left out: surveys of units with fewer than {least} answers (to the survey, a part or "
            f"a question): {units} surveys{english}",
        },
        {
            "th": "แถวเรียงตามรหัสสุ่ม ไม่มีรหัสผู้ตอบ วัน หรือสัปดาห์ "
            "ช่องว่างในข้อของแบบสำรวจอื่นแปลว่าไม่ได้ถาม ช่องว่างในข้อของแบบสำรวจเดียวกันแปลว่าไม่ตอบ",
            "en": "Rows stand in the order of random ids; no respondent, day or week. "
            "An empty cell under another survey's question: not asked; under the survey's own: not answered",
        },
    ]
    if found.round.synthetic:
        notes.append({"th": "ข้อมูลสังเคราะห์เพื่อสาธิต", "en": "Synthetic data for demonstration"})
    return notes


def _head(found: Extract) -> list[Variable]:
    kept = {code for _participation, code in found.kept}
    surveys = {
        i.code: {"th": i.title.th, "en": i.title.en}
        for i in found.edition.instruments
        if i.code in kept
    }
    by_survey = {
        code: sum(n for (_p, own), n in found.kept.items() if own == code) for code in surveys
    }
    return [
        *codebook.variables_of([("unit", {"th": "รหัสหน่วยงาน", "en": "Code of the unit"})]),
        Variable(
            "instrument",
            {"th": "แบบสำรวจ", "en": "Survey"},
            categories=counted(surveys, by_survey, found.round.min_report_n),
        ),
        *codebook.variables_of(
            [
                (
                    "part",
                    {
                        "th": "ส่วนของแบบสำรวจ (ผู้เก็บข้อมูล)",
                        "en": "Part of the survey (who collected it)",
                    },
                )
            ]
        ),
    ]


def _questions(found: Extract) -> list[Variable]:
    made = []
    for survey in found.surveys:
        instrument = found.edition.instrument[survey]
        asked: Texts = {
            "th": f"ผู้ตอบ {survey} {instrument.title.th}",
            "en": f"Respondents of {survey}, {instrument.title.en}",
        }
        place = 0
        for item in found.edition.items_of(survey):
            for question in item.subquestions:
                row = found.counts[survey][place].tolist()
                options = question.scale.options
                labels = {str(o.code): {"th": o.label.th, "en": o.label.en} for o in options}
                counts = {str(o.code): row[at] for at, o in enumerate(options)}
                labels[NO_ANSWER] = {"th": "ไม่ตอบ", "en": "No answer"}
                counts[NO_ANSWER] = row[-1]
                made.append(
                    Variable(
                        question.code,
                        {"th": item.title.th, "en": item.title.en},
                        {"th": question.text.th, "en": question.text.en},
                        asked,
                        counted(labels, counts, found.round.min_report_n, NO_ANSWER),
                    )
                )
                place += 1
    return made
