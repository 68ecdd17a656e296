"""Workbooks for tests: written cell by cell, and random documents that a workbook can hold."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

SURVEY = [
    ["type", "name", "label::ไทย (th)", "label::English (en)", "required"],
    ["select_one yn", "q1", "มีแผนหรือไม่", "Is there a plan?", "yes"],
    ["text", "q2", "อธิบาย", "Explain", ""],
]
CHOICES = [
    ["list_name", "name", "label::ไทย (th)", "label::English (en)"],
    ["yn", "y", "มี", "Yes"],
    ["yn", "n", "ไม่มี", "No"],
]
SETTINGS = [["form_title", "form_id", "title_en"], ["แบบทดสอบ", "test.form", "Test form"]]


def book(**sheets: Any) -> bytes:
    """A workbook; a cell starting with "=" is a formula, numbers are numbers, None is empty."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for down, row in enumerate(rows):
                for across, value in enumerate(row):
                    if value not in ("", None):
                        page.write(down, across, value)
    return out.getvalue()


def form(survey: Any = None, choices: Any = None, settings: Any = None, **more: Any) -> bytes:
    """A sound small form with some of its sheets replaced."""
    return book(
        survey=survey or SURVEY, choices=choices or CHOICES, settings=settings or SETTINGS, **more
    )


# --- random documents ------------------------------------------------------------------------
_WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf", "Cn", "Co")
    ),
    min_size=1,
    max_size=12,
).filter(lambda t: t.strip() == t and t)
TEXT = st.one_of(
    st.sampled_from(
        ["มีแผนปฏิบัติการ", "=1+1", "a\nb", "_x000D_", "ราคา < 5 & > 3", "@home", "'x'", "yes", "1.0"]
    ),
    _WORDS,
)
LABEL = st.one_of(
    st.fixed_dictionaries({"th": TEXT, "en": TEXT}), st.fixed_dictionaries({"th": TEXT})
)
NUMBER = st.sampled_from(["0", "1", "2.50", "100/3", "-1", "0.001", "12345678901234567890"])
PLAIN = (
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "datetime",
    "file",
    "image",
    "geopoint",
    "acknowledge",
)


KINDS = (*PLAIN, "choice", "choices", "rank", "range", "points", "note", "calculate", "hidden")


def _maybe(draw: Any, target: dict[str, Any], key: str, strategy: Any) -> None:
    if draw(st.booleans()):
        target[key] = draw(strategy)


@st.composite
def scales(draw: Any) -> dict[str, Any]:
    found = {}
    for n in range(draw(st.integers(1, 3))):
        codes = draw(
            st.lists(
                st.sampled_from(["1", "2", "a", "b.c", "x-1", "NA"]),
                min_size=2,
                max_size=5,
                unique=True,
            )
        )
        scored = draw(st.booleans())
        options = []
        for code in codes:
            option: dict[str, Any] = {"code": code, "label": draw(LABEL)}
            if scored:
                option["points"] = draw(NUMBER.filter(lambda t: not t.startswith("-")))
            option["region"] = draw(st.sampled_from(["north", "south"]))
            options.append(option)
        if scored:
            options.append({"code": "na", "label": draw(LABEL), "na": "yes", "region": "north"})
        found[f"s{n}"] = {"options": options}
    return found


def _asked(draw: Any, item: dict[str, Any]) -> None:
    _maybe(draw, item, "required", st.sampled_from(["yes", "no"]))
    _maybe(draw, item, "evidence", st.sampled_from(["none", "optional", "required"]))
    _maybe(draw, item, "not_applicable", st.sampled_from(["yes", "no"]))
    _maybe(draw, item, "appearance", st.just("minimal"))
    if draw(st.booleans()):
        item["constraint"] = "string-length(.) > 0 or . = 5"
        _maybe(draw, item, "constraint_message", LABEL)


@st.composite
def _item(draw: Any, at: int, parent: str, known: list[str], all_scales: dict[str, Any]) -> Any:
    kind = draw(st.sampled_from(KINDS))
    item: dict[str, Any] = {"id": f"q{at}", "type": kind}
    if parent:
        item["in"] = parent
    if kind not in {"hidden", "calculate"}:
        item["label"] = draw(LABEL)
        _maybe(draw, item, "hint", LABEL)
    if known:
        name = draw(st.sampled_from(known))
        _maybe(
            draw, item, "relevant", st.sampled_from([f"${{{name}}} = '1'", f"${{{name}}} != ''"])
        )
    if kind == "calculate":
        item["calculation"] = "if(1 < 2, today(), '')"
        return item
    if kind in {"note", "hidden"}:
        return item
    _asked(draw, item)
    _own(draw, item, kind, all_scales)
    return item


