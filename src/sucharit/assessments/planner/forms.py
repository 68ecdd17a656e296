"""Forms of the planner; the rules stand in the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.planner.defaults import defaults
from sucharit.assessments.planner.rows import text
from sucharit.core.forms import ThaiDateField

if TYPE_CHECKING:
    from sucharit.assessments.planner.queries import Desk


class ActionForm(forms.Form):
    """The due date of the action items."""

    due_on = ThaiDateField(label=_("Due on"))


class EffortForm(forms.Form):
    """How much work each item is; empty means the default, 0 means not this year."""

    survey_most = forms.IntegerField(
        label=_("Most points one survey item is planned to rise"), min_value=0, max_value=100
    )

    def __init__(self, desk: Desk, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"survey_most": desk.efforts.survey_most, **_set(desk)})
        super().__init__(*args, **kwargs)
        most = defaults().largest
        for item in desk.edition.items:
            self.fields[f"e-{item.code}"] = forms.IntegerField(
                label=f"{item.code} {text(item.title)}",
                min_value=0,
                max_value=most,
                required=False,
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
            )
        self.fields["survey_most"].widget.attrs["class"] = "form-control"

    @property
    def efforts(self) -> dict[str, int]:
        """What was filled in, by item."""
        return {
            name.removeprefix("e-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("e-") and value is not None
        }


def _set(desk: Desk) -> dict[str, int]:
    return {f"e-{code}": effort for code, effort in desk.efforts.items.items()}
