"""Forms of marks, objections and decisions; the rules themselves stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_APPLICABLE = "na"  # the choice of a form; a mark itself has no points then


class PointsForm(forms.Form):
    """Points of one item as radio buttons, with words beside them; ``judgement`` is what services take."""

    points = forms.ChoiceField(label=_("Points"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, allowed: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["points"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = allowed

    @property
    def judgement(self) -> dict[str, Any]:
        """The cleaned fields; "does not apply" as the services want it."""
        data = dict(self.cleaned_data)
        # Nothing chosen is no choice of "does not apply".
        data["points"] = {NOT_APPLICABLE: "", "": "?"}.get(data["points"], data["points"])
        return data


class MarkForm(PointsForm):
    """An assessor's mark."""

    comment = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Needed below the highest mark. Say which element is missing; the unit will read it."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def judgement(self) -> dict[str, Any]:
        return super().judgement | {"not_applicable": self.cleaned_data["points"] == NOT_APPLICABLE}


class ObjectionForm(forms.Form):
    """Why a mark should be different; about frozen links only."""

    refers_to = forms.TypedMultipleChoiceField(
        label=_("About these links"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what was approved is looked at again. Nothing chosen means all."),
    )
    reason = forms.CharField(
        label=_("Why the mark should be different"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, links: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["refers_to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(n, link["url"]) for n, link in enumerate(links, 1)]


class DecisionForm(PointsForm):
    """An assessor's decision on an objection."""

    answer = forms.CharField(
        label=_("Reason for the decision"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].label = _("Decision")
