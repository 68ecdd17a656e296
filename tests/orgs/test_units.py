"""A unit keeps its identity through renaming, upgrading, moving, merging and closing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry, SearchDoc
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.orgs.queries import units as queries
from sucharit.orgs.services import unit_codes, units

pytestmark = pytest.mark.django_db
BY = System("test")
D = dt.date


def healthy():
    assert all(not problem for problem in Unit.objects.find_problems())


@pytest.fixture
def tree(make):
    made = make.ministry()
    made["tao"] = units.create_unit(
        actor=BY,
        parent=made["th-3801"],
        code="syn-tao-380104",
        kind="tao",
        name_th="องค์การบริหารส่วนตำบลหอคำ",
        on=D(1997, 2, 23),
    )
    return made


def test_an_upgraded_body_stays_the_same_unit_and_keeps_its_former_name(tree):
    tao = tree["tao"]
    units.upgrade_unit(
        actor=BY,
        unit=tao,
        kind="subdistrict_municipality",
        name_th="เทศบาลตำบลหอคำ",
        on=D(2008, 7, 18),
        source="ประกาศ",
    )
    same = Unit.objects.get(code="syn-tao-380104")
    assert (same.pk, same.kind, same.name_th) == (
        tao.pk,
        "subdistrict_municipality",
        "เทศบาลตำบลหอคำ",
    )
    before, after = queries.name_on(same, D(2008, 7, 17)), queries.name_on(same, D(2008, 7, 18))
    assert (before.kind, before.name_th) == ("tao", "องค์การบริหารส่วนตำบลหอคำ")
    assert (after.kind, after.name_th) == ("subdistrict_municipality", "เทศบาลตำบลหอคำ")
    assert queries.name_on(same, D(1997, 2, 22)) is None
    assert [e.kind for e in same.events.all()] == ["created", "upgraded"]
    assert LedgerEntry.objects.filter(action="orgs.unit.upgraded", unit=same.code).count() == 1


def test_thai_order_follows_the_name(tree):
    first = units.rename_unit(actor=BY, unit=tree["moi-cdd"], name_th="กรมเกษตร", on=D(2020, 1, 1))
    second = units.rename_unit(actor=BY, unit=tree["moi-dol"], name_th="กรมแกะ", on=D(2020, 1, 1))
    third = units.rename_unit(actor=BY, unit=tree["moi"], name_th="กรมขนส่ง", on=D(2020, 1, 1))
    pks = [first.pk, second.pk, third.pk]
    assert list(Unit.objects.filter(pk__in=pks).by_name().values_list("pk", flat=True)) == pks


def test_two_renamings_on_one_day_leave_the_last_one(tree):
    units.rename_unit(actor=BY, unit=tree["tao"], name_th="อบต. หอคำ", on=D(2010, 1, 1))
    units.rename_unit(
        actor=BY, unit=tree["tao"], name_th="องค์การบริหารส่วนตำบลหอคำใหม่", on=D(2010, 1, 1)
    )
    assert [n.name_th for n in tree["tao"].names.all()] == [
        "องค์การบริหารส่วนตำบลหอคำ",
        "องค์การบริหารส่วนตำบลหอคำใหม่",
    ]


@pytest.mark.parametrize("on", [D(2999, 1, 1), D(1990, 1, 1)])
def test_a_change_before_the_beginning_or_in_the_future_is_refused(tree, on):
    with pytest.raises(Refusal):
        units.rename_unit(actor=BY, unit=tree["tao"], name_th="ใหม่", on=on)


def test_names_are_cleaned_and_must_fit(tree):
    made = units.create_unit(
        actor=BY, parent=tree["moi"], code="x-1", kind="other", name_th="  สำนัก\u200b  ทดสอบ "
    )
    assert made.name_th == "สำนัก ทดสอบ"
    with pytest.raises(ValidationError):
        units.create_unit(actor=BY, parent=tree["moi"], code="x-2", kind="other", name_th="ก" * 201)
    with pytest.raises(ValidationError):
        units.create_unit(actor=BY, parent=tree["moi"], code="x-1", kind="other", name_th="ซ้ำ")


def test_moving_takes_the_subtree_the_scope_and_the_search_documents_along(tree, make):
    old_governor, new_governor = (
        make.user("unit_head", tree["th-38"]),
        make.user("unit_head", tree["th-66"]),
    )
    officer = make.user("unit_officer", tree["th-3801"])
    SearchDoc.objects.create(
        kind="x",
        object_id="1",
        org_path=Unit.objects.get(pk=tree["tao"].pk).path,
        title="t",
        text="t",
        url="/",
    )
    units.move_unit(actor=BY, unit=tree["th-3801"], parent=tree["th-66"], on=D(2020, 5, 1))
    tao = Unit.objects.get(pk=tree["tao"].pk)
    assert Unit.objects.get_parent(Unit.objects.get(code="th-3801")).code == "th-66"
    assert not scope.can(old_governor, "view", tao)
    assert scope.can(new_governor, "view", tao)
    assert scope.can(officer, "view", tao)
    assert SearchDoc.objects.get(kind="x").org_path == tao.path
    healthy()


def test_the_tree_of_an_earlier_day_shows_the_former_parent(tree):
    units.move_unit(actor=BY, unit=tree["th-3801"], parent=tree["th-66"], on=D(2020, 5, 1))
    units.move_unit(actor=BY, unit=tree["th-3801"], parent=tree["moi"], on=D(2021, 5, 1))

    def parent(day):
        placed = {p.code: p for p in queries.tree_on(day)}
        assert placed["syn-tao-380104"].parent == placed["th-3801"].pk
        return next(p.code for p in placed.values() if p.pk == placed["th-3801"].parent)

    assert [
        parent(D(2020, 4, 30)),
        parent(D(2020, 5, 1)),
        parent(D(2021, 4, 30)),
        parent(D(2021, 5, 1)),
    ] == [
        "th-38",
        "th-66",
        "th-66",
        "moi",
    ]
    assert queries.parent_on(tree["th-3801"], D(2020, 4, 30)).code == "th-38"


def test_a_unit_does_not_go_below_itself(tree):
    with pytest.raises(Refusal, match=r".+"):
        units.move_unit(actor=BY, unit=tree["th-38"], parent=tree["th-3801"], on=D(2020, 1, 1))


def test_merging_ends_the_one_and_keeps_where_it_went(tree):
    other = units.create_unit(
        actor=BY,
        parent=tree["th-3801"],
        code="syn-tao-2",
        kind="tao",
        name_th="องค์การบริหารส่วนตำบลสอง",
        on=D(1997, 2, 23),
    )
    unit_codes.add_identifier(actor=BY, unit=tree["tao"], scheme="dla", code="6380101")
    units.merge_units(actor=BY, unit=tree["tao"], into=other, on=D(2015, 1, 1))
    gone = Unit.objects.get(code="syn-tao-380104")
    assert gone.valid_to == D(2014, 12, 31)
    assert gone.events.get(kind="merged").into == other
    assert gone not in Unit.objects.alive(D(2015, 1, 1))
    assert gone in Unit.objects.alive(D(2014, 12, 31))
    assert queries.find_by_identifier("dla", "6380101", D(2014, 12, 31)) == gone
    assert queries.find_by_identifier("dla", "6380101", D(2015, 1, 1)) is None
    with pytest.raises(Refusal):
        units.rename_unit(actor=BY, unit=gone, name_th="อีก", on=D(2016, 1, 1))


def test_a_unit_with_living_children_is_not_closed(tree):
    with pytest.raises(Refusal):
        units.close_unit(actor=BY, unit=tree["th-3801"], on=D(2020, 1, 1))
    units.close_unit(actor=BY, unit=tree["tao"], on=D(2020, 1, 1))
    units.close_unit(actor=BY, unit=tree["th-3801"], on=D(2020, 1, 1))
    assert Unit.objects.filter(code="th-3801").exists()


def test_a_code_has_one_holder_at_a_time(tree):
    unit_codes.add_identifier(actor=BY, unit=tree["moi-cdd"], scheme="budget", code="15004")
    with pytest.raises(Refusal):
        unit_codes.add_identifier(
            actor=BY, unit=tree["moi-dol"], scheme="budget", code="15004", on=D(2020, 1, 1)
        )
    unit_codes.end_identifier(
        actor=BY, unit=tree["moi-cdd"], scheme="budget", code="15004", on=D(2020, 1, 1)
    )
    unit_codes.add_identifier(
        actor=BY, unit=tree["moi-dol"], scheme="budget", code="15004", on=D(2020, 1, 1)
    )
    assert queries.find_by_identifier("budget", "15004", D(2019, 12, 31)).code == "moi-cdd"
    assert queries.find_by_identifier("budget", "15004", D(2020, 1, 1)).code == "moi-dol"


def test_rights(tree, make):
    officer, centre = (
        make.user("unit_officer", tree["th-38"]),
        make.user("ministry_centre", tree["moi"]),
    )
    with pytest.raises(NotFoundInScope):
        units.rename_unit(actor=officer, unit=tree["th-66"], name_th="ใหม่", on=D(2020, 1, 1))
    with pytest.raises(Forbidden):
        units.rename_unit(actor=officer, unit=tree["th-38"], name_th="ใหม่", on=D(2020, 1, 1))
    with pytest.raises(Forbidden):
        units.create_unit(actor=centre, code="root2", kind="ministry", name_th="อีกกระทรวง")
    units.rename_unit(actor=centre, unit=tree["th-66"], name_th="ใหม่", on=D(2020, 1, 1))
    assert Unit.objects.get(code="th-38").name_th == "จังหวัดบึงกาฬ"
