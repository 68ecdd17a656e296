"""A plan report as an official paper (DOCX, PDF). Thai, whatever the page's language."""

from __future__ import annotations

from collections.abc import Iterable

from sucharit.core import thaidate
from sucharit.core.papers import Block, Centre, Grid, Heading, Item, Paper, Text
from sucharit.core.papers.blocks import in_thai_numerals
from sucharit.plans.engine.report import ActivityRow, ProjectRow, progress_of, standing
from sucharit.plans.indicators import data
from sucharit.plans.reports import words
from sucharit.plans.reports.shapes import Document

ADVICE = "ข้อมูลสังเคราะห์เพื่อการสาธิต มิใช่ผลการดำเนินงานจริง"


def report_paper(document: Document, *, reference: str = "") -> Paper:
    """The report: summary, activities by project, money, indicators, problems and what is done about them."""
    name = document.unit["name_th"]
    title = f"รายงานผลการดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต {words.period_th(document.fiscal_year, document.half)}"
    blocks: list[Block] = [
        Heading(title, 1),
        Centre(name),
        Centre(f"ข้อมูล ณ วันที่ {thaidate.long(words.day(document.until))}"),
    ]
    if document.synthetic:
        blocks.append(Centre(f"({ADVICE})"))
    blocks += summary(document)
    blocks += projects(document.projects)
    blocks += indicators(document)
    blocks += stuck(document)
    blocks += below(document)
    draft = "" if document.complete else "ยังไม่สิ้นสุดรอบรายงาน: ตัวเลขอาจเปลี่ยนแปลง"
    foot = f"จัดทำเมื่อ {thaidate.short(words.day(document.made_on))} {reference}".strip()
    return in_thai_numerals(
        Paper(title=title, blocks=blocks, foot=foot, draft=draft, landscape=True)
    )


def summary(document: Document) -> Iterable[Block]:
    """1. The whole in a few sentences; every number says what it is made of."""
    s = document.summary
    yield Heading("1. สรุปภาพรวม")
    yield Text(
        f"{document.unit['name_th']} มีโครงการ {s.projects} โครงการ กิจกรรม {s.counts.total} กิจกรรม "
        f"แล้วเสร็จ {s.counts.done} เป็นไปตามแผน {s.counts.on_plan} ช้ากว่าแผน {s.counts.behind} "
        f"ยังไม่รายงาน {s.counts.not_reported} ยกเลิก {s.counts.cancelled}"
    )
    reach = (
        "ยังไม่มีกิจกรรมใดรายงานความก้าวหน้า"
        if s.progress.e2 is None
        else f"ความก้าวหน้าถ่วงน้ำหนักร้อยละ {words.percent(s.progress.e2)} "
        f"(จากกิจกรรมที่รายงาน {s.progress.reported} จาก {s.progress.expected})"
    )
    yield Text(reach)
    if s.money.allocated:
        yield Text(
            f"งบประมาณจัดสรร {words.baht(s.money.allocated)} บาท เบิกจ่าย {words.baht(s.money.disbursed)} บาท "
            f"(ร้อยละ {words.percent(s.money.disbursed_e2)}) ก่อหนี้ผูกพันคงเหลือ {words.baht(s.money.committed)} บาท "
            f"รวมใช้จ่ายร้อยละ {words.percent(s.money.spent_e2)}"
        )
    else:
        yield Text("ยังไม่มีการบันทึกงบประมาณที่ได้รับจัดสรร")
    if s.heads_attended is not None:
        yield Text(
            f"ผู้เข้าร่วมกิจกรรม {words.heads(s.heads_attended)} คน (แผน {words.heads(s.heads_planned)} คน)"
        )
    if document.actions.get("all"):
        a = document.actions
        yield Text(
            f"รายการดำเนินการ {a['all']} รายการ ปิดแล้ว {a['accepted']} คงค้าง {a['open']} เกินกำหนด {a['late']}"
        )


