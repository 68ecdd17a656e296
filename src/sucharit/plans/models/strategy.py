"""Strategies of every rung and their goals; a plan that was amended is another version, never a changed row."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sucharit.orgs.models import Grouping, Unit


class Strategy(models.Model):
    """A plan that others align with: national strategy down to a district's plan."""

    class Level(models.TextChoices):
        NATIONAL = "national"  # ยุทธศาสตร์ชาติ
        MASTER = "master"  # แผนแม่บท, ประเด็น
        SUBPLAN = "subplan"  # แผนย่อย
        ACTION = "action"  # แผนปฏิบัติการ
        REGION = "region"
        CLUSTER = "cluster"
        PROVINCE = "province"
        DISTRICT = "district"

    level = models.CharField(max_length=10, choices=Level)
    code = models.SlugField(max_length=60)  # "mp21", "mp21-1"
    version = models.CharField(max_length=20)  # "2561-2580", "2566-2580"
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="strategies"
    )  # whose plan; None: the nation's
    grouping = models.ForeignKey(
        Grouping, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # a region's or a cluster's
    from_fy = models.IntegerField()  # BE
    to_fy = models.IntegerField()
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["level", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="strategy_version_once"),
            models.CheckConstraint(condition=Q(to_fy__gte=F("from_fy")), name="strategy_years"),
        ]

    def __str__(self) -> str:
        return self.title_th


class Goal(models.Model):
    """A target of a strategy (เป้าหมาย): 210001, 210101 …"""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="goals")
    code = models.CharField(max_length=20)
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["strategy", "code"]
        constraints = [models.UniqueConstraint(fields=["strategy", "code"], name="goal_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title_th}"