def _own(draw: Any, item: dict[str, Any], kind: str, all_scales: dict[str, Any]) -> None:
    """What only some kinds have."""
    if kind in {"choice", "choices", "rank"}:
        item["scale"] = draw(st.sampled_from(sorted(all_scales)))
        _maybe(draw, item, "choice_filter", st.just("region = 'north'"))
    if kind == "points":
        item["allowed"] = draw(
            st.lists(st.sampled_from(["0", "1", "2", "0.5", "100/3"]), min_size=1, unique=True)
        )
    if kind == "range":
        item |= {"min": "1", "max": draw(st.sampled_from(["5", "10"])), "step": "1"}
    if kind in {"integer", "decimal"}:
        for key in ("min", "max", "step"):
            _maybe(draw, item, key, st.sampled_from(["1", "2", "7/2"]))
    if kind == "date":
        _maybe(draw, item, "min", st.just("2024-03-18"))
    if kind == "text":
        _maybe(draw, item, "max_chars", st.sampled_from(["10", "500"]))
    if kind in {"choice", "integer", "points"}:
        _maybe(draw, item, "weight", NUMBER)
        _maybe(draw, item, "indicator", st.just("d1"))


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    """Documents whose items follow each other in page order; mostly publishable."""
    all_scales = draw(scales())
    items: list[dict[str, Any]] = [{"id": "q0", "type": "text", "label": draw(LABEL)}]
    parents, known, at = [""], ["q0"], 0
    for _step in range(draw(st.integers(0, 10))):
        at += 1
        move = draw(st.sampled_from(["item", "item", "item", "section", "repeat", "up"]))
        inside_repeat = any(i["id"] in parents and i["type"] == "repeat" for i in items)
        if move == "up":
            parents = parents[: max(1, len(parents) - 1)]
        elif move in {"section", "repeat"} and len(parents) < 4 and not inside_repeat:
            group = {"id": f"g{at}", "type": move, "title": draw(LABEL)}
            if parents[-1]:
                group["in"] = parents[-1]
            if move == "repeat":
                group |= {"min": "1", "max": draw(st.sampled_from(["1", "5"]))}
            items.append(group)
            at += 1
            parents = [*parents, group["id"]]
            items.append(draw(_item(at, parents[-1], [], all_scales)))
        else:
            made = draw(_item(at, parents[-1], known, all_scales))
            items.append(made)
            if len(parents) == 1 and made["type"] in {"text", "integer", "choice"}:
                known.append(made["id"])
    document: dict[str, Any] = {
        "schema": "sucharit/instrument@1",
        "id": draw(st.sampled_from(["a.b", "moi.fair-hr", "2567.x"])),
        "version": draw(st.sampled_from(["1", "12"])),
        "kind": draw(st.sampled_from(["survey", "checklist", "evaluation"])),
        "languages": ["th", "en"],
        "title": draw(LABEL),
        "verified": "no",
        "scales": all_scales,
        "items": items,
    }
    _maybe(draw, document, "fiscal_year", st.just("2567"))
    _maybe(draw, document, "source", TEXT)
    _head(draw, document)
    return document


def _head(draw: Any, document: dict[str, Any]) -> None:
    if draw(st.booleans()):
        title = {"th": "ระดับ", "en": "Level"}
        document["external"] = {"last_level": {"type": "integer", "title": title}}
    if draw(st.booleans()):
        document["profiles"] = {
            "province": {"title": draw(LABEL), "unit_types": ["province", "district"]}
        }
        document["items"][0]["profiles"] = ["province"]
    scored = [i["id"] for i in document["items"] if i["type"] == "points"]
    if scored:
        of = draw(st.sampled_from([scored, dict.fromkeys(scored, "2")]))
        agg = "weighted_mean" if isinstance(of, dict) else "mean"
        node = {"title": draw(LABEL), "agg": agg, "of": of}
        document["scoring"] = {"nodes": {"d1": node, "total": {"agg": "sum", "of": ["d1"]}}}
        _maybe(draw, document["scoring"], "unit_order", st.just("respondent_mean_first"))
        _maybe(draw, document["scoring"], "round", st.just({"digits": "1"}))
        band = {"code": "A", "title": draw(LABEL), "min": "1", "passed": "yes"}
        document["bands"] = [{**band, "requires": "${total} >= 1"}]
