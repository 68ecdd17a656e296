"""The three papers of a meeting as blocks. Layout and wording by custom, from memory: not verified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sucharit.committees.documents.facts import Came, Decided, MeetingFacts, Point
from sucharit.core import thaidate
from sucharit.core.papers import (
    Block,
    Centre,
    Heading,
    Item,
    Labelled,
    Paper,
    Right,
    Signature,
    Split,
    Text,
)
from sucharit.core.papers.blocks import in_thai_numerals

DOTS = "." * 30
SEALED = "(เรื่องลับ เฉพาะฝ่ายเลขานุการ)"


def invitation(m: MeetingFacts) -> Paper:
    """หนังสือเชิญประชุม: number, office, day, subject, to, enclosures, when and where, signature."""
    name = f"ขอเชิญประชุม{m.committee} ครั้งที่ {m.number}"
    enclosed = ["1. ระเบียบวาระการประชุม  จำนวน 1 ฉบับ"]
    if any(p.papers for s in m.sections for p in s.points if not p.sealed):
        enclosed.append("2. เอกสารประกอบการประชุม  จำนวน 1 ชุด")
    where = f" ณ {m.venue}" if m.venue else ""
    online = f" และผ่านสื่ออิเล็กทรอนิกส์ทาง {m.online}" if m.online else ""
    blocks: list[Block] = [
        Split(f"ที่ {m.letter_no or DOTS}", m.unit),
        Right([thaidate.long(m.letter_on) if m.letter_on else DOTS]),
        Labelled("เรื่อง", [name]),
        Labelled("เรียน", ["กรรมการทุกท่าน (ตามรายชื่อแนบท้าย)"]),
        Labelled("สิ่งที่ส่งมาด้วย", enclosed),
        Text(
            f"ด้วย{m.unit} กำหนดจัดการประชุม{m.committee} ครั้งที่ {m.number} "
            f"ใน{weekday(m.starts_at)}ที่ {thaidate.long(m.starts_at.date())} "
            f"เวลา {clock_time(m.starts_at)}{until(m)}{where}{online} "
            "โดยมีระเบียบวาระการประชุมตามสิ่งที่ส่งมาด้วย"
        ),
        Text("จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว"),
        Signature(m.chair, m.chair_post, closing="ขอแสดงความนับถือ"),
        Heading("รายชื่อแนบท้าย"),
        *people(m.invited, with_role=True),
    ]
    return in_thai_numerals(Paper(title=name, blocks=blocks, contact=[m.unit]))


def agenda(m: MeetingFacts) -> Paper:
    """ระเบียบวาระการประชุม: the five sections with their items."""
    title = f"ระเบียบวาระการประชุม{m.committee} ครั้งที่ {m.number}"
    blocks: list[Block] = [*head("ระเบียบวาระการประชุม", m)]
    for section in m.sections:
        blocks.append(Heading(f"ระเบียบวาระที่ {section.number}  {section.title}"))
        if not section.points:
            blocks.append(Item("", "– ไม่มี –"))
        for point in section.points:
            blocks += planned(point)
    return in_thai_numerals(Paper(title=title, blocks=blocks))


def planned(point: Point) -> Iterable[Block]:
    """An item before the meeting."""
    if point.sealed:
        yield Item(point.number, SEALED)
        return
    yield Item(point.number, point.title)
    if point.presenter:
        yield Item("", f"ผู้นำเสนอ: {point.presenter}", 0)
    if point.body:
        yield Text(point.body)
    for at, paper in enumerate(point.papers, start=1):
        yield Item(f"({at})", f"เอกสาร: {paper}", 1)


def minutes(m: MeetingFacts) -> Paper:
    """รายงานการประชุม: who came and who did not and why, what was said, what was resolved."""
    title = f"รายงานการประชุม{m.committee} ครั้งที่ {m.number}"
    blocks: list[Block] = [*head("รายงานการประชุม", m), Heading("ผู้มาประชุม")]
    blocks += people(m.present, with_role=True) or [Item("", "– ไม่มี –")]
    blocks.append(Heading("ผู้ไม่มาประชุม (เนื่องจาก)"))
    blocks += people(m.absent, with_reason=True) or [Item("", "– ไม่มี –")]
    blocks.append(Heading("ผู้เข้าร่วมประชุม"))
    blocks += people(m.guests) or [Item("", "– ไม่มี –")]
    if m.opened_at:
        blocks.append(Text(f"เริ่มประชุมเวลา {clock_time(m.opened_at)}", indent=False))
    for section in m.sections:
        blocks.append(Heading(f"ระเบียบวาระที่ {section.number}  {section.title}"))
        if not section.points:
            blocks.append(Item("", "– ไม่มี –"))
        for point in section.points:
            blocks += told(point)
    if m.closed_at:
        blocks.append(Text(f"เลิกประชุมเวลา {clock_time(m.closed_at)}", indent=False))
    blocks.append(Signature(m.taker, role="ผู้จดรายงานการประชุม"))
    blocks.append(Signature(m.checker, role="ผู้ตรวจรายงานการประชุม"))
    draft = "" if m.final else "ร่างรายงานการประชุม ยังไม่ได้รับการรับรอง"
    return in_thai_numerals(Paper(title=title, blocks=blocks, draft=draft))


def told(point: Point) -> Iterable[Block]:
    """An item after the meeting."""
    if point.sealed:
        yield Item(point.number, SEALED)
        return
    yield Item(point.number, point.title, strong=True)
    for text in (point.body, point.discussion):
        if text:
            yield Text(text)
    for name in point.aside:
        yield Text(f"{name} ไม่ได้ร่วมพิจารณาในระเบียบวาระนี้")
    for decision in point.decided:
        yield from resolved(decision)


def resolved(decision: Decided) -> Iterable[Block]:
    """มติที่ประชุม with what follows from it."""
    yield Labelled("มติที่ประชุม", [f"{decision.kind}  {decision.text}".strip()])
    if decision.votes is not None:
        yes, no, none = decision.votes
        yield Item("", f"เห็นด้วย {yes} เสียง ไม่เห็นด้วย {no} เสียง งดออกเสียง {none} เสียง", 1)
    for at, task in enumerate(decision.tasks, start=1):
        yield Item(f"({at})", f"มอบหมาย {task}", 1)


def head(what: str, m: MeetingFacts) -> list[Block]:
    """The lines on top of an agenda and of minutes."""
    where = [Centre(f"ณ {m.venue}")] if m.venue else []
    return [
        Heading(what, 1),
        Centre(m.committee),
        Centre(f"ครั้งที่ {m.number}"),
        Centre(
            f"{weekday(m.starts_at)}ที่ {thaidate.long(m.starts_at.date())} "
            f"เวลา {clock_time(m.starts_at)}{until(m)}"
        ),
        *where,
        Centre("-" * 36),
    ]


def people(
    came: Iterable[Came], *, with_role: bool = False, with_reason: bool = False
) -> list[Block]:
    """A numbered list of people: name, post (and who came instead), role or reason at the side."""
    rows: list[Block] = []
    for at, person in enumerate(came, start=1):
        aside = person.role if with_role else (person.reason if with_reason else "")
        post = person.position
        if person.instead:
            post = f"{post} (แทนโดย {person.instead})"
        name = "  ".join(filter(None, (person.name, post)))
        rows.append(Item(f"{at}.", name, aside=aside))
    return rows


def weekday(at: dt.datetime) -> str:
    """วันจันทร์ …"""
    names = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
    return "วัน" + names[at.weekday()]


def clock_time(at: dt.datetime) -> str:
    """09.30 น."""
    return f"{at:%H.%M} น."


def until(m: MeetingFacts) -> str:
    """ถึง 12.00 น., where an end is known."""
    return f" ถึง {clock_time(m.ends_at)}" if m.ends_at else ""
