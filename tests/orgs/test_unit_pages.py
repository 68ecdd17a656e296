"""Pages of the register.

Own scope only, found by former name, the same number of queries for a long list.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from sucharit.core.actors import System
from sucharit.core.models import SearchDoc
from sucharit.core.registry import registry
from sucharit.orgs.models import Unit
from sucharit.orgs.queries import unit_pages
from sucharit.orgs.services import unit_codes, units

pytestmark = pytest.mark.django_db
BY = System("test")


@pytest.fixture
def tree(make):
    return make.ministry()


@pytest.fixture
def officer(tree, make, client):
    user = make.user("unit_officer", tree["th-38"])
    client.force_login(user)
    return user


def page(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_the_own_scope_only(officer, client):
    text = page(client, reverse("orgs:units"))
    assert "อำเภอเมืองบึงกาฬ" in text
    assert "พิจิตร" not in text
    assert "พิจิตร" not in page(client, reverse("orgs:units"), within="th-66")
    assert "จังหวัดพิจิตร" not in page(client, reverse("orgs:units"), q="พิจิตร", kind="province")


@pytest.mark.parametrize("code", ["th-66", "th-6601", "moi", "nowhere"])
def test_a_record_out_of_scope_does_not_exist(officer, client, code):
    assert client.get(reverse("orgs:unit", args=[code])).status_code == 404


def test_the_signed_out_go_to_sign_in_and_those_who_see_no_unit_get_an_empty_list(
    tree, make, client
):
    assert client.get(reverse("orgs:units")).status_code == 302
    client.force_login(make.user("system_admin", tree["moi"]))
    assert "th-38" not in page(client, reverse("orgs:units"))
    assert client.get(reverse("orgs:unit", args=["th-38"])).status_code == 404


def test_a_unit_is_found_by_a_former_name_and_its_record_tells_the_history(officer, tree, client):
    units.rename_unit(
        actor=BY,
        unit=tree["th-3801"],
        name_th="อำเภอบึงกาฬใหม่",
        on=dt.date(2020, 5, 1),
        source="ประกาศกระทรวง",
    )
    unit_codes.add_identifier(
        actor=BY, unit=tree["th-3801"], scheme="dopa", code="3801", source="ทดสอบ"
    )
    found = page(client, reverse("orgs:units"), q="เมืองบึงกาฬ")
    assert "อำเภอบึงกาฬใหม่" in found
    record = reverse("orgs:unit", args=["th-3801"])
    told = page(client, record, tab="history")
    assert "อำเภอเมืองบึงกาฬ" in told
    assert "30 เม.ย. 2563" in told
    assert "ประกาศกระทรวง" in told
    assert "3801" in page(client, record, tab="codes")
    assert "อำเภอบึงกาฬใหม่" in page(client, reverse("orgs:unit", args=["th-38"]))


def test_ended_units_are_shown_when_asked_for(officer, tree, client):
    units.close_unit(actor=BY, unit=tree["th-3801"], on=dt.date(2020, 1, 1))
    assert "อำเภอเมืองบึงกาฬ" not in page(client, reverse("orgs:units"))
    assert "อำเภอเมืองบึงกาฬ" in page(client, reverse("orgs:units"), ended="1")
    assert "31 ธันวาคม 2562" in page(client, reverse("orgs:unit", args=["th-3801"]))


def test_a_longer_list_asks_no_more_questions(
    officer, tree, make, client, django_assert_max_num_queries
):
    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, reverse("orgs:units"))
        return len(queries)

    asked()
    few = asked()
    for _n in range(30):
        make.unit(parent=tree["th-38"], kind="bureau")
    assert asked() == few


def test_search_follows_a_new_name(tree):
    units.rename_unit(actor=BY, unit=tree["th-3801"], name_th="อำเภอชื่อใหม่", on=dt.date(2020, 5, 1))
    found = SearchDoc.objects.get(kind="unit", object_id=str(tree["th-3801"].pk))
    assert found.title == "อำเภอชื่อใหม่"
    assert "อำเภอเมืองบึงกาฬ" in found.body


def test_search_documents_hold_former_names_and_codes(tree):
    units.rename_unit(actor=BY, unit=tree["th-3801"], name_th="ใหม่", on=dt.date(2020, 5, 1))
    unit_codes.add_identifier(actor=BY, unit=tree["th-3801"], scheme="dopa", code="3801")
    rows = {r[2]: r for r in unit_pages.search_rows()}
    assert "อำเภอเมืองบึงกาฬ" in rows["ใหม่"][3]
    assert rows["ใหม่"][1] == Unit.objects.get(code="th-3801").path
    assert rows["ใหม่"][5] is False


def test_the_open_table_shows_the_names_of_that_fiscal_year(tree):
    units.rename_unit(actor=BY, unit=tree["moi-cdd"], name_th="กรมใหม่", on=dt.date(2023, 10, 1))
    table = next(t for t in registry.tables if t.key == "units")
    names = {year: {r[0]: r[2] for r in table.rows(year)}["moi-cdd"] for year in (2566, 2567)}
    assert names == {2566: "กรมการพัฒนา", 2567: "กรมใหม่"}
    assert all(len(r) == len(table.columns) for r in table.rows(2567))
