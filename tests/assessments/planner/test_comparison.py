"""Years beside each other: exact parts, breaks where editions differ, ranks only when wanted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine import Edition, UnitInput, decompose, score_unit
from sucharit.assessments.engine.comparison import YearFigures, compare, stretches
from sucharit.assessments.models import Mark, NodeScore, RankSetting, ScoreRun, UnitResult
from sucharit.assessments.planner import services
from sucharit.assessments.planner.years import years_of
from sucharit.assessments.services import scoring
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden
from tests.assessments.planner.editions import ITA, LACKING, SMALL, document
from tests.assessments.planner.rounds import announce, scored

URL = "/assessments/compare/th-38/"


def figures(year, score):
    """What the engine's own score says of a year."""
    edition = score.edition
    values = {code: node.value for code, node in score.nodes.items() if node.value is not None}
    counted = {
        i.code: tuple(c for c in edition.children(i.code) if c in values)
        for i in edition.instruments
        if score.nodes[i.code].rule == "group_mean"
    }
    return YearFigures(year, edition, values, counted, score.display_hundredths("total"))


points = st.integers(0, 300).map(lambda n: Fraction(n, 3))
marks = st.sampled_from([None, Fraction(0), Fraction(50), Fraction(100)])
surveyed = [i.code for i in SMALL.indicators if i.parent == "IIT"]
marked = [i.code for i in SMALL.items if not i.surveyed]
years = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(surveyed, points)),
    st.fixed_dictionaries(dict.fromkeys(marked, marks)),
)


def scored_year(edition, given_):
    values, given_marks = given_
    return score_unit(edition, UnitInput(values=values, marks=given_marks))


@settings(max_examples=80, deadline=None)
@given(years, years, st.sampled_from(["0.40", "0.25"]))
def test_the_parts_add_up_to_the_change_exactly(before, after, weight):
    changed = document()
    changed["instruments"][0]["weight"] = weight
    changed["instruments"][1]["weight"] = str(Fraction(1) - Fraction(weight))
    other = Edition.from_document(
        {**changed, "instruments": [{**i, "weight": i["weight"]} for i in changed["instruments"]]}
    )
    old, new = scored_year(other, before), scored_year(SMALL, after)
    found = compare(figures(2566, old), figures(2567, new))
    if found.delta is None:
        assert None in (old.total, new.total)
        return
    effects = [part.node.effect for part in found.instruments]
    assert sum(effects) + found.weight_effect == found.delta
    assert found.residual == 0
    for part in found.instruments:
        assert part.residual == 0
        assert sum(i.effect for i in part.indicators) == part.node.effect
    if weight == "0.40":
        assert found.weight_effect == 0
    told = decompose(old, new)
    assert [c.effect for c in told.instruments] == effects
    assert told.weight_effect == found.weight_effect


def test_what_rounded_published_figures_leave_is_named():
    old = score_unit(ITA, UnitInput(values={"total": Fraction("90.01"), "IIT": Fraction(90)}))
    given_ = {"total": Fraction("91.02"), "IIT": Fraction("90.5")}
    new = score_unit(ITA, UnitInput(values=given_))
    found = compare(figures(2566, old), figures(2567, new))
    assert found.delta == Fraction("1.01")
    assert found.residual is None  # EIT and OIT are not known
    full = {"IIT": Fraction(90), "EIT": Fraction(90), "OIT": Fraction(90)}
    old = score_unit(ITA, UnitInput(values=full | {"total": Fraction("90.01")}))
    new = score_unit(ITA, UnitInput(values=full | {"total": Fraction("90.02")}))
    assert compare(figures(2566, old), figures(2567, new)).residual == Fraction("0.01")


def test_a_new_stretch_begins_at_every_break():
    score = score_unit(ITA, UnitInput(values={"total": Fraction(90)}))
    known = [figures(year, score) for year in (2564, 2565, 2566)]
    assert stretches(known, {2565: ("items_differ",)}) == [[2564], [2565, 2566]]
    assert stretches(known, {}) == [[2564, 2565, 2566]]
    assert stretches([], {}) == []


# --- pages


@pytest.fixture
def units(make):
    return make.ministry()


