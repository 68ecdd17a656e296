"""Standings, the pyramid, last year's level, and what a province inherits."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from sucharit.assessments.checklists import services
from sucharit.assessments.checklists.base import external_of
from sucharit.assessments.checklists.services.results import compute_result
from sucharit.assessments.engine.moral import Change
from sucharit.assessments.models import ChecklistState
from sucharit.assessments.moral import data, demo, queries
from sucharit.assessments.moral.sheet import sheet
from sucharit.core.errors import Refusal
from tests.assessments.moral.test_instruments import TEN
from tests.assessments.moral.world import ORG, PROVINCE, SYSTEM, World, world

pytestmark = pytest.mark.django_db
PUBLIC = AnonymousUser()


@pytest.fixture
def w() -> World:
    return world()


def levels(found: queries.Overview) -> dict[str, int | None]:
    return {s.unit.code: s.level for s in found.standings}


def test_a_year_has_its_levels_its_changes_and_its_pyramid(w, django_assert_max_num_queries):
    w.final({ORG: 3, "th-38-b": 1, "th-3802": 2}, 2566)
    w.final(
        {
            ORG: demo.nine(2, drop_comment="คนย้าย"),
            "th-38-b": 3,
            "th-38-c": None,
            "th-3801": 0,
            "th-3802": 2,
        }
    )
    with django_assert_max_num_queries(6):
        found = queries.overview(PUBLIC, 2567, data.ORGANISATION)
    assert levels(found) == {ORG: 2, "th-38-b": 3, "th-38-c": None, "th-3801": 0, "th-3802": 2}
    assert [(c.level, c.n) for c in found.pyramid.counts] == [(3, 1), (2, 2), (1, 0), (0, 1)]
    assert found.pyramid.assessed == 4
    # three local bodies, two departments and their bureau of the register, and two districts that took part
    assert found.pyramid.units == 8
    assert found.changes == {Change.RISE: 1, Change.SAME: 1, Change.DROP: 1, Change.UNKNOWN: 2}
    assert [(s.unit.code, s.last, s.comment) for s in found.drops] == [(ORG, 3, "")]
    assert not found.verified
    assert found.synthetic
    inside = queries.overview(w.province, 2567, data.ORGANISATION, w.units[PROVINCE], within=False)
    assert inside.drops[0].comment == "คนย้าย"
    assert inside.pyramid.units == 5


def test_what_is_not_final_is_seen_in_scope_only(w):
    campaign = w.final({ORG: 2}, final=False)
    assert levels(queries.overview(PUBLIC, 2567, data.ORGANISATION)) == {}
    assert levels(queries.overview(w.elsewhere, 2567, data.ORGANISATION)) == {}
    mine = queries.overview(w.officer, 2567, data.ORGANISATION)
    assert (levels(mine), mine.standings[0].announced) == ({ORG: 2}, False)
    ChecklistState.objects.update(state="approved")
    assert levels(queries.overview(w.officer, 2567, data.ORGANISATION)) == {ORG: None}
    assert queries.years(PUBLIC) == []
    assert queries.years(w.officer) == [2567]
    assert campaign.state == "closed"


def test_a_unit_that_was_never_handed_in_has_no_level_though_the_campaign_is_final(w):
    w.final({ORG: 2, "th-38-b": 1})
    ChecklistState.objects.filter(campaign_unit__unit__code="th-38-b").update(state="draft")
    assert levels(queries.overview(PUBLIC, 2567, data.ORGANISATION)) == {ORG: 2, "th-38-b": None}


def test_of_two_campaigns_of_a_year_the_newest_with_a_level_holds(w):
    w.final({ORG: 1})
    w.final({ORG: 3})
    w.final({ORG: None})
    found = queries.overview(PUBLIC, 2567, data.ORGANISATION)
    assert levels(found) == {ORG: 3}
    assert found.pyramid.assessed == 1


def test_last_years_level_is_supplied_and_a_drop_asks_for_a_comment(w):
    w.final({ORG: 2}, 2566)
    cu = w.cu(w.open([ORG, "th-38-b"]))
    assert external_of(cu) == {"last_level": "2"}
    assert external_of(w.cu(cu.campaign, "th-38-b")) == {}
    for item, value in demo.nine(1).items():
        w.save(cu, item, value)
    with pytest.raises(Refusal, match="drop_comment"):
        services.submit(actor=SYSTEM, campaign_unit=cu, incomplete_ok=True)


def test_a_level_of_last_year_that_is_not_final_is_not_supplied(w):
    w.final({ORG: 3}, 2566, final=False)
    assert external_of(w.cu(w.open([ORG]))) == {}


def test_a_province_inherits_the_final_levels_below_it(w):
    org = w.final({ORG: 3, "th-38-b": 1, "th-38-c": None, "th-6601": 3})
    district = w.final({"th-3801": 2}, code=data.DISTRICT)
    cu = w.cu(w.open([PROVINCE], code=data.PROVINCE), PROVINCE)
    found = external_of(cu)
    assert {k: v for k, v in found.items() if k != "sources"} == {
        "org_all": "3", "org_assessed": "2", "org_1": "2", "org_2": "1", "org_3": "1",
        "district_all": "2", "district_assessed": "1", "district_1": "1", "district_2": "1", "district_3": "0",
    }  # fmt: skip
    assert f"({org.pk})" in found["sources"]
    assert f"({district.pk})" in found["sources"]


def test_a_provinces_page_keeps_the_counts_and_their_source_as_computed(w):
    w.final({ORG: 3, "th-38-b": 1, "th-38-c": None})
    w.final({PROVINCE: dict(TEN)}, code=data.PROVINCE)
    standing = queries.standings_of_unit(w.province, w.units[PROVINCE], 2567)[0]
    found = sheet(w.province, standing)
    first = found.indicators[0]
    assert (first.numerator, first.denominator, first.points, first.counted) == (2, 3, 1, True)
    assert (found.indicators[2].numerator, found.indicators[2].counted) == (80, False)
    assert "องค์กรคุณธรรม" in found.sources
    assert len(found.indicators) == 10
    # More organisations afterwards change nothing until it is computed anew.
    w.final({"th-38-c": 3})
    assert sheet(w.province, standing).indicators[0].numerator == 2
    result = compute_result(actor=SYSTEM, campaign_unit=standing.cu)
    reads = result.explanation["computed"]["i1_n"]["reads"]
    assert reads == {"org_1": "3"}


def test_the_ladder_of_answers_that_can_still_change_is_for_the_unit_only(w):
    cu = w.cu(w.open([ORG]))
    w.save(cu, "members", "100")
    w.save(cu, "declared", "60")
    w.save(cu, "m1", "1")
    standing = queries.standings_of_unit(w.officer, w.units[ORG], 2567)[0]
    found = sheet(w.officer, standing)
    assert (found.live, found.level, found.points) == (True, 0, 1)
    assert [s.item for s in found.next.missing] == ["m2", "m3"]
    assert found.next.short == 3
    assert sheet(PUBLIC, standing) is None


def test_a_department_counts_its_divisions(w):
    w.final({"moi-cdd-1": 2})
    found = queries.overview(PUBLIC, 2567, data.ORGANISATION, w.units["moi-cdd"], within=False)
    assert (levels(found), found.pyramid.units) == ({"moi-cdd-1": 2}, 1)
