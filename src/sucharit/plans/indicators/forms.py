"""Forms of indicators; the rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.orgs.models import Unit
from sucharit.plans.engine.figures import E4, FigureTextError, of_e4, parse_e4, text_of
from sucharit.plans.indicators import words
from sucharit.plans.models import Goal, Indicator


class FigureField(forms.CharField):
    """A number as officers write it, Thai digits and thousands too; kept in ten-thousandths."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_e4(text)
        except FigureTextError as error:
            if error.why == "large":
                raise forms.ValidationError(_("This number is too large.")) from None
            raise forms.ValidationError(
                _("Not a number. Write it like 1,234.5 with at most four decimals.")
            ) from None

    def run_validators(self, value: Any) -> None:
        """Length was asked of the text; the number has none."""

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"])

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return text_of(of_e4(value), 4 if value % E4 else 0).rstrip("0" if value % E4 else "")


class FigureForm(forms.Form):
    """A period's figure: numerator and denominator of a share, else the value, else words."""

    numerator = FigureField(label=_("Counted (numerator)"), required=False)
    denominator = FigureField(label=_("Out of (denominator)"), required=False)
    value = FigureField(label=_("Figure"), required=False)
    text = forms.CharField(
        label=_("What was reached"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note for the verifier"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where the figure comes from. No names of persons."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why it is entered or changed now"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The period is verified or locked: the reason is kept with the new version."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, indicator: Indicator, late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shares = indicator.measure in {"percent", "ratio"}
        gone = {"text"} if shares else {"numerator", "denominator", "text"}
        if shares:
            gone.add("value")
            self.fields["numerator"].help_text = indicator.numerator_th
            self.fields["denominator"].help_text = indicator.denominator_th
        if indicator.measure == "text":
            gone = {"numerator", "denominator", "value"}
        else:
            self.fields.get("value", self.fields["note"]).help_text = (
                words.measured_in(indicator) if not shares else self.fields["note"].help_text
            )
        for name in gone | (set() if late else {"reason"}):
            del self.fields[name]


class TargetForm(forms.Form):
    """A unit's target of the year."""

    value = FigureField(label=_("Target of the year"))
    upper = FigureField(label=_("Upper end of the range"), required=False)
    rationale = forms.CharField(
        label=_("Why this target"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where an approved target is replaced."),
    )  # fmt: skip
    baseline = FigureField(
        label=_("Baseline: where the unit stood the year before"), required=False
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if indicator.direction != "range":
            del self.fields["upper"]


class WhyForm(forms.Form):
    """A sentence: what has to be mended, or why an indicator ends."""

    why = forms.CharField(
        label=_("What has to be mended"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class SheetForm(forms.Form):
    """The reference sheet of an indicator."""

    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("For example moi-ita-pass"))
    name_th = forms.CharField(label=_("Name in Thai"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind of result"), choices=list(words.KINDS.items()))
    goal = forms.ModelChoiceField(
        label=_("Goal it belongs to"),
        queryset=Goal.objects.select_related("strategy"),
        required=False,
    )
    measure = forms.ChoiceField(label=_("Measure"), choices=list(words.MEASURES.items()))
    direction = forms.ChoiceField(label=_("Direction"), choices=list(words.DIRECTIONS.items()))
    unit_th = forms.CharField(
        label=_("Counted in (unit of measure)"), max_length=60, required=False
    )
    numerator_th = forms.CharField(
        label=_("What is counted (numerator)"), max_length=300, required=False
    )
    denominator_th = forms.CharField(
        label=_("Out of what (denominator)"), max_length=300, required=False
    )
    definition = forms.CharField(
        label=_("Definition"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    formula = forms.CharField(
        label=_("Formula in words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    data_source = forms.CharField(label=_("Source of the data"), max_length=300, required=False)
    frequency = forms.ChoiceField(
        label=_("How often"), choices=list(words.FREQUENCIES.items()), initial="quarter"
    )
    over_time = forms.ChoiceField(
        label=_("Periods become the year"), initial="last",
        choices=[(k, v) for k, v in words.WAYS.items() if k != "count_met"],
    )  # fmt: skip
    over_space = forms.ChoiceField(
        label=_("Units become one figure"), initial="weighted",
        choices=[(k, v) for k, v in words.WAYS.items() if k not in {"last", "max", "min"}],
    )  # fmt: skip
    cumulative = forms.BooleanField(label=_("Each figure counts from 1 October"), required=False)
    reviewer_unit = forms.ModelChoiceField(
        label=_("Unit that verifies"), queryset=Unit.objects.none(), to_field_name="code", required=False,
        empty_label=_("The owner unit"),
    )  # fmt: skip
    public = forms.BooleanField(label=_("Shown to everybody"), required=False)
    change_note = forms.CharField(
        label=_("Why this version differs"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, units: Any, of: Indicator | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer_unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units
        del self.fields["code" if of else "change_note"]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {k: v for k, v in self.cleaned_data.items() if k not in {"code", "change_note"}}
