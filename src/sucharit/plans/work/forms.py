"""Forms of plans, projects and activities; the rules stand in the services."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.core.forms import ThaiDateField
from sucharit.desk.labels import unit_name
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import months
from sucharit.plans.models import Activity, Goal, Indicator, Plan, Project
from sucharit.plans.work import words


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _units(user: Any) -> Any:
    """Units the reader may write plans of, offices before areas."""
    rows = scope.limit(Unit.objects.all(), user, path_field="path", permission="plans.edit")
    return rows.exclude(kind=Unit.Kind.SUBDISTRICT).order_by("path")


class UnitChoice(forms.ModelChoiceField):
    """A unit by its code in a list of names."""

    def label_from_instance(self, obj: Any) -> str:
        return unit_name(obj)


class CodeUnit(forms.CharField):
    """A unit by its code: lists of thousands of units do not fit into a select."""

    def clean(self, value: Any) -> Unit | None:
        text = str(super().clean(value)).strip().lower()
        if not text:
            return None
        found = Unit.objects.filter(code=text).first()
        if found is None:
            raise forms.ValidationError(_("There is no unit with this code."))
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Unit) else value


class PlanForm(forms.Form):
    """A plan: whose, which year, which kind, what it is called."""

    owner = CodeUnit(label=_("Unit code"), max_length=64, help_text=_("For example th-38"))
    fiscal_year = forms.IntegerField(label=_("Fiscal year"), help_text=_("For example 2567"))
    kind = forms.ChoiceField(label=_("Kind of plan"), choices=list(words.KINDS.items()))
    title_th = forms.CharField(label=_("Title of the plan"), max_length=300)
    code = forms.SlugField(
        label=_("Plan code"),
        max_length=60,
        initial="plan",
        help_text=_("Letters, digits and hyphens; once in the year and unit."),
    )


class CopyForm(forms.Form):
    """Into which year, under which code."""

    fiscal_year = forms.IntegerField(label=_("Copy into the fiscal year"))
    code = forms.SlugField(label=_("Plan code"), max_length=60)


class NoteForm(forms.Form):
    """A sentence of why."""

    note = forms.CharField(
        label=_("Why, or what is missing"), required=False, max_length=2000, widget=_area(2)
    )


class ProjectForm(forms.Form):
    """A project: facts, place, days."""

    title_th = forms.CharField(label=_("Title of the project"), max_length=300)
    program_th = forms.CharField(label=_("Programme"), max_length=300, required=False)
    code = forms.CharField(label=_("Project code"), max_length=60, required=False)
    areas = forms.CharField(
        label=_("Areas: codes of provinces, districts or tambons"),
        max_length=2000,
        required=False,
        help_text=_("Separated by commas, for example th-38, th-3801"),
    )
    starts_on = ThaiDateField(label=_("First day"), required=False)
    ends_on = ThaiDateField(label=_("Last day"), required=False)
    objective = forms.CharField(label=_("Objective"), required=False, widget=_area())
    rationale = forms.CharField(label=_("Rationale"), required=False, widget=_area())
    expected_result = forms.CharField(label=_("Expected result"), required=False, widget=_area())
    beneficiaries = forms.CharField(label=_("Who benefits"), max_length=300, required=False)
    beneficiary_count = forms.IntegerField(
        label=_("How many benefit"), min_value=0, max_value=10**9, required=False
    )
    risk = forms.CharField(label=_("Risks of the project"), required=False, widget=_area())

    def clean_areas(self) -> list[str]:
        """Codes, one by one."""
        return [c for c in self.cleaned_data["areas"].replace(",", " ").split() if c]


class AlignForm(forms.Form):
    """A target and why the project contributes to it."""

    rung = forms.ChoiceField(label=_("Which target"), choices=list(words.RUNGS.items()))
    goal = forms.ModelChoiceField(label=_("Target"), queryset=Goal.objects.none())
    # Not required here: the service says why a reason is needed.
    contribution = forms.CharField(
        label=_("Why the project contributes to it"),
        required=False,
        max_length=2000,
        widget=_area(),
        help_text=_("A sentence: through what the project brings the target closer."),
    )

    def __init__(self, *args: Any, fiscal_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goal"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Goal.objects.filter(
                strategy__from_fy__lte=fiscal_year, strategy__to_fy__gte=fiscal_year
            )
            .select_related("strategy")
            .order_by("code", "strategy__version")
        )


class ActivityForm(forms.Form):
    """An activity: what, for whom, when, how heavy."""

    title_th = forms.CharField(label=_("Title of the activity"), max_length=300)
    target_group = forms.ChoiceField(
        label=_("Target group"),
        required=False,
        choices=[("", _("None in particular")), *words.GROUPS.items()],
    )
    expected_output = forms.CharField(label=_("Expected output"), max_length=300, required=False)
    heads_planned = forms.IntegerField(
        label=_("People planned"), min_value=0, max_value=10**8, required=False
    )
    starts_on = ThaiDateField(label=_("First day"), required=False)
    ends_on = ThaiDateField(label=_("Last day"), required=False)
    weight = forms.IntegerField(
        label=_("Weight in the project"), min_value=1, max_value=1000, initial=1
    )
    predecessor = forms.ModelChoiceField(
        label=_("Waits for"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("nothing"),
    )
    indicators = forms.ModelMultipleChoiceField(
        label=_("Indicators it serves"), queryset=Indicator.objects.none(), required=False
    )

    def __init__(self, *args: Any, user: Any, project: Project | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waits, serves = self.fields["predecessor"], self.fields["indicators"]
        assert isinstance(waits, forms.ModelChoiceField)
        assert isinstance(serves, forms.ModelMultipleChoiceField)
        if project is None:  # chosen in the same form: order and indicators come later
            del self.fields["predecessor"], self.fields["indicators"]
            return
        waits.queryset = project.activities.exclude(state=Activity.State.CANCELLED)
        serves.queryset = Indicator.objects.visible_to(user).order_by("code", "-version")


class FromActionForm(ActivityForm):
    """An activity that mends an action item: in which project."""

    project = forms.ModelChoiceField(
        label=_("Project of the activity"), queryset=Project.objects.none()
    )

    field_order = ("title_th", "project")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, project=None, **kwargs)
        field = self.fields["project"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Project.objects.visible_to(user, "plans.edit")
            .filter(plan__state__in=(Plan.State.DRAFT, Plan.State.APPROVED))
            .exclude(state=Project.State.CANCELLED)
            .order_by("-fiscal_year", "plan", "seq")
        )


class MonthsForm(forms.Form):
    """Twelve cumulative shares, October to September, and why they change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month, name in zip(months.MONTHS, words.months(), strict=True):
            self.fields[f"m{month}"] = forms.DecimalField(
                label=name, required=False, min_value=0, max_value=100, decimal_places=2
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why the months change"),
            required=False,
            max_length=1000,
            help_text=_("Needed once the plan is approved or the quarter locked."),
        )

    def planned(self) -> list[int | None]:
        """Hundredths of a per cent; an empty month is None."""
        return [_e2(self.cleaned_data.get(f"m{m}")) for m in months.MONTHS]


