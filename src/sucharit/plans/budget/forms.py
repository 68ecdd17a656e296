"""Forms of the budget room; the rules stand in the services and the engine."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock, money
from sucharit.core.forms import ThaiDateField
from sucharit.core.templatetags.thai import thaidate
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.budget import rules, words
from sucharit.plans.budget.services import SPEND, Paper
from sucharit.plans.models import Activity, BudgetLine, BudgetTransaction, Project


class BahtField(forms.CharField):
    """An amount as officers write it ("1,234.50", Thai digits too); kept as satang, above zero."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            found = money.parse(str(value))
        except money.MoneyTextError:
            raise forms.ValidationError(
                _("Not an amount in baht. Write it like 1,234.50.")
            ) from None
        if found <= 0:
            raise forms.ValidationError(_("Enter an amount above zero."))
        return found

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """An amount has no length."""


class DocumentChoice(forms.ModelChoiceField):
    """Documents of the line that are still open, with what is open of them."""

    def label_from_instance(self, obj: BudgetTransaction) -> str:
        parts = [f"#{obj.number}", str(words.KINDS[obj.kind]), obj.document_no, thaidate(obj.on)]
        left = _("%(amount)s baht open") % {"amount": words.baht(obj.open_satang)}  # type: ignore[attr-defined]
        return " · ".join([*(p for p in parts if p), str(left)])


class LineForm(forms.Form):
    """A new line of a project."""

    activity = forms.ModelChoiceField(
        label=_("Activity"), queryset=Activity.objects.none(), required=False,
        empty_label=_("The project as a whole"),
    )  # fmt: skip
    unit = forms.ModelChoiceField(label=_("Unit that spends"), queryset=Unit.objects.none())
    source = forms.ChoiceField(label=_("Source of the money"), choices=list(words.SOURCES.items()))
    category = forms.ChoiceField(
        label=_("Category of expenses"),
        choices=list(words.CATEGORIES.items()),
        initial=BudgetLine.Category.OPERATING,
    )
    item = forms.CharField(
        label=_("What the money is for"), max_length=300,
        help_text=_("For example: meals and accommodation of the seminar"),
    )  # fmt: skip

    def __init__(self, *args: Any, project: Project, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        activity, unit = self.fields["activity"], self.fields["unit"]
        assert isinstance(activity, forms.ModelChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        activity.queryset = Activity.objects.filter(project=project)
        near = (
            Q(pk=project.owner_id)
            | Q(activities__project=project)
            | Q(pk__in=project.partners.values("pk"))
        )
        near |= Q(path__in=scope.paths(user, SPEND))
        units = scope.limit(
            Unit.objects.filter(near).distinct(), user, path_field="path", permission=SPEND
        )
        unit.queryset = units
        unit.initial = project.owner_id if units.filter(pk=project.owner_id).exists() else None


class MovementForm(forms.Form):
    """One movement; a step keeps the fields it needs."""

    amount = BahtField(label=_("Amount in baht"))
    draws_on = DocumentChoice(
        label=_("Document it draws on"), queryset=BudgetTransaction.objects.none()
    )
    target = forms.ModelChoiceField(label=_("To which line"), queryset=BudgetLine.objects.none())
    on = ThaiDateField(label=_("Date of the document"))
    document_no = forms.CharField(label=_("Document number"), max_length=120, required=False)
    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, help_text=_("No names of people.")
    )
    ceiling = forms.ChoiceField(
        label=_("Compare with a rate (only warns)"), required=False, choices=[("", "–")]
    )
    heads = forms.IntegerField(
        label=_("How many people"), required=False, min_value=1, max_value=1_000_000
    )
    times = forms.IntegerField(
        label=_("How many days, hours or meals"), required=False, min_value=1, max_value=10_000
    )
    override_reason = forms.CharField(
        label=_("Reason for going below zero"), required=False, max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when the line is to go below zero on purpose. The reason is kept for ever."),
    )  # fmt: skip

    def __init__(self, *args: Any, step: Any, line: BudgetLine, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(step.fields):
            del self.fields[name]
        if "override_reason" in self.fields and not scope.can(user, "budget.override", line.unit):
            del self.fields["override_reason"]
        self.fields["on"].initial = clock.today()
        self._documents(step, line)
        self._targets(line, user)
        if "ceiling" in self.fields:
            self.fields["ceiling"].choices = [("", _("no rate")), *_rates()]  # type: ignore[attr-defined]

    def _documents(self, step: Any, line: BudgetLine) -> None:
        field = self.fields.get("draws_on")
        if not isinstance(field, forms.ModelChoiceField):
            return
        from sucharit.plans.budget.flows import open_documents

        field.required = step.must_draw
        field.queryset = open_documents(line.transactions.all(), step.draws)
        field.empty_label = None if step.must_draw else _("none: out of what is available")

    def _targets(self, line: BudgetLine, user: Any) -> None:
        field = self.fields.get("target")
        if not isinstance(field, forms.ModelChoiceField):
            return
        same = BudgetLine.objects.filter(
            fiscal_year=line.fiscal_year, origin_fiscal_year=line.origin_fiscal_year,
            project__plan=line.project.plan_id, closed_at=None,
        ).exclude(pk=line.pk)  # fmt: skip
        field.queryset = scope.limit(same, user, path_field="unit__path", permission=SPEND)
        field.help_text = _("Lines of the same plan and year that you may enter money for.")

    def paper(self) -> Paper:
        """The paper behind the movement."""
        data = self.cleaned_data
        return Paper(data["on"], data.get("document_no", ""), data.get("note", ""))


class ReverseForm(forms.Form):
    """Why a movement is undone."""

    note = forms.CharField(
        label=_("Why it is reversed"), max_length=300, help_text=_("No names of people."),
        error_messages={"required": _("Say in a sentence why it is reversed.")},
    )  # fmt: skip


class RateForm(forms.Form):
    """Heads × times × rate."""

    key = forms.ChoiceField(label=_("Rate"))
    heads = forms.IntegerField(label=_("How many people"), min_value=1, max_value=1_000_000)
    times = forms.IntegerField(
        label=_("How many days, hours or meals"), min_value=1, max_value=10_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = _rates()  # type: ignore[attr-defined]


def _rates() -> list[tuple[str, str]]:
    thai = (get_language() or "th").startswith("th")
    latest = {c.key: c for c in rules.in_force(clock.today())}
    return [
        (
            c.key,
            " ".join(
                (
                    f"{(c.title_th if thai else c.title_en) or c.title_th}:",
                    words.baht(c.rate_satang),
                    (c.per_th if thai else c.per_en) or c.per_th,
                )
            ),
        )
        for c in latest.values()
    ]
