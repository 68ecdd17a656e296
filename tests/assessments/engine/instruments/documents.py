"""Documents for the tests: one small instrument that uses everything, and ways to change it."""

from __future__ import annotations

import copy
from datetime import date

import yaml

from sucharit.assessments.engine.instruments import Instrument, evaluate

TODAY = date(2024, 3, 18)

TEXT = """\
schema: sucharit/instrument@1
id: demo.everything
version: "1"
fiscal_year: "2567"
kind: survey
languages: [th, en]
title: {th: แบบทดลอง, en: Trial}
verified: "no"
source: made up for tests
profiles:
  province: {title: {th: จังหวัด, en: Province}, unit_types: [province]}
  department: {title: {th: กรม, en: Department}, unit_types: [department]}
external:
  last_level: {type: integer, title: {th: ระดับปีก่อน, en: Last level}}
scales:
  agree:
    options:
      - {code: "3", label: {th: มาก, en: much}, points: "100"}
      - {code: "2", label: {th: กลาง, en: middle}, points: "100/3"}
      - {code: "1", label: {th: น้อย, en: little}, points: "0"}
      - {code: na, label: {th: ไม่ทราบ, en: not known}, na: "yes"}
  things:
    options:
      - {code: a, label: {th: ก, en: a}, points: "2"}
      - {code: b, label: {th: ข, en: b}, points: "3"}
      - {code: c, label: {th: ค, en: c}, points: "-1"}
  provinces:
    options:
      - {code: p1, label: {th: หนึ่ง, en: one}}
      - {code: p2, label: {th: สอง, en: two}}
  districts:
    options:
      - {code: d11, label: {th: ก, en: a}, province: p1}
      - {code: d12, label: {th: ข, en: b}, province: p1}
      - {code: d21, label: {th: ค, en: c}, province: p2}
items:
  - {id: s1, type: section, title: {th: หมวด, en: Section}}
  - {id: q1, in: s1, type: choice, scale: agree, label: {th: หนึ่ง, en: one}, required: "yes"}
  - {id: q2, in: s1, type: choice, scale: agree, label: {th: สอง, en: two}, reverse: "yes"}
  - {id: q3, in: s1, type: choices, scale: things, label: {th: สาม, en: three}, relevant: "${q1} >= 2"}
  - {id: n1, in: s1, type: note, label: {th: หมายเหตุ, en: note}}
  - {id: s2, type: section, title: {th: หมวดสอง, en: Section two}, relevant: "${q1} = 3"}
  - {id: t1, in: s2, type: text, label: {th: ข้อความ, en: text}, required: "yes", max_chars: "10"}
  - id: age
    type: integer
    label: {th: อายุ, en: age}
    min: "0"
    max: "120"
    constraint: ". != 13"
    constraint_message: {th: ไม่ใช่สิบสาม, en: not thirteen}
  - {id: province, type: choice, scale: provinces, label: {th: จังหวัด, en: province}}
  - id: district
    type: choice
    scale: districts
    label: {th: อำเภอ, en: district}
    choice_filter: "province = ${province}"
  - {id: r1, type: repeat, title: {th: ครั้ง, en: times}, min: "0", max: "3"}
  - {id: count, in: r1, type: integer, label: {th: จำนวน, en: number}, required: "yes"}
  - {id: why, in: r1, type: text, label: {th: เหตุผล, en: why}, relevant: "${count} > 10"}
  - {id: sum, type: calculate, calculation: "sum(${count})"}
  - {id: ratio, type: calculate, calculation: "${sum} div count(${r1})"}
  - {id: m1, type: points, allowed: ["0", "1", "2"], label: {th: คะแนน, en: mark}, not_applicable: "yes"}
  - {id: m2, type: points, allowed: ["0", "1", "2"], label: {th: คะแนนสอง, en: mark two}, profiles: [province]}
scoring:
  unit_order: item_mean_first
  round: {digits: "2"}
  nodes:
    d1: {title: {th: ด้านหนึ่ง, en: Side one}, agg: mean, of: [q1, q2]}
    marks: {title: {th: คะแนน, en: Marks}, agg: sum, of: [m1, m2], missing: zero}
    total: {title: {th: รวม, en: Total}, agg: weighted_mean, of: {d1: "3", marks: "1"}}
bands:
  - {code: A, title: {th: ดี, en: good}, min: "70", requires: "${last_level} >= 1", passed: "yes"}
  - {code: B, title: {th: พอใช้, en: fair}, min: "40", passed: "yes"}
  - {code: C, title: {th: ปรับปรุง, en: poor}, passed: "no"}
"""


_EVERYTHING = yaml.load(TEXT, Loader=yaml.BaseLoader)


def everything():
    """A fresh copy of the document that uses everything."""
    return copy.deepcopy(_EVERYTHING)


def item(document, code):
    """The item of a document with this id."""
    return next(one for one in document["items"] if one["id"] == code)


def changed(document=None, **values):
    """A copy with other values at dotted places: changed(items__q1__required="no"); None removes."""
    made = copy.deepcopy(document or everything())
    for place, value in values.items():
        *way, last = place.split("__")
        here = made
        for step in way:
            if isinstance(here, list):
                here = next(one for one in here if step in (one.get("id"), one.get("code")))
            else:
                here = here[step]
        if value is None:
            del here[last]
        else:
            here[last] = value
    return made


def small(*items, kind="survey", **more):
    """A document with these items and no frills."""
    return {
        "schema": "sucharit/instrument@1",
        "id": "demo.small",
        "version": "1",
        "kind": kind,
        "languages": ["th"],
        "title": {"th": "เล็ก"},
        "items": [{"label": {"th": "ข้อ"}, **one} if _asks(one) else one for one in items],
        **more,
    }


def _asks(one):
    return one["type"] not in {"section", "repeat", "calculate"}


def filled(document, answers, **more):
    """The evaluation of answers against a document."""
    return evaluate(Instrument.from_document(document), answers, today=TODAY, **more)
