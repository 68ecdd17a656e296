"""Units: a dated tree. A unit keeps its identity when it is renamed, upgraded or moved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

if TYPE_CHECKING:
    from sucharit.orgs.models.people import User


class UnitQuerySet(MP_NodeQuerySet):
    def alive(self, on: dt.date) -> UnitQuerySet:
        """Units that exist on the date (a null start means "since before records")."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
        )

    def under(self, unit: Unit) -> UnitQuerySet:
        """The unit and its subtree, as an index range (LIKE would scan)."""
        return self.filter(path__gte=unit.path, path__lt=unit.path + "~")

    def visible_to(self, user: User) -> UnitQuerySet:
        """Units within the scope of the user's roles."""
        from sucharit.orgs import scope

        return scope.limit(self, user, path_field="path")

    def by_name(self) -> UnitQuerySet:
        return self.order_by(F("sort_key").asc(nulls_last=True), "code")


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> UnitQuerySet:
        """Treebeard's manager would hand out its own queryset class."""
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node):
    """A ministry, department, enterprise, province, district or local body."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry"
        DEPARTMENT = "department"
        ENTERPRISE = "enterprise"
        PROVINCE = "province"
        BANGKOK = "bangkok"  # special local body and capital
        DISTRICT = "district"  # อำเภอ
        KHET = "khet"  # เขต of Bangkok
        PAO = "pao"  # อบจ.
        CITY_MUNICIPALITY = "city_municipality"  # เทศบาลนคร
        TOWN_MUNICIPALITY = "town_municipality"  # เทศบาลเมือง
        SUBDISTRICT_MUNICIPALITY = "subdistrict_municipality"  # เทศบาลตำบล
        TAO = "tao"  # อบต.
        SPECIAL_LAO = "special_lao"  # Pattaya
        SUBDISTRICT = "subdistrict"  # ตำบล / แขวง, an area, not an office
        BUREAU = "bureau"
        OTHER = "other"

    LAO_KINDS = (
        "pao",
        "city_municipality",
        "town_municipality",
        "subdistrict_municipality",
        "tao",
        "special_lao",
    )

    code = models.SlugField(
        max_length=64, unique=True
    )  # ours, for ever: "moi", "moi-dol", "th-38", "th-3801"
    kind = models.CharField(max_length=30, choices=Kind)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_th = models.CharField(max_length=40, blank=True)  # พช., กฟภ.
    sort_key = models.CharField(max_length=400, blank=True, db_index=True)  # core.collation
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # last day; null: exists
    synthetic = models.BooleanField(default=False)
    website = models.URLField(blank=True)
    # Of the office or the middle of the area; millionths of a degree (WGS 84), so both databases keep the same figure.
    lat_e6 = models.IntegerField(null=True, blank=True)
    lon_e6 = models.IntegerField(null=True, blank=True)
    postcode = models.CharField(max_length=5, blank=True)  # never tells the province

    objects = UnitManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_dates",
            )
        ]
        indexes = [models.Index(fields=["kind", "path"], name="unit_kind_path")]

    def __str__(self) -> str:
        return self.name_th


class UnitName(models.Model):
    """What a unit was called and what it was, from–to (อบต. → เทศบาลตำบล keeps the unit)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=30, choices=Unit.Kind)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [F("valid_from").asc(nulls_first=True), "id"]

    def __str__(self) -> str:
        return self.name_th


class UnitEvent(models.Model):
    """What happened to a unit, and into what it went."""

    class Kind(models.TextChoices):
        CREATED = "created"
        RENAMED = "renamed"
        UPGRADED = "upgraded"
        MERGED = "merged"
        MOVED = "moved"
        CLOSED = "closed"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    # Merged: the unit it went into. Moved: the new parent; ``origin`` is the parent it left.
    into = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    origin = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    detail = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class UnitIdentifier(models.Model):
    """A code of a unit in somebody's scheme, with the time it held."""

    class Scheme(models.TextChoices):
        DOPA = "dopa"  # 2, 4 or 6 digits
        ISO3166 = "iso3166-2"  # TH-38
        BUDGET = "budget"  # Bureau of the Budget
        EGP = "egp"  # e-GP department code
        CGD = "cgd"
        DLA = "dla"
        SYNTHETIC = "synthetic"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20, choices=Scheme)
    code = models.CharField(max_length=40)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        # The same code may come back for another unit later: one *current* holder only.
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                condition=Q(valid_to=None),
                name="identifier_current_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class Grouping(models.Model):
    """A group of units in a scheme: region, provincial cluster, health region …"""

    scheme = models.CharField(max_length=30)  # region4, region6, cluster18
    code = models.CharField(max_length=20)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="grouping_once")]
        ordering = ["scheme", "code"]

    def __str__(self) -> str:
        return self.name_th


class GroupMembership(models.Model):
    """A unit in a grouping, from–to."""

    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "unit"],
                condition=Q(valid_to=None),
                name="membership_current_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.grouping}"
