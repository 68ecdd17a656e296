"""The order of a list is whole: the same on both databases, unknown last, no row twice or left out."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db.models import F

from sucharit.core.lists import ExportColumn
from sucharit.core.lists.ordering import stable
from sucharit.orgs.models import Unit, User

pytestmark = pytest.mark.django_db


def test_unknown_values_come_last_in_both_directions(make):
    known = [make.user(), make.user()]
    unknown = make.user()
    for n, user in enumerate(known):
        User.objects.filter(pk=user.pk).update(last_login=f"2024-03-1{n}T00:00:00Z")
    for order in ("last_login", "-last_login"):
        assert stable(User.objects.order_by(order)).last() == unknown


def test_equal_rows_lie_on_one_page_each(make):
    root = make.unit("root")
    for _ in range(30):
        make.unit(parent=root, name_th="ชื่อเดียวกัน", sort_key="x")
    rows = stable(Unit.objects.order_by("sort_key"))
    pages = [list(rows[start : start + 7]) for start in range(0, 31, 7)]
    seen = [unit.pk for page in pages for unit in page]
    assert len(seen) == len(set(seen)) == 31


def test_a_given_expression_and_a_model_without_order_are_kept(make):
    units = [make.unit("b"), make.unit("a")]
    assert [u.code for u in stable(Unit.objects.order_by(F("code").asc()))] == ["a", "b"]
    assert [u.code for u in stable(Unit.objects.order_by("-pk"))] == ["a", "b"]
    assert stable(Unit.objects.order_by()).count() == len(units)


def test_a_cell_follows_its_path_and_stops_at_nothing():
    row = SimpleNamespace(unit=SimpleNamespace(name="x", parent=None))
    assert ExportColumn("a", "unit.name").of(row) == "x"
    assert ExportColumn("a", "unit.parent.name").of(row) is None
    assert ExportColumn("a", lambda r: r.unit.name * 2).of(row) == "xx"
    with pytest.raises(AttributeError):
        ExportColumn("a", "unit.nmae").of(row)
