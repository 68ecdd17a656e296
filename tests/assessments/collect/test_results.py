"""Results: only after closing, exact, small groups and cells hidden so that they cannot be computed."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest

from sucharit.assessments.collect import campaigns, queries, results
from sucharit.core.errors import Refusal
from sucharit.core.models import LedgerEntry
from tests import make
from tests.assessments.collect import make_collect as mc
from tests.assessments.collect.test_submit import send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def units():
    return make.ministry()


def closed(units, sheets, **fields):
    """A closed campaign; ``sheets``: unit code → list of answers."""
    made = mc.campaign(units["moi"], [units[code] for code in sheets], **fields)
    for code, many in sheets.items():
        for answers in many:
            send(mc.part(made, code).collect_code.code, **answers)
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    made.refresh_from_db()
    return made


def answer(q1, q2="5", why=""):
    return {"q1": str(q1), "q2": q2, "again": "0" if why else "1"} | ({"why": why} if why else {})


def test_means_levels_and_counts_of_the_whole_and_of_a_unit(units):
    made = closed(units, {"th-38": [answer(5)] * 6 + [answer(3)] * 6, "th-66": [answer(1)] * 7})
    found = queries.latest_results(made)
    one = found[mc.part(made, "th-38").pk].figures
    assert one["n"] == 12
    q1 = next(i for i in one["items"] if i["id"] == "q1")
    assert (q1["mean"], q1["n"], q1["level"]) == ("4", 12, "4")
    assert q1["cells"] == [["1", 0], ["2", 0], ["3", 6], ["4", 0], ["5", 6]]
    assert abs(Fraction(q1["sd"]) ** 2 - Fraction(12, 11)) < Fraction(1, 10**9)
    (total,) = one["nodes"]
    assert (total["value"], total["n"], total["level"]) == ("9/2", 12, "4")
    whole = found[None].figures
    assert whole["n"] == 19
    assert Fraction(whole["nodes"][0]["value"]) == Fraction(12 * 9, 2 * 19) + Fraction(7 * 3, 19)


def test_a_small_unit_is_hidden_and_so_is_the_one_it_could_be_computed_from(units):
    made = closed(
        units,
        {
            "th-38": [answer(5)] * 9,
            "th-66": [answer(1)] * 3,
            "moi-cdd": [answer(2)] * 6,
            "moi-dol": [],
        },
    )
    found = queries.latest_results(made)
    shown = {code: found[mc.part(made, code).pk].figures for code in ("th-38", "th-66", "moi-cdd", "moi-dol")}  # fmt: skip
    assert [code for code, f in shown.items() if not f.get("few")] == ["th-38"]
    assert shown["moi-dol"]["nobody"]
    assert not shown["th-66"]["nobody"]
    assert found[None].figures["n"] == 18


def test_below_the_least_nothing_is_shown(units):
    made = closed(units, {"th-38": [answer(5, why="secret thing")] * 4})
    found = queries.latest_results(made)
    assert all(r.figures.get("few") for r in found.values())
    assert "secret" not in str([r.figures for r in found.values()])


def test_free_text_is_released_without_the_unit_below_ten(units):
    ten = [answer(5, why=f"ten {n}") for n in range(10)]
    few = [answer(5, why=f"few {n}") for n in range(6)]
    made = closed(units, {"th-38": ten, "th-66": few})
    found = queries.latest_results(made)
    assert sorted(found[mc.part(made, "th-38").pk].figures["texts"]["why"]) == sorted(
        a["why"] for a in ten
    )
    assert found[mc.part(made, "th-66").pk].figures["texts"] == {}
    assert sorted(found[None].figures["texts"]["why"]) == sorted(a["why"] for a in few)


def test_results_are_refused_while_open_and_a_new_run_keeps_the_old_one(units):
    made = mc.campaign(units["moi"], [units["th-38"]])
    with pytest.raises(Refusal):
        results.compute(actor=mc.SYSTEM, campaign=made)
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    made.refresh_from_db()
    results.compute(actor=mc.SYSTEM, campaign=made)
    assert sorted(made.collect_results.values_list("run", flat=True)) == [1, 1, 2, 2]


def test_pages_and_exports_show_what_the_reader_may_see(units, client):
    made = closed(units, {"th-38": [answer(5)] * 7, "th-66": [answer(1)] * 8})
    officer = make.user("unit_officer", units["th-38"])
    centre = make.user("ministry_centre", units["moi"])
    base = f"/assessments/campaigns/{made.pk}/results/"
    client.force_login(officer)
    html = client.get(base).content.decode()
    assert "จังหวัดบึงกาฬ" in html
    assert "จังหวัดพิจิตร" not in html
    assert client.get(f"/assessments/campaigns/{made.pk}/units/th-66/results/").status_code == 404
    assert client.get(f"/assessments/campaigns/{made.pk}/units/th-38/results/").status_code == 200
    client.force_login(centre)
    got = client.get(base + "csv")
    rows = list(csv.reader(io.StringIO(b"".join(got.streaming_content).decode("utf-8-sig"))))
    assert len(rows[0]) == 10
    assert {r[0] for r in rows[1:]} == {"", "th-38", "th-66"}
    assert [r[7] for r in rows if r[0] == "th-38" and r[3] == "total"] == ["5.00"]
    assert LedgerEntry.objects.filter(action="assessments.campaign.exported").count() == 1
    book = client.get(base + "xlsx")
    assert book.status_code == 200
    book.close()
    assert client.get(base + "pdf").status_code == 404


def test_an_open_campaign_has_no_result_page_and_rounded_fill(units, client):
    made = mc.campaign(units["moi"], [units["th-38"]])
    for _ in range(7):
        send(mc.part(made, "th-38").collect_code.code, **answer(5))
    client.force_login(make.user("ministry_centre", units["moi"]))
    assert client.get(f"/assessments/campaigns/{made.pk}/results/").status_code == 404
    html = client.get(f"/assessments/campaigns/{made.pk}/").content.decode()
    assert "5 ขึ้นไป" in html
    assert queries.fill_of(mc.part(made, "th-38")).at_least == 5
