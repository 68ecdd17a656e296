"""A codebook (สมุดรหัส) of a table of answers: DDI Codebook 2.5 and a plain code list.

Frequencies of fewer cases than may be shown are hidden, and so many more that none follows from the number
of cases. Source of the format: ddialliance.org, DDI Codebook 2.5 (elements from memory, not verified against
the schema file). Plain data in, text out: no I/O, no clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from .suppression import Figures, Relation, protect

NAMESPACE = "ddi:codebook:2_5"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TOTAL = "\x00cases"
Texts = Mapping[str, str]
"""Language → text, Thai first."""


@dataclass(frozen=True, slots=True)
class Category:
    """One code of a variable. `count`: cases with it, None where it is hidden or not counted."""

    code: str
    label: Texts
    count: int | None = None
    missing: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: its label, the question as asked, whom it was asked of, its codes."""

    name: str
    label: Texts
    question: Texts = field(default_factory=dict)
    universe: Texts = field(default_factory=dict)
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """What the data are. `collected`: first and last day, ISO; `made`: day of this document, ISO."""

    id: str
    title: Texts
    producer: str
    made: str
    collected: tuple[str, str]
    abstract: Texts
    universe: Texts
    mode: Texts
    notes: tuple[Texts, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A study, its file and its variables."""

    study: Study
    file: str
    cases: int
    variables: tuple[Variable, ...]


def shown_counts(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Counts with those under `least` (but zero) hidden, and others so that none follows from the sum.

    Where nothing is left to hide beside a small one, all counts but zero are hidden.
    """
    small = {code for code, n in counts.items() if 0 < n < least}
    if not small:
        return dict(counts)
    figures = Figures(
        (Relation(_TOTAL, tuple(counts)),), size=dict(counts), fixed=frozenset({_TOTAL})
    )
    try:
        hidden = set(protect(figures, small))
    except ValueError:
        hidden = {code for code, n in counts.items() if n}
    return {code: None if code in hidden else n for code, n in counts.items()}


def counted(
    labels: Mapping[str, Texts], counts: Mapping[str, int], least: int, missing: str | None = None
) -> tuple[Category, ...]:
    """Categories with the counts that may be shown; `missing`: the code that means "no answer"."""
    shown = shown_counts(counts, least)
    return tuple(
        Category(code, label, shown[code], code == missing, shown[code] is None)
        for code, label in labels.items()
    )


def code_list(book: Codebook) -> Iterator[tuple[str, ...]]:
    """The codebook as rows: variable, its labels, question, code, labels, count, hidden, missing."""
    yield (
        "variable", "label_th", "label_en", "question_th", "question_en",
        "code", "code_th", "code_en", "count", "count_status", "missing",
    )  # fmt: skip
    for variable in book.variables:
        head = (
            variable.name, *_two(variable.label), *_two(variable.question),
        )  # fmt: skip
        if not variable.categories:
            yield (*head, "", "", "", "", "not_counted", "")
        for category in variable.categories:
            status = "hidden" if category.hidden else "ok"
            count = "" if category.count is None else str(category.count)
            if category.count is None and not category.hidden:
                status = "not_counted"
            yield (
                *head, category.code, *_two(category.label), count, status,
                "yes" if category.missing else "no",
            )  # fmt: skip


def _two(texts: Texts) -> tuple[str, str]:
    return texts.get("th", ""), texts.get("en", "")


def ddi(book: Codebook) -> bytes:
    """The codebook as DDI Codebook 2.5, UTF-8."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(
        f"{{{NAMESPACE}}}codeBook", {"version": "2.5", "ID": book.study.id, _LANG: "th"}
    )
    _document(root, book.study)
    _study(root, book.study)
    _file(root, book)
    data = _under(root, "dataDscr")
    for place, variable in enumerate(book.variables, 1):
        _variable(data, place, variable)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _under(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
    made.text = clean(text) or None
    return made


def clean(text: str) -> str:
    """The text without characters XML has no place for."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _each(parent: ET.Element, tag: str, texts: Texts) -> None:
    """One element a language."""
    for language, text in texts.items():
        if text:
            _under(parent, tag, text).set(_LANG, language)


def _titles(parent: ET.Element, study: Study, title: Texts) -> None:
    statement = _under(parent, "titlStmt")
    languages = list(title)
    _under(statement, "titl", title[languages[0]]).set(_LANG, languages[0])
    _each(statement, "parTitl", {code: title[code] for code in languages[1:]})
    _under(statement, "IDNo", study.id)


def _document(root: ET.Element, study: Study) -> None:
    citation = _under(_under(root, "docDscr"), "citation")
    _titles(citation, study, study.title)
    producer = _under(citation, "prodStmt")
    _under(producer, "producer", study.producer)
    _under(producer, "prodDate", study.made, date=study.made)
    _under(producer, "software", "Sucharit")


def _study(root: ET.Element, study: Study) -> None:
    description = _under(root, "stdyDscr")
    citation = _under(description, "citation")
    _titles(citation, study, study.title)
    _under(_under(citation, "rspStmt"), "AuthEnty", study.producer)
    if study.version:
        _under(_under(citation, "verStmt"), "version", study.version)
    info = _under(description, "stdyInfo")
    _each(info, "abstract", study.abstract)
    summary = _under(info, "sumDscr")
    for event, day in zip(("start", "end"), study.collected, strict=True):
        _under(summary, "collDate", day, date=day, event=event)
    _under(summary, "nation", "Thailand", abbr="TH")
    _each(summary, "anlyUnit", {"th": "ผู้ตอบแบบสำรวจ", "en": "Respondent"})
    _each(summary, "universe", study.universe)
    method = _under(description, "method")
    collection = _under(method, "dataColl")
    _each(collection, "collMode", study.mode)
    for note in study.notes:
        _each(method, "notes", note)


def _file(root: ET.Element, book: Codebook) -> None:
    text = _under(_under(root, "fileDscr", ID="F1"), "fileTxt")
    _under(text, "fileName", book.file)
    dimensions = _under(text, "dimensns")
    _under(dimensions, "caseQnty", str(book.cases))
    _under(dimensions, "varQnty", str(len(book.variables)))
    _under(text, "fileType", "text/csv", charset="UTF-8")


def _variable(data: ET.Element, place: int, variable: Variable) -> None:
    made = _under(data, "var", ID=f"V{place}", name=variable.name, files="F1", intrvl="discrete")
    _each(made, "labl", variable.label)
    if variable.question:
        question = _under(made, "qstn")
        _each(question, "qstnLit", variable.question)
    _each(made, "universe", variable.universe)
    for category in variable.categories:
        _category(made, category)
    _under(made, "varFormat", type="character")


def _category(variable: ET.Element, category: Category) -> None:
    made = _under(variable, "catgry", missing="Y" if category.missing else "N")
    _under(made, "catValu", category.code)
    _each(made, "labl", category.label)
    if category.hidden:
        _each(made, "txt", HIDDEN)
    elif category.count is not None:
        _under(made, "catStat", str(category.count), type="freq")


HIDDEN: Texts = {
    "th": "ไม่แสดงความถี่ เพราะมีผู้ตอบน้อยหรือจะคำนวณย้อนถึงความถี่ที่น้อยได้",
    "en": "Frequency not shown: few cases, or it would give a small frequency away",
}


def variables_of(names: Sequence[tuple[str, Texts]]) -> tuple[Variable, ...]:
    """Plain columns without codes."""
    return tuple(Variable(name, label) for name, label in names)
