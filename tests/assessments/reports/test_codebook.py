"""The codebook: well-formed DDI of the expected structure; no small frequency, nor one that gives it away."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sucharit.assessments.engine.codebook import (
    NAMESPACE,
    Category,
    Codebook,
    Study,
    Variable,
    code_list,
    ddi,
    shown_counts,
)
from sucharit.core import clock
from tests.assessments.planner.rounds import scored

N = f"{{{NAMESPACE}}}"
# Children each element may have, in the schema's order (DDI Codebook 2.5, the part we use; from memory).
ORDER = {
    "codeBook": "docDscr stdyDscr fileDscr dataDscr otherMat",
    "docDscr": "citation guide docStatus docSrc notes",
    "citation": "titlStmt rspStmt prodStmt distStmt serStmt verStmt biblCit holdings notes",
    "titlStmt": "titl subTitl altTitl parTitl IDNo",
    "rspStmt": "AuthEnty othId",
    "prodStmt": "producer copyright prodDate prodPlac software fundAg grantNo",
    "verStmt": "version verResp notes",
    "stdyDscr": "citation studyAuthorization stdyInfo studyDevelopment method dataAccs othrStdyMat notes",
    "stdyInfo": "studyBudget subject abstract sumDscr qualityStatement notes exPostEvaluation",
    "sumDscr": "timePrd collDate nation geogCover geogUnit geoBndBox boundPoly anlyUnit universe dataKind",
    "method": "dataColl notes anlyInfo stdyClas dataProcessing codingInstructions",
    "dataColl": "timeMeth dataCollector collectorTraining frequency sampProc sampleFrame targetSampleSize "
    "deviat collMode resInstru",
    "fileDscr": "fileTxt locMap notes",
    "fileTxt": "fileName fileCitation dataFingerprint fileCont fileStrc dimensns fileType format",
    "dimensns": "caseQnty varQnty logRecL recPrCas recNumTot",
    "dataDscr": "varGrp nCubeGrp var nCube notes",
    "var": "location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng "
    "undocCod universe TotlResp sumStat txt stdCatgry catgryGrp catgry codInstr "
    "verStmt concept derivation varFormat geoMap catLevel notes",
    "qstn": "preQTxt qstnLit postQTxt forward backward ivuInstr",
    "catgry": "catValu labl txt catStat mrow",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def check_structure(root) -> None:
    ids = [e.get("ID") for e in root.iter() if e.get("ID")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        name = etree.QName(element).localname
        assert etree.QName(element).namespace == NAMESPACE
        places = [ORDER.get(name, "").split().index(etree.QName(c).localname) for c in element]
        assert places == sorted(places), name
    for variable in root.iter(f"{N}var"):
        assert variable.get("files") in ids
        assert {e.get(LANG) for e in variable.findall(f"{N}labl")} == {"th", "en"}


@pytest.fixture
def closed(make, client):
    units = make.ministry()
    round_, _run = scored(make, units, codes=("th-38", "th-66"), best=37)
    round_.surveys_closed_at = clock.now()
    round_.save()
    client.force_login(make.user("ministry_centre", units["moi"]))
    return round_


@pytest.mark.django_db
def test_the_codebook_describes_every_column_of_the_file(client, closed):
    address = f"/assessments/rounds/{closed.pk}/"
    root = etree.fromstring(client.get(address + "codebook.xml").content)
    check_structure(root)
    table = b"".join(client.get(address + "responses.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [v.get("name") for v in root.iter(f"{N}var")] == list(rows[0])
    assert root.findtext(f".//{N}caseQnty") == str(len(rows)) == "160"
    first = root.findall(f".//{N}var")[3]
    got = {c.findtext(f"{N}catValu"): c.findtext(f"{N}catStat") for c in first.iter(f"{N}catgry")}
    # 2 × 37 took the best option, 2 × 3 the next one, nobody another.
    assert sorted(int(n) for n in got.values() if n) == [0] * (len(got) - 2) + [6, 74]
    assert (
        sum(r[first.get("name")] == next(c for c, n in got.items() if n == "74") for r in rows)
        == 74
    )


@pytest.mark.django_db
def test_the_code_list_says_the_same(client, closed):
    got = b"".join(client.get(f"/assessments/rounds/{closed.pk}/codebook.csv").streaming_content)
    rows = list(csv.DictReader(io.StringIO(got.decode("utf-8-sig"))))
    assert {r["count_status"] for r in rows} == {"ok", "not_counted"}
    assert all(r["label_th"] and r["label_en"] for r in rows)
    assert {r["missing"] for r in rows if r["code_en"] == "No answer"} == {"yes"}


@pytest.mark.django_db
def test_small_frequencies_are_not_in_the_document(client, make):
    units = make.ministry()
    round_, _run = scored(make, units, best=38)  # two of forty took the second option
    round_.surveys_closed_at = clock.now()
    round_.save()
    client.force_login(make.user("ministry_centre", units["moi"]))
    root = etree.fromstring(client.get(f"/assessments/rounds/{round_.pk}/codebook.xml").content)
    check_structure(root)
    counts = {e.text for e in root.iter(f"{N}catStat")}
    assert counts <= {"0", "40"}  # 40: answers of each survey
    assert any("few cases" in (e.text or "") for e in root.iter(f"{N}txt"))


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30), min_size=1, max_size=7
    ),
    st.integers(2, 8),
)
def test_no_small_count_is_shown_or_follows_from_the_sum(counts, least):
    shown = shown_counts(counts, least)
    assert list(shown) == list(counts)
    assert all(n is None or n == counts[code] for code, n in shown.items())
    assert not [n for n in shown.values() if n is not None and 0 < n < least]
    hidden = [code for code, n in shown.items() if n is None]
    assert all(counts[code] for code in hidden)
    if hidden and len([n for n in counts.values() if n]) > 1:
        assert len(hidden) > 1  # a single one would be the sum less the others
    if not [n for n in counts.values() if 0 < n < least]:
        assert not hidden


def test_odd_characters_make_no_broken_document():
    study = Study(
        "s",
        {"th": "ก\x00 <&>", "en": "e"},
        "p",
        "2024-01-01",
        ("2024-01-01", "2024-02-01"),
        {"th": "x"},
        {},
        {},
    )
    variable = Variable(
        "v", {"th": "น้ำ\x0b", "en": '"'}, categories=(Category("a", {"th": "ก", "en": "a"}, 7),)
    )
    book = Codebook(study, "f.csv", 7, (variable,))
    root = etree.fromstring(ddi(book))
    check_structure(root)
    assert root.findtext(f".//{N}titl") == "ก <&>"
    assert root.find(f".//{N}var").findtext(f"{N}labl") == "น้ำ"
    assert list(code_list(book))[1][:3] == ("v", "น้ำ\x0b", '"')