def projects(rows: Iterable[ProjectRow]) -> Iterable[Block]:
    """2. Every project with its activities."""
    yield Heading("2. ผลการดำเนินงานรายโครงการ")
    none = True
    for at, project in enumerate(rows, start=1):
        none = False
        reach = progress_of(project.activities)
        yield Grid(
            f"2.{at} {project.title} ({project.owner})",
            ("ที่", "กิจกรรม", "กลุ่มเป้าหมาย", "แผน (ร้อยละ)", "ผล (ร้อยละ)", "สถานะ", "จัดสรร (บาท)", "เบิกจ่าย (บาท)", "ผลที่เกิดขึ้น"),
            [activity(n, row) for n, row in enumerate(project.activities, start=1)],
            frozenset({3, 4, 6, 7}),
            note=" · ".join(
                filter(
                    None,
                    (
                        f"ความก้าวหน้าถ่วงน้ำหนักร้อยละ {words.percent(reach.e2)} (รายงาน {reach.reported}/{reach.expected})",
                        f"สอดคล้องกับ {', '.join(project.aligned)}" if project.aligned else "",
                    ),
                )
            ),
        )  # fmt: skip
    if none:
        yield Text("ยังไม่มีโครงการในแผนของปีงบประมาณนี้")


def activity(n: int, row: ActivityRow) -> list[str]:
    """One line of the table."""
    return [
        str(n),
        row.title,
        words.THAI_GROUP.get(row.group, "–"),
        words.percent(row.planned_e2),
        words.percent(row.progress_e2),
        words.THAI_STANDING[standing(row)],
        words.baht(row.allocated),
        words.baht(row.disbursed),
        row.result or "–",
    ]


def indicators(document: Document) -> Iterable[Block]:
    """3. Indicators: target, actual, attainment in words."""
    if not document.indicators:
        return
    yield Grid(
        "3. ตัวชี้วัด",
        ("ตัวชี้วัด", "หน่วย", "ค่าเป้าหมาย", "ผล", "ร้อยละของเป้าหมาย", "ระดับ", "การตรวจสอบ"),
        [
            [
                i.name_th,
                i.unit_th or "–",
                words.number(i.target_e4, i.decimals),
                words.number(i.value_e4, i.decimals),
                words.percent(i.attainment_e2),
                _level(i.level, document.fiscal_year),
                _checked(i.value_e4, official=i.official),
            ]
            for i in document.indicators
        ],
        frozenset({2, 3, 4}),
    )


def _level(level: int | None, fiscal_year: int) -> str:
    band = data.band_at(level, fiscal_year)
    return band.th if band else words.NO_DATA


def _checked(value: int | None, *, official: bool) -> str:
    if value is None:
        return "–"
    return "ตรวจสอบแล้ว" if official else "รอตรวจสอบ"


def stuck(document: Document) -> Iterable[Block]:
    """4. Problems, and what is done about them."""
    yield Heading("4. ปัญหา อุปสรรค และแนวทางแก้ไข")
    rows = document.summary.stuck
    if not rows:
        yield Text("ไม่มีกิจกรรมที่ช้ากว่าแผนหรือมีปัญหา")
    for at, row in enumerate(rows, start=1):
        how = words.THAI_STANDING[standing(row)]
        yield Item(f"4.{at}", f"{row.title} ({row.owner}): {how}")
        if row.problem:
            yield Item("", f"ปัญหา: {row.problem}", 1)
        if row.solution:
            yield Item("", f"แนวทางแก้ไข: {row.solution}", 1)


def below(document: Document) -> Iterable[Block]:
    """5. Units below."""
    if not document.below:
        return
    note = f"และอีก {document.below_left} หน่วยงาน" if document.below_left else ""
    yield Grid(
        "5. หน่วยงานในสังกัดที่มีแผน",
        ("หน่วยงาน", "กิจกรรม", "รายงานแล้ว", "ความก้าวหน้า (ร้อยละ)", "จัดสรร (บาท)", "เบิกจ่าย (บาท)"),
        [
            [
                b.name_th,
                f"{b.activities:,}",
                f"{b.reported:,}",
                words.percent(b.progress_e2),
                words.baht(b.allocated),
                words.baht(b.disbursed),
            ]
            for b in document.below
        ],
        frozenset({1, 2, 3, 4, 5}),
        note=note,
    )
