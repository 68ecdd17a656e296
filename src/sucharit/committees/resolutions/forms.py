"""Forms of resolutions; the rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.committees import library
from sucharit.committees.bodies.forms import UnitCodeField
from sucharit.committees.meetings import words as meeting_words
from sucharit.committees.models import Committee, Meeting
from sucharit.committees.resolutions.words import KINDS
from sucharit.committees.web import ThaiDateField
from sucharit.core.evidence.forms import EvidenceForm
from sucharit.orgs.models import Unit

TEXT = forms.Textarea(attrs={"rows": 3})


def _votes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=500, required=False)


class ResolveForm(forms.Form):
    """What the meeting resolved on an item."""

    kind = forms.ChoiceField(label=_("Kind of resolution"), choices=[(k, w) for k, (_s, w) in KINDS.items()])  # fmt: skip
    text = forms.CharField(label=_("The meeting resolved"), widget=TEXT)
    votes_for = _votes(_("Votes for"))
    votes_against = _votes(_("Votes against"))
    votes_abstained = _votes(_("Abstained"))
    public = forms.BooleanField(label=_("Everybody reads it once the minutes are certified"), required=False)  # fmt: skip


class PaperForm(EvidenceForm):
    """A document for the meeting."""

    audience = forms.ChoiceField(
        label=_("Who reads it"), choices=list(meeting_words.AUDIENCES.items()), initial="members"
    )


class AssignForm(forms.Form):
    """A task of the resolution."""

    title = forms.CharField(label=_("What is to be done"), max_length=300)
    unit = UnitCodeField(label=_("Lead unit (code)"), max_length=60)
    co_units = forms.CharField(
        label=_("Units that help (codes, with spaces)"), required=False, max_length=600
    )
    due_on = ThaiDateField(label=_("To be done by"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitCodeField)
        field.user, field.permission = user, "actions.edit"

    def clean_co_units(self) -> list[Unit]:
        """The units; a code nobody knows is told."""
        codes = str(self.cleaned_data["co_units"]).replace(",", " ").split()
        found = {u.code: u for u in Unit.objects.filter(code__in=codes)}
        unknown = [c for c in codes if c not in found]
        if unknown:
            raise forms.ValidationError(
                _("No unit with the code %(codes)s.") % {"codes": ", ".join(unknown)}
            )
        return [found[c] for c in dict.fromkeys(codes)]


class ForwardForm(forms.Form):
    """To which committee, above or below."""

    to = forms.ModelChoiceField(label=_("Committee it goes to"), queryset=Committee.objects.none())
    note = forms.CharField(label=_("Note"), required=False, widget=TEXT)

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Committee.objects.filter(parent=committee) | Committee.objects.filter(pk=committee.parent_id or 0)  # fmt: skip
        self.fields["to"].queryset = near.filter(state="active")  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """The coming meeting of the committee that got it."""

    meeting = forms.ModelChoiceField(label=_("Coming meeting"), queryset=Meeting.objects.none())

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = committee.meetings.filter(  # type: ignore[attr-defined]
            state__in=("planned", "invited", "in_progress")
        )


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Why it is not taken up"), widget=TEXT)


class ProposeForm(forms.Form):
    """Which meeting, which section."""

    meeting = forms.ModelChoiceField(
        label=_("Coming meeting"), queryset=Meeting.objects.none(),
        help_text=_("None to choose? Plan a meeting on the committee's page first."),
    )  # fmt: skip
    section = forms.TypedChoiceField(label=_("Section"), coerce=int, initial=4)
    title = forms.CharField(label=_("What it is about"), max_length=300)
    audience = forms.ChoiceField(
        label=_("Who reads it"), choices=list(meeting_words.AUDIENCES.items()), initial="members"
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = meetings
        field.label_from_instance = lambda obj: f"{obj.committee.name_th} {obj}"  # type: ignore[method-assign]
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            (n, f"{n}. {library.section_title(n)}") for n in (3, 4, 5)
        ]