@pytest.fixture
def two_years(make, units):
    """th-38 and th-66, announced in 2566 and 2567 by the same edition; O35 was mended meanwhile."""
    codes = ("th-38", "th-66")
    round_, run = scored(make, units, codes=codes, fiscal_year=2566)
    announce(run)
    again = make.round_(
        [units[c] for c in codes], owner=units["moi"], state="final", framework_=round_.framework
    )
    for part in again.participations.all():
        before = round_.participations.get(unit=part.unit)
        for instrument in ("IIT", "EIT"):
            for answer in before.responses.filter(instrument=instrument):
                make.answers(part, instrument, bytes(answer.answers))
        Mark.objects.bulk_create(
            Mark(participation=part, item=m.item, points="100" if m.item == "O35" else m.points)
            for m in before.marks.all()
        )
    run = scoring.compute_round(actor=System("test"), round=again)
    announce(run)
    return again


@pytest.mark.django_db
def test_the_page_says_what_moved_the_total(client, two_years):
    page = client.get(URL)
    assert page.status_code == 200
    text = page.content.decode()
    assert "+5.00" in text
    found = years_of(AnonymousUser(), two_years.participations.get(unit__code="th-38").unit)
    (step,) = found.steps
    assert (step.delta, step.residual, found.breaks) == (5, 0, {})
    assert found.stretches == [[2566, 2567]]
    oit = next(part for part in step.instruments if part.node.code == "OIT")
    assert {e.code: e.effect for e in oit.indicators} == {"9": 0, "10": 5}


@pytest.mark.django_db
def test_the_file_has_the_exact_parts(client, two_years):
    lines = b"".join(client.get("/assessments/compare/th-38.csv").streaming_content).decode()
    assert "2566,2567,total" in lines
    assert ",5.00,5," in lines


@pytest.mark.django_db
def test_another_edition_is_a_break_and_only_passing_is_compared(make, units, client):
    published = ScoreRun.objects.create(
        kind="published", framework=make.framework("ita-2566"), fiscal_year=2566, public=True
    )
    result = UnitResult.objects.create(
        run=published, unit=units["th-38"], fiscal_year=2566, total_hundredths=9012, passed=True
    )
    for node, exact in {"total": "2253/25", "IIT": "90", "EIT": "91", "OIT": "89"}.items():
        NodeScore.objects.create(result=result, node=node, status="published", exact=exact)
    _round, run = scored(make, units, lacking=LACKING[:3])
    announce(run)
    found = years_of(AnonymousUser(), units["th-38"])
    assert set(found.breaks) == {2567}
    assert "items_differ" in found.breaks[2567]
    assert found.stretches == [[2566], [2567]]
    (step,) = found.steps
    assert step.residual == step.delta - sum(p.node.effect for p in step.instruments)
    assert step.residual == Fraction("-0.22")  # 90.12 announced, 89.90 by its own instruments
    assert [y.figures.passed for y in found.years] == [True, True]
    assert "จุดตัด" in client.get(URL).content.decode()


@pytest.mark.django_db
def test_a_synthetic_year_is_not_compared_with_a_real_one(two_years, units):
    ScoreRun.objects.filter(fiscal_year=2566).update(synthetic=True)
    found = years_of(AnonymousUser(), units["th-38"])
    assert found.breaks == {2567: ("synthetic_differs",)}
    assert found.steps == []


@pytest.mark.django_db
def test_one_year_alone_and_no_year_at_all(make, units, client):
    assert client.get(URL).status_code == 404
    _round, run = scored(make, units)
    announce(run)
    assert 'class="empty"' in client.get(URL).content.decode()


@pytest.mark.django_db
def test_ranks_are_off_until_the_owner_shows_them_and_ties_are_equal(
    make, two_years, units, client
):
    assert years_of(AnonymousUser(), units["th-38"]).years[0].rank is None
    officer = make.user("unit_officer", units["th-38"])
    with pytest.raises(Forbidden):
        services.set_ranks(
            actor=make.user("assessor", units["moi"]), owner=units["moi"], shown=True
        )
    client.force_login(officer)
    assert client.post(f"{URL}ranks/", {"shown": "yes"}).status_code == 404
    client.force_login(make.user("ministry_centre", units["moi"]))
    assert client.post(f"{URL}ranks/", {"shown": "yes"}).status_code == 302
    assert RankSetting.objects.get().shown
    assert [y.rank for y in years_of(AnonymousUser(), units["th-66"]).years] == [(1, 2), (1, 2)]
    better = UnitResult.objects.get(unit__code="th-66", fiscal_year=2567)
    UnitResult.objects.filter(pk=better.pk).update(total_hundredths=9999)
    NodeScore.objects.filter(result=better, node="total").update(hundredths=9999)
    assert [y.rank for y in years_of(AnonymousUser(), units["th-38"]).years] == [(1, 2), (2, 2)]
    client.post(f"{URL}ranks/", {"shown": "no"})
    assert years_of(AnonymousUser(), units["th-38"]).years[0].rank is None
