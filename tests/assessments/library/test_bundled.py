"""The bundled files: they load, keep their invariants, and never change once landed."""

from fractions import Fraction

import pytest

from sucharit.assessments import library
from sucharit.assessments.engine import Edition, check_edition

FILES = library.list_frameworks()
IDS = [f"{file.id}@{file.version}" for file in FILES]

OIT_SIZES = {
    "ita-2564": [9, 8, 7, 4, 5, 8, 2],
    "ita-2565": [9, 8, 7, 4, 5, 8, 2],
    "ita-2566": [10, 8, 4, 4, 4, 8, 5],
    "ita-2567": [6, 7, 4, 4, 4, 8, 2],
    "ita-2568": [4, 7, 2, 3, 4, 4, 4],
    "ita-2569": [4, 6, 2, 3, 4, 3, 4],
}


def test_the_six_editions_are_bundled():
    assert {file.id for file in FILES} == set(OIT_SIZES)


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_every_bundled_file_loads_and_keeps_the_invariants(file):
    loaded = library.load(file.path)
    assert (loaded.id, loaded.version) == (file.id, file.version)
    assert check_edition(Edition.from_document(loaded.document)) == []


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_a_landed_version_never_changes(file):
    landed = library.landed_hashes()[file.id][file.version]
    assert library.load(file.path).sha256 == landed, (
        f"{file.id} version {file.version} has landed: put the change into a new version and run "
        "python -m sucharit.assessments.library lock"
    )


def test_no_landed_version_was_taken_away():
    landed = {
        (code, version) for code, found in library.landed_hashes().items() for version in found
    }
    assert landed == {(file.id, file.version) for file in FILES}


@pytest.mark.parametrize(("code", "sizes"), OIT_SIZES.items())
def test_the_oit_groups_have_the_researched_sizes(code, sizes):
    edition = Edition.from_document(library.load(code).document)
    groups = ["9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2"]
    assert [len(edition.children(group)) for group in groups] == sizes


@pytest.mark.parametrize(
    ("code", "iit", "questions", "eit"), [("ita-2564", 30, 51, 15), ("ita-2567", 15, 16, 9)]
)
def test_the_surveys_have_the_researched_counts(code, iit, questions, eit):
    edition = Edition.from_document(library.load(code).document)
    assert len(edition.items_of("IIT")) == iit
    assert len(edition.subquestions("IIT")) == questions
    assert len(edition.items_of("EIT")) == eit


def test_one_item_of_2564_mixes_directions():
    item = Edition.from_document(library.load("ita-2564").document).item["i11"]
    points = [
        [option.points for option in question.scale.options] for question in item.subquestions
    ]
    assert points == [[0, 33, 67, 100], [100, 67, 33, 0]]


def test_the_scales_of_2564_follow_the_form():
    """ita.md §1.1, per item: which scales its sub-questions use."""
    items = Edition.from_document(library.load("ita-2564").document).items_of("IIT")
    bad, good, rev = {"i4", "i5", "i6"}, {"i26"}, {"i9", "i10", "i16", "i17", "i18", "i19", "i22"}
    for item in items:
        used = {question.scale.code for question in item.subquestions}
        wanted = {"yn_bad"} if item.code in bad else {"yn_good"} if item.code in good else {"four"}
        wanted = {"four_rev"} if item.code in rev else wanted
        assert used == (wanted if item.code != "i11" else {"four", "four_rev"}), item.code


@pytest.mark.parametrize("code", ["ita-2566", "ita-2568", "ita-2569"])
def test_an_edition_without_known_questions_says_so(code):
    loaded = library.load(code)
    assert not loaded.complete
    assert not Edition.from_document(loaded.document).items_of("IIT")


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_topics_are_unique_within_an_edition_and_shared_over_the_years(file):
    topics = [
        item["topic"] for item in library.load(file.path).document["items"] if "topic" in item
    ]
    assert len(topics) == len(set(topics))
    assert {"structure", "complaint_channel", "risk_assessment", "anti_corruption_plan"} <= set(
        topics
    )


def test_provenance_is_inherited_and_resolved():
    document = library.load("ita-2567").document
    assert not library.provenance(document).verified
    seen = library.provenance(document, "items[O1]")
    assert seen.verified
    assert seen.sources == (document["sources"]["sng67"],)
    from_memory = library.provenance(document, "items[O6]")
    assert not from_memory.verified
    assert from_memory.note["en"]
    element = library.provenance(document, ("items", "O6", "elements", 0))
    assert not element.verified


def test_published_figures_load_with_their_source():
    results = {(r.unit, r.year, r.node): r for file in library.published() for r in file.results}
    assert results["nation", 2568, "total"].value == Fraction("93.82")
    assert results["moi", 2567, "total"].value == Fraction("92.13")
    assert results["th-71", 2565, "total"].level == "D"
    assert results["moi-pea", 2566, "total"].value == Fraction("99.35")
    assert all(result.source for result in results.values())


def test_published_counts_agree_with_their_shares():
    """ita.md §9.5: the announced percentages follow from the announced counts."""
    found = {
        (s.unit, s.year, s.key): s.value for file in library.published() for s in file.statistics
    }
    for unit, year in [("nation", 2565), ("nation", 2566), ("nation", 2568), ("group-6", 2564)]:
        share = found[unit, year, "passed"] / found[unit, year, "agencies"] * 100
        assert abs(share - found[unit, year, "pass_share"]) <= Fraction("0.005")
    areas = [value for (_, _, key), value in found.items() if key == "passed_in_area"]
    assert sum(areas) == found["group-6", 2564, "passed"]
