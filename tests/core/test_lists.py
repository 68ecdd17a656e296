"""List pages: own rows only, filters in the address, offered orders, files of the same rows."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from sucharit.core.models import LedgerEntry

pytestmark = pytest.mark.django_db
UNITS, ROLES = "/units/", "/people/roles/"


@pytest.fixture
def tree(make):
    return make.ministry()


@pytest.fixture
def centre(tree, make, client):
    """The ministry's centre, who sees and exports everything."""
    user = make.user("ministry_centre", tree["moi"])
    client.force_login(user)
    return user


def text(client, path=UNITS, headers=None, **query):
    answer = client.get(path, query, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def codes(page):
    return re.findall(r'href="/units/([^"/]+)/"', page)


def rows_of(answer):
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def test_the_table_is_told_to_screen_readers(client, centre):
    page = text(client, sort="-code")
    assert '<caption class="visually-hidden">ทะเบียนหน่วยงาน</caption>' in page
    assert page.count('<th scope="col"') == 4
    assert page.count('aria-sort="descending"') == 1
    assert re.search(
        r'class="table-responsive" tabindex="0" role="region" aria-label="[^"]+"', page
    )
    assert "style=" not in page


def test_order_goes_by_offered_columns_only(client, centre):
    offered = codes(text(client))
    assert codes(text(client, sort="-code")) == sorted(offered, reverse=True)
    for unknown in ("path", "above", "password", "-", "name_th;--"):
        assert codes(text(client, sort=unknown)) == offered


def test_filters_stay_in_the_links(client, centre, make, tree):
    for n in range(60):
        make.unit(f"x-{n:02}", parent=tree["th-38"], kind="bureau")
    page = text(client, kind="bureau", sort="code")
    assert len(set(codes(page))) == 50
    link = re.search(
        r'href="\?([^"]+)"[^>]*>(?:(?!</a>).)*<svg(?:(?!</a>).)*</a></li>\s*</ul>', page, re.DOTALL
    )
    assert link is not None
    query = link.group(1).replace("&amp;", "&")
    assert {"kind=bureau", "sort=code", "page=2"} <= set(query.split("&"))
    second = client.get(f"{UNITS}?{query}").content.decode()
    assert len(set(codes(second))) == 10
    assert not set(codes(page)) & set(codes(second))


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999"])
def test_a_page_that_is_not_there_shows_one_that_is(client, centre, page):
    assert codes(text(client, page=page))


def test_a_filter_that_makes_no_sense_shows_nothing_and_says_why(client, centre):
    page = text(client, kind="castle")
    assert not codes(page)
    assert 'role="alert"' in page
    assert not codes(text(client, q="x" * 101))
    assert not codes(text(client, q="a\x00b"))


def test_an_empty_list_names_the_next_step_and_a_narrow_filter_its_way_back(
    client, tree, make, centre
):
    assert f'href="{UNITS}"' in text(client, q="ไม่มีชื่อนี้")
    client.force_login(make.user("system_admin", tree["moi"]))
    assert "sucharit import-units" in text(client)


def test_htmx_gets_the_table_alone(client, centre):
    part = text(client, headers={"HX-Request": "true", "HX-Target": "list-results"}, q="พิจิตร")
    assert part.lstrip().startswith('<div id="list-results">')
    assert "<html" not in part
    assert set(codes(part)) == {"th-66", "th-6601"}
    assert "HX-Target" in client.get(UNITS)["Vary"]


def test_a_csv_holds_the_filtered_rows_and_the_ledger_their_number_only(client, centre):
    answer = client.get(UNITS, {"q": "พิจิตร", "sort": "-code", "export": "csv", "page": "7"})
    head, *rows = rows_of(answer)
    assert head[0] == "รหัส"
    assert [r[0] for r in rows] == ["th-6601", "th-66"]
    assert rows[0][4] == "จังหวัดพิจิตร"
    entry = LedgerEntry.objects.get(action="core.export")
    data = json.loads(entry.data)
    assert (entry.target, data["rows"], data["filters"]) == ("list:orgs.units", 2, ["q"])
    assert "พิจิตร" not in entry.data


def test_a_workbook_holds_the_same_rows(client, centre):
    answer = client.get(UNITS, {"kind": "province", "export": "xlsx"})
    content = answer.getvalue() if not answer.streaming else b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sorted(r[0] for r in rows[1:]) == ["th-38", "th-66"]


def test_formulas_in_names_are_not_run(client, centre, make, tree):
    make.unit("x-1", parent=tree["moi"], name_th="=1+1")
    _head, row = rows_of(client.get(UNITS, {"q": "=1+1", "export": "csv"}))
    assert row[1] == "'=1+1"


def test_an_unknown_format_and_a_missing_right_are_refused(client, centre, tree, make):
    assert client.get(UNITS, {"export": "exe"}).status_code == 409
    client.force_login(make.user("assessor", tree["th-38"]))
    assert "export=" not in text(client)
    assert client.get(UNITS, {"export": "csv"}).status_code == 403
    assert not LedgerEntry.objects.filter(action="core.export").exists()
    assert LedgerEntry.objects.get(action="core.export.refused").target == "list:orgs.units"


def test_the_right_to_export_must_cover_all_that_is_seen(client, tree, make):
    from sucharit.orgs.models import RoleAssignment

    user = make.user("assessor", tree["th-66"])
    RoleAssignment.objects.create(user=user, role="unit_officer", unit=tree["th-38"])
    client.force_login(user)
    assert client.get(UNITS, {"export": "csv"}).status_code == 403


def test_accounts_are_exported_by_whoever_manages_and_exports(client, centre, tree, make):
    make.user("unit_officer", tree["th-38"], username="malee")
    _head, row = rows_of(client.get(ROLES, {"q": "malee", "export": "csv"}))
    assert row[0] == "malee"
    assert row[3] == "th-38"
    client.force_login(make.user("system_admin", tree["th-38"]))
    assert client.get(ROLES, {"export": "csv"}).status_code == 403


def test_an_administrator_of_a_province_lists_its_roles_only(client, tree, make):
    make.user("unit_officer", tree["th-66"], username="stranger")
    client.force_login(make.user("system_admin", tree["th-38"], username="local"))
    page = text(client, ROLES)
    assert "local" in page
    assert "stranger" not in page
    assert "stranger" not in text(
        client,
        ROLES,
        q="stranger",
        sort="person",
        headers={"HX-Request": "true", "HX-Target": "list-results"},
    )


@pytest.mark.parametrize("path", [UNITS, ROLES])
def test_a_longer_list_asks_no_more_questions(client, centre, tree, make, path):
    def asked(**query):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path, query)
            if answer.streaming:
                b"".join(answer.streaming_content)
        return len(queries)

    def both():
        return asked(), asked(export="csv")

    both()
    few = both()
    for n in range(30):
        make.user("unit_officer", make.unit(f"x-{n}", parent=tree["th-38"], kind="bureau"))
    assert both() == few
