"""Forms of this room; the rules stand in the services and engines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock
from sucharit.core.forms import ThaiDateField
from sucharit.desk.deadlines import queries, words
from sucharit.desk.deadlines.calendar import PROVINCES
from sucharit.desk.deadlines.services.obligations import EDIT
from sucharit.desk.labels import unit_name
from sucharit.desk.models import Clock
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

MOST = 3_660  # units of a period in the calculator


class UnitChoice(forms.ModelChoiceField):
    """Units by their name in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        return unit_name(obj)


def provinces() -> Any:
    """Provinces and Bangkok, by name."""
    return Unit.objects.filter(kind__in=PROVINCES).alive(clock.today()).by_name()


def _clock_choices() -> list[tuple[str, str]]:
    rows = queries.clocks_on(clock.today())
    return [(c.key, f"{title(c)} ({words.amount(c.n, c.unit)})") for c in rows]


def title(found: Clock) -> str:
    """A clock's title in the page's language."""
    return str(found.title_th if words.thai() else found.title_en or found.title_th)


class DayForm(forms.Form):
    """A day off, or a day taken back."""

    on = ThaiDateField(label=words.COLUMNS["on"])
    name_th = forms.CharField(label=words.COLUMNS["name_th"], max_length=200)
    name_en = forms.CharField(label=words.COLUMNS["name_en"], max_length=200, required=False)
    kind = forms.ChoiceField(label=words.COLUMNS["kind"], choices=list(words.KINDS.items()))
    unit = UnitChoice(
        label=words.COLUMNS["unit"],
        queryset=Unit.objects.none(),
        required=False,
        empty_label=words.NATION,
        to_field_name="code",
    )
    works = forms.BooleanField(
        label=words.COLUMNS["works"],
        required=False,
        help_text=_("Tick this where the cabinet moved the day, so that people work on it."),
    )
    order_no = forms.CharField(label=words.COLUMNS["order_no"], max_length=120, required=False)
    source = forms.CharField(label=words.COLUMNS["source"], max_length=300, required=False)
    verified = forms.BooleanField(label=words.COLUMNS["verified"], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = provinces()


class ImportForm(forms.Form):
    """A file of days off."""

    file = forms.FileField(
        label=_("File of days off (CSV, XLSX or JSON)"),
        help_text=_("Same columns as the export. Either every row is taken in, or none."),
        error_messages={"required": _("Choose a file.")},
    )


class ComputeForm(forms.Form):
    """A clock, or a period of one's own, from a day, in a province."""

    clock = forms.ChoiceField(label=_("Period of law or practice"), required=False)
    n = forms.IntegerField(
        label=_("Or a number of your own"), min_value=1, max_value=MOST, required=False
    )
    unit = forms.ChoiceField(
        label=_("counted in"), choices=list(words.UNITS.items()), required=False
    )
    anchor_on = ThaiDateField(label=_("Day of the event"))
    province = UnitChoice(
        label=_("Province"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=words.NATION,
        to_field_name="code",
    )
    same_day = forms.BooleanField(
        label=_("The event's day is day 1 (it began at opening hour)"), required=False
    )
    fixed = forms.BooleanField(
        label=_("A day off at the end does not move the last day"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clocks, place = self.fields["clock"], self.fields["province"]
        assert isinstance(clocks, forms.ChoiceField)
        assert isinstance(place, forms.ModelChoiceField)
        clocks.choices = [("", _("A period of your own")), *_clock_choices()]
        place.queryset = provinces()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not found.get("clock") and not found.get("n") and "n" not in self.errors:
            self.add_error("n", _("Choose a period, or write a number."))
        return found


class ObligationForm(forms.Form):
    """What a unit owes by a clock."""

    unit = UnitChoice(
        label=_("Unit that owes it"), queryset=Unit.objects.none(), to_field_name="code"
    )
    clock = forms.ChoiceField(label=_("Period of law or practice"))
    anchor_on = ThaiDateField(label=_("Day of the event"))
    title = forms.CharField(
        label=_("What the unit has to do"),
        max_length=300,
        help_text=_("Without names of persons: it is shown to everybody of the unit."),
    )

    def __init__(self, *args: Any, user: Any, here: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clocks, place = self.fields["clock"], self.fields["unit"]
        assert isinstance(clocks, forms.ChoiceField)
        assert isinstance(place, forms.ModelChoiceField)
        clocks.choices = _clock_choices()
        place.queryset = _owing(user, here)


def _owing(user: Any, here: Unit | None) -> Any:
    """Units offered: where the user holds the right, the ones right below, and the one in view."""
    near = Q(pk=here.pk) if here else Q(pk=None)
    for path in scope.paths(user, EDIT):
        near |= Q(path=path) | Q(
            path__gte=path, path__lt=path + "~", depth=len(path) // Unit.steplen + 1
        )
    mine = scope.limit(Unit.objects.all(), user, path_field="path", permission=EDIT)
    # Offices only: an area of the register owes nothing.
    return mine.filter(near).exclude(kind=Unit.Kind.SUBDISTRICT).alive(clock.today()).order_by("path")  # fmt: skip


class ReasonForm(forms.Form):
    """Why a period is extended."""

    reason = forms.CharField(
        label=_("Reason for the extension"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences. No names of reporters or complainants."),
    )


class CloseForm(forms.Form):
    """What was done."""

    note = forms.CharField(
        label=_("What was done"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences. No names of reporters or complainants."),
    )
