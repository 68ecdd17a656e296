"""From stored answers and marks to a run of exact scores: equal to the engine, insert-only, never exposing a few."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sucharit.assessments.engine import Edition, pack
from sucharit.assessments.models import Mark, NodeScore, RankSetting, Round, ScoreRun, UnitResult
from sucharit.assessments.queries import groups, results
from sucharit.assessments.services import scoring
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.orgs.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(make):
    return make.ministry()


def every(edition, instrument, choose):
    """Packed answers that give each sub-question the option ``choose`` picks by points."""
    return pack(
        edition,
        instrument,
        {
            q.code: choose(q.scale.options, key=lambda o: o.points).code
            for i in edition.items_of(instrument)
            for q in i.subquestions
        },
    )


@pytest.fixture
def scored(make, units):
    """A round of two units: th-38 all best but one OIT item of 10.2, th-66 all worst on the IIT."""
    moi = units["moi"]
    round_ = make.round_([units["th-38"], units["th-66"]], owner=moi, state="final")
    edition = Edition.from_document(round_.framework.document)
    good, weak = round_.participations.order_by("unit__path")
    for instrument in ("IIT", "EIT"):
        make.answers(good, instrument, every(edition, instrument, max), times=40)
    make.answers(weak, "IIT", every(edition, "IIT", min), times=40)
    make.answers(weak, "EIT", every(edition, "EIT", max), times=40)
    for item in edition.items_of("OIT"):
        Mark.objects.create(
            participation=good, item=item.code, points="0" if item.code == "O35" else "100"
        )
        Mark.objects.create(participation=weak, item=item.code, points="100")
    actor = make.user("ministry_centre", moi)
    return round_, edition, actor, scoring.compute_round(actor=actor, round=round_)


def node(run, code, name):
    return NodeScore.objects.get(result__run=run, result__unit__code=code, node=name)


def test_figures_are_exact_and_the_level_follows(scored):
    _round, _edition, _actor, run = scored
    assert Fraction(node(run, "th-38", "OIT").exact) == Fraction(100 + 75, 2)
    assert node(run, "th-38", "total").hundredths == 9500
    good = UnitResult.objects.get(run=run, unit__code="th-38")
    # 95.00 in total, but OIT 87.50: the floor binds.
    assert (good.total_hundredths, good.passed) == (9500, True)
    assert good.level_th == "ผ่านดี"
    weak = UnitResult.objects.get(run=run, unit__code="th-66")
    assert (weak.total_hundredths, weak.level_th) == (7000, "ต้องปรับปรุง")
    assert node(run, "th-66", "IIT").n == 40


def test_the_explanation_holds_every_node_and_its_figures(scored):
    _round, edition, _actor, run = scored
    result = UnitResult.objects.get(run=run, unit__code="th-38")
    found, trail = results.explanation(result, "O35")
    assert [t["code"] for t in trail] == ["total", "OIT", "10", "10.2"]
    assert (found["display"], found["status"]) == ("0.00", "ok")
    assert {n.node for n in result.nodes.all()} == set(edition.nodes)


def test_a_second_run_replaces_the_first_and_keeps_it(scored):
    round_, _edition, actor, first = scored
    second = scoring.compute_round(actor=actor, round=round_)
    first.refresh_from_db()
    assert (first.current, second.current) == (False, True)
    assert first.results.count() == second.results.count() == 2
    assert node(first, "th-38", "total").exact == node(second, "th-38", "total").exact
    assert LedgerEntry.objects.filter(action="assessments.round.scored").count() == 2


def test_the_mark_after_an_objection_holds(scored):
    round_, _edition, actor, _run = scored
    taking_part = round_.participations.get(unit__code="th-38")
    Mark.objects.create(participation=taking_part, item="O35", turn=2, points="100")
    run = scoring.compute_round(actor=actor, round=round_)
    assert node(run, "th-38", "total").hundredths == 10000
    assert UnitResult.objects.get(run=run, unit__code="th-38").level_th == "ผ่านดีเยี่ยม"


def test_too_few_respondents_are_never_shown(make, units):
    round_ = make.round_([units["th-38"]], owner=units["moi"], state="final")
    edition = Edition.from_document(round_.framework.document)
    taking_part = round_.participations.get()
    make.answers(taking_part, "IIT", every(edition, "IIT", min), times=4)
    make.answers(taking_part, "EIT", every(edition, "EIT", max), times=40)
    run = scoring.compute_round(actor=make.user("ministry_centre", units["moi"]), round=round_)
    for name in ("IIT", "1", "i1", "total"):
        assert node(run, "th-38", name).status == "insufficient"
        assert (node(run, "th-38", name).exact, node(run, "th-38", name).n) == ("", None)
    result = run.results.get()
    assert (result.total_hundredths, result.level) == (None, "")
    found, _trail = results.explanation(result, "i1")
    assert (found["value"], found["n"], found["display"]) == (None, None, "")
    assert node(run, "th-38", "EIT").hundredths == 10000


def test_a_unit_without_any_data_is_missing_not_zero(make, units):
    round_ = make.round_([units["th-38"]], owner=units["moi"], state="final")
    run = scoring.compute_round(actor=make.user("ministry_centre", units["moi"]), round=round_)
    assert {
        n.status
        for n in NodeScore.objects.filter(result__run=run, node__in=["total", "IIT", "EIT", "OIT"])
    } == {"missing"}
    assert run.results.get().total_hundredths is None


def test_only_who_runs_rounds_may_compute(make, units):
    round_ = make.round_([units["th-38"]], owner=units["moi"])
    with pytest.raises(NotFoundInScope):
        scoring.compute_round(actor=make.user("ministry_centre", units["th-38"]), round=round_)
    with pytest.raises(Forbidden):
        scoring.compute_round(actor=make.user("auditor", units["moi"]), round=round_)
    assert not ScoreRun.objects.exists()


def test_a_round_without_units_is_refused(make, units):
    round_ = make.round_([], owner=units["moi"])
    with pytest.raises(Refusal):
        scoring.compute_round(actor=make.user("ministry_centre", units["moi"]), round=round_)


def test_who_sees_a_result_and_when(make, units, scored):
    _round, _edition, centre, _run = scored
    from django.contrib.auth.models import AnonymousUser

    public, stranger = AnonymousUser(), make.user("unit_officer", units["th-66"])
    officer, admin = (
        make.user("unit_officer", units["th-38"]),
        make.user("system_admin", units["moi"]),
    )

    def seen(user):
        return set(UnitResult.objects.visible_to(user).values_list("unit__code", flat=True))

    assert seen(public) == {"th-38", "th-66"}  # announced with the final round
    ScoreRun.objects.update(public=False)
    assert (seen(public), seen(admin), seen(officer), seen(stranger)) == (
        set(),
        set(),
        {"th-38"},
        {"th-66"},
    )
    Round.objects.update(state=Round.State.REVIEW)
    assert (seen(officer), seen(centre)) == (set(), {"th-38", "th-66"})


def test_group_statistics_compare_exact_values(make, units, scored):
    _round, _edition, _actor, _run = scored
    from django.contrib.auth.models import AnonymousUser

    from sucharit.orgs.models import Unit

    provinces = Unit.objects.filter(kind="province")
    # Places are shown only where the owner of the rounds says so.
    assert [s.rank for s in groups.group_year(AnonymousUser(), provinces, 2567).standings] == [
        None
    ] * 2
    RankSetting.objects.create(owner=units["moi"], shown=True)
    group = groups.group_year(AnonymousUser(), provinces, 2567)
    assert [(s.unit.code, s.rank) for s in group.standings] == [("th-38", 1), ("th-66", 2)]
    assert (group.passed, group.scored, group.means["total"], group.pass_share_hundredths) == (
        1,
        2,
        8250,
        5000,
    )


def test_an_invented_figure_is_not_compared_with_a_real_one(make, units, scored):
    _round, _edition, actor, run = scored
    last_year = make.round_(
        [units["th-38"]],
        owner=units["moi"],
        state="final",
        fiscal_year=2566,
        framework_=run.framework,
    )
    old = scoring.compute_round(actor=actor, round=last_year)
    UnitResult.objects.filter(run=old).update(total_hundredths=9000)
    NodeScore.objects.filter(result__run=old, node="total").update(hundredths=9000)

    def changes():
        year = results.unit_year(actor, units["th-38"], 2567)
        group = groups.group_year(actor, Unit.objects.filter(code="th-38"), 2567)
        return year.figures["total"].change, group.standings[0].change

    assert changes() == (500, 500)
    ScoreRun.objects.filter(pk=old.pk).update(synthetic=True)
    assert changes() == (None, None)