class ReportForm(forms.Form):
    """A quarter's report."""

    progress = forms.DecimalField(
        label=_("Reached by the end of the quarter, in per cent of the whole activity"),
        min_value=0,
        max_value=100,
        decimal_places=2,
    )
    result = forms.CharField(
        label=_("What was done and what came of it"), max_length=5000, widget=_area(4)
    )
    heads_attended = forms.IntegerField(
        label=_("People who took part in this quarter"),
        min_value=0,
        max_value=10**8,
        required=False,
        help_text=_("Leave empty where nobody counted: unknown is not zero."),
    )
    problem = forms.CharField(
        label=_("Problems met"), max_length=5000, required=False, widget=_area()
    )
    solution = forms.CharField(
        label=_("How they are solved"), max_length=5000, required=False, widget=_area()
    )
    late_reason = forms.CharField(
        label=_("Why the report is late"), max_length=1000, required=False, widget=_area(2)
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def progress_e2(self) -> int:
        """Hundredths of a per cent."""
        return _e2(self.cleaned_data["progress"]) or 0


class LockForm(forms.Form):
    """A quarter to lock."""

    quarter = forms.TypedChoiceField(
        label=_("Quarter"), coerce=int, choices=[(q, q) for q in months.QUARTERS]
    )


def _e2(value: Decimal | None) -> int | None:
    return None if value is None else int(value * 100)
