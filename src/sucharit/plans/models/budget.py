"""Money: budget lines and their append-only transactions in satang, ceilings and spending targets as dated data.

A line keeps the sums of its transactions beside them, written in the same transaction under a row lock:
a page never adds up a million rows. ``sucharit check-budget`` compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User

USER = settings.AUTH_USER_MODEL


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def visible_to(self, user: User, permission: str = "view") -> BudgetLineQuerySet:
        """Lines of projects the user sees."""
        from sucharit.plans.models.plans import Project

        seen = Project.objects.order_by().visible_to(user, permission)
        return self.filter(project__in=seen.values("pk"))


class BudgetLine(models.Model):
    """Money of a project or one of its activities, from one source, of one category."""

    class Source(models.TextChoices):
        REGULAR = "regular"  # งบปกติ
        NACC_INTEGRATED = "nacc_integrated"  # แผนงานบูรณาการต่อต้านการทุจริต
        PROVINCIAL = "provincial"
        CLUSTER = "cluster"
        LOCAL = "local"
        OTHER = "other"

    class Category(models.TextChoices):
        PERSONNEL = "personnel"
        OPERATING = "operating"
        INVESTMENT = "investment"
        SUBSIDY = "subsidy"
        OTHER = "other"

    project = models.ForeignKey("plans.Project", on_delete=models.PROTECT, related_name="lines")
    activity = models.ForeignKey(
        "plans.Activity", null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="budget_lines"
    )  # who spends
    fiscal_year = models.IntegerField()  # BE, in which it is spent
    origin_fiscal_year = models.IntegerField()  # BE, of the money: kept by a carry-over
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    source = models.CharField(max_length=16, choices=Source)
    category = models.CharField(max_length=12, choices=Category)
    item = models.CharField(max_length=300)
    # Sums of the transactions, kept by the service that writes them (satang).
    allocated_satang = models.BigIntegerField(default=0)
    # Lapsed or carried over: no more to be spent here, but still part of what the year's percentages stand on.
    left_satang = models.BigIntegerField(default=0)
    reserved_satang = models.BigIntegerField(default=0)  # outstanding
    committed_satang = models.BigIntegerField(default=0)  # outstanding
    disbursed_satang = models.BigIntegerField(default=0)  # less refunds
    transactions_count = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved_satang__gte=0)
                & Q(committed_satang__gte=0)
                & Q(disbursed_satang__gte=0)
                & Q(left_satang__gte=0),
                name="budget_line_not_negative",
            )
        ]
        indexes = [models.Index(fields=["fiscal_year", "unit"], name="budget_line_year_unit")]

    def __str__(self) -> str:
        return self.item

    @property
    def available_satang(self) -> int:
        """What may still be reserved, committed or paid."""
        return (
            self.allocated_satang
            - self.left_satang
            - self.reserved_satang
            - self.committed_satang
            - self.disbursed_satang
        )


class BudgetTransactionQuerySet(models.QuerySet["BudgetTransaction"]):
    """Insert-only; a mistake is mended by a transaction that reverses it."""

    def update(self, **_fields: Any) -> int:
        raise TypeError("budget transactions are insert-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("budget transactions are insert-only")


class BudgetTransaction(models.Model):
    """One movement. The database refuses update and delete, too (migration ``append_only``)."""

    class Kind(models.TextChoices):
        ALLOCATION = "allocation"
        TRANSFER_IN = "transfer_in"
        TRANSFER_OUT = "transfer_out"
        RESERVATION = "reservation"
        RESERVATION_RELEASE = "reservation_release"
        COMMITMENT = "commitment"  # ก่อหนี้ผูกพัน
        COMMITMENT_CANCEL = "commitment_cancel"
        DISBURSEMENT = "disbursement"  # เบิกจ่าย
        REFUND = "refund"
        CARRY_OVER_OUT = "carry_over_out"  # กันเงินเหลื่อมปี
        CARRY_OVER_IN = "carry_over_in"
        LAPSE = "lapse"  # พับไป
        REVERSAL = "reversal"

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="transactions")
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the line, without a gap
    kind = models.CharField(max_length=20, choices=Kind)
    amount_satang = models.BigIntegerField()  # above zero, always
    on = models.DateField()  # of the document
    document_no = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    # A disbursement or cancellation names the commitment (or reservation) it draws on.
    draws_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="drawn_by"
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    # The other leg of a transfer or a carry-over.
    pair = models.UUIDField(null=True, blank=True)
    override = models.BooleanField(default=False)  # went below zero on purpose
    override_reason = models.TextField(blank=True)
    # A step that made a line below zero no worse needs no reason of its own: the override it still stands on.
    stands_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # What the line came to: the row tells the story without the ones before it.
    allocated_after = models.BigIntegerField()
    available_after = models.BigIntegerField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BudgetTransactionQuerySet.as_manager()

    class Meta:
        ordering = ["line", "number"]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="budget_transaction_number"),
            models.CheckConstraint(
                condition=Q(amount_satang__gt=0), name="budget_transaction_positive"
            ),
            models.CheckConstraint(
                condition=Q(available_after__gte=0)
                | (Q(override=True) & ~Q(override_reason=""))
                | (Q(override=False) & Q(stands_on__isnull=False)),
                name="budget_transaction_never_below_zero",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="budget_transaction_on")]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.number} {self.kind} {self.amount_satang}"


class Ceiling(models.Model):
    """A rate of a regulation that warns, never blocks: dated, with its source."""

    key = models.SlugField(max_length=60)
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    rate_satang = models.BigIntegerField()
    per_th = models.CharField(max_length=120)  # ต่อคนต่อวัน
    per_en = models.CharField(max_length=120, blank=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["key", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "effective_from"], name="ceiling_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.effective_from}"


class SpendingTarget(models.Model):
    """A national target of disbursement or spending of a year (quarter None) or a quarter."""

    class Kind(models.TextChoices):
        INVESTMENT = "investment"
        RECURRENT = "recurrent"
        TOTAL = "total"
        SPENDING = "spending"  # disbursed and committed

    fiscal_year = models.IntegerField()  # BE
    quarter = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    percent_e2 = models.IntegerField()
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["fiscal_year", "quarter", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "kind"],
                condition=Q(quarter__isnull=True),
                name="spending_target_year",
            ),
            models.UniqueConstraint(
                fields=["fiscal_year", "kind", "quarter"],
                condition=Q(quarter__isnull=False),
                name="spending_target_quarter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.kind}"
