"""Forms of campaigns; the rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.collect.campaigns import INSTRUMENT_SCHEMA, MODES_OF_KIND
from sucharit.assessments.models import Campaign, Framework
from sucharit.core.forms import ThaiDateField
from sucharit.orgs.models import Unit

KINDS = {
    "survey": _("Survey"),
    "test": _("Test"),
    "evaluation": _("Evaluation"),
    "checklist": _("Checklist"),
    "self_assessment": _("Self-assessment"),
}
MODES = {
    Campaign.Mode.PEOPLE: _("Persons answer"),
    Campaign.Mode.UNIT: _("The unit answers as a body, with evidence"),
}
ACCESS = {
    Campaign.Access.OPEN_LINK: _("One link per unit, anonymous"),
    Campaign.Access.ONE_USE_KEYS: _("Cards with keys that work once, anonymous"),
    Campaign.Access.SIGNED_IN: _("With an account; the account is noted, never beside the answers"),
}


class InstrumentChoice(forms.ModelChoiceField):
    """Instruments by title, kind and version."""

    def label_from_instance(self, obj: Any) -> str:
        title = obj.title_th if (get_language() or "th").startswith("th") else obj.title_en
        return f"{title} ({KINDS.get(obj.kind, obj.kind)}, {obj.code} v{obj.version})"


class NewForm(forms.Form):
    """Step 1: the instrument, who answers, and the window."""

    framework = InstrumentChoice(
        label=_("Instrument to answer"),
        queryset=Framework.objects.none(),
        empty_label=_("– choose –"),
    )
    mode = forms.ChoiceField(label=_("Who answers"), choices=list(MODES.items()))
    fiscal_year = forms.IntegerField(label=_("Fiscal year (B.E.)"), min_value=2550, max_value=2650)
    title_th = forms.CharField(label=_("Title in Thai"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)

    def __init__(self, *args: Any, owner: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["framework"]
        assert isinstance(field, forms.ModelChoiceField)
        above = [owner.path[: i * owner.steplen] for i in range(1, owner.depth + 1)]
        own = Framework.objects.filter(schema=INSTRUMENT_SCHEMA, kind__in=MODES_OF_KIND)
        latest = {code: pk for pk, code in own.order_by("version").values_list("pk", "code")}
        field.queryset = (
            own.filter(pk__in=latest.values())
            .exclude(pk__in=own.exclude(owner=None).exclude(owner__path__in=above).values("pk"))
            .defer("document")
            .order_by("title_th")
        )


class UnitsForm(forms.Form):
    """Step 2: whole kinds of units below the owner, and single ones by code."""

    kinds = forms.MultipleChoiceField(
        label=_("All units of these kinds"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label=_("Single units, one code a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The code stands on each unit's page, for example th-38."),
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = kinds


class SetUpForm(forms.Form):
    """Step 3: how people get in, and what counts."""

    access = forms.ChoiceField(
        label=_("How people get in"), choices=list(ACCESS.items()), widget=forms.RadioSelect
    )
    min_report_n = forms.IntegerField(
        label=_("Show no figure below this many answers"), min_value=5, max_value=100
    )
    own_code = forms.BooleanField(
        label=_("Ask everyone for a code of their own"),
        required=False,
        help_text=_("Needed to compare before and after, and for several attempts."),
    )
    pairs_with = forms.ModelChoiceField(
        label=_("Compare with the campaign before it (same persons)"),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("Nothing to compare"),
    )
    attempts = forms.IntegerField(label=_("Attempts a person has"), min_value=1, max_value=10)
    counts = forms.ChoiceField(
        label=_("Which attempt counts"),
        choices=[
            ("best", _("The best one")),
            ("last", _("The last one")),
            ("first", _("The first one")),
        ],
    )
    pass_mark = forms.CharField(
        label=_("Pass mark in percent (tests; empty: none)"), required=False, max_length=3
    )
    show_score = forms.BooleanField(
        label=_("Tell each person the score after sending (tests)"), required=False
    )

    def __init__(self, *args: Any, before: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pairs_with"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = before
        if kind != "test":
            for name in ("attempts", "counts", "pass_mark", "show_score"):
                del self.fields[name]


class WindowForm(forms.Form):
    """Step 4: the first and last day, and of marking where a unit answers."""

    opens_on = ThaiDateField(label=_("First day"))
    closes_on = ThaiDateField(label=_("Last day"))
    review_to = ThaiDateField(label=_("Last day of marking"), required=False)


class ExpectedForm(forms.Form):
    """How many are asked at a unit, and how many answers it takes at most."""

    expected = forms.IntegerField(
        label=_("How many persons are asked"),
        required=False,
        min_value=1,
        help_text=_("For the response rate."),
    )
    cap = forms.IntegerField(
        label=_("Take no more answers than"),
        required=False,
        min_value=1,
        help_text=_("A link that is passed around stops there. Empty: no limit."),
    )


class KeysForm(forms.Form):
    """How many cards."""

    n = forms.IntegerField(label=_("How many new cards"), min_value=1, max_value=2000)
