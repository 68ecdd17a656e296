"""Forms of checklists; the rules themselves stand in the services."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.checklists import values
from sucharit.assessments.engine.checklists import SheetItem
from sucharit.assessments.engine.checklists.sheet import NUMBERS
from sucharit.assessments.models import FrameworkMapping
from sucharit.core.forms import ThaiDateField


def value_field(item: SheetItem) -> forms.Field:
    """The field an item is answered in. Nothing is required here: a draft may stay open."""
    label = _("Answer")
    if item.type == "choices":
        return forms.MultipleChoiceField(
            label=label,
            required=False,
            choices=values.choices(item),
            widget=forms.CheckboxSelectMultiple,
        )
    if item.type in {"choice", "points", "acknowledge"}:
        chosen: list[tuple[str, Any]] = [*values.choices(item)] or [("OK", _("I confirm this"))]
        return forms.ChoiceField(
            label=label, required=False, choices=chosen, widget=forms.RadioSelect
        )
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
    if item.type in NUMBERS:
        mode = "numeric" if item.type == "integer" else "decimal"
        widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
    elif item.type == "text" and (item.max_chars is None or item.max_chars > 200):
        widget = forms.Textarea(attrs={"rows": 4})
    hint = _("for example 18/3/2567") if item.type == "date" else ""
    return forms.CharField(label=label, required=False, widget=widget, help_text=hint)


class AnswerForm(forms.Form):
    """One item: answer, note, or that it does not apply."""

    words = forms.CharField(
        label=_("Note for the head and the assessors"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    not_applicable = forms.BooleanField(
        label=_("This item does not apply to the unit"), required=False
    )
    reason = forms.CharField(
        label=_("Why it does not apply"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, item: SheetItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(item)
        self.order_fields(["value", "words", "not_applicable", "reason", "version"])
        if not item.may_be_na:
            del self.fields["not_applicable"], self.fields["reason"]


class EvidenceForm(forms.Form):
    """Evidence of an item: out of the library, or a new link or file that goes into it."""

    proof: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("From the unit's evidence library"),
        queryset=None,
        required=False,
        empty_label=_("nothing chosen"),
    )
    url = forms.CharField(
        label=_("Or a new link"),
        required=False,
        max_length=2_000,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}
        ),
    )
    upload = forms.FileField(label=_("Or a new file"), required=False)
    title = forms.CharField(
        label=_("Name of the new evidence"),
        required=False,
        max_length=300,
        help_text=_("As it will stand in the library, for example: order 12/2567, appointment."),
    )

    def __init__(self, *args: Any, proofs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proof"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = proofs


class SubmitForm(forms.Form):
    incomplete_ok = forms.BooleanField(
        label=_("I confirm that the items without an answer stay empty"), required=False
    )


class CommentsForm(forms.Form):
    """What has to be changed: for all, and item by item."""

    note = forms.CharField(
        label=_("What has to be changed, in general"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item_ids = []
        for item, title in items:
            self.item_ids.append(item)
            self.fields[f"item_{item}"] = forms.CharField(
                label=title,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            )

    @property
    def comments(self) -> dict[str, str]:
        """Comments by item, the filled-in ones."""
        return {i: t for i in self.item_ids if (t := self.cleaned_data.get(f"item_{i}", ""))}

    @property
    def item_fields(self) -> list[tuple[str, forms.BoundField]]:
        """(item, field) for the page."""
        return [(i, self[f"item_{i}"]) for i in self.item_ids]


class WordsForm(forms.Form):
    note = forms.CharField(
        label=_("What has to be changed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AssignForm(forms.Form):
    """Sections for a colleague."""

    user: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Colleague"), queryset=None, empty_label=_("choose a colleague")
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections of the checklist"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = ThaiDateField(label=_("To be handed in by"), required=False)

    def __init__(
        self, *args: Any, users: Any, sections: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        user, chosen = self.fields["user"], self.fields["sections"]
        assert isinstance(user, forms.ModelChoiceField)
        assert isinstance(chosen, forms.MultipleChoiceField)
        user.queryset, chosen.choices = users, sections


class MarkForm(forms.Form):
    """What an assessor found for an item."""

    value = forms.CharField(label=_("What you found"), required=False)
    not_applicable = forms.BooleanField(
        label=_("The item does not apply to this unit"), required=False
    )
    comment = forms.CharField(
        label=_("Reason for the mark"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Needed where you differ from the judgement before yours. The unit will read it."
        ),
    )
    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, item: SheetItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = value_field(item)
        field.label = _("What you found")
        if isinstance(field, forms.ChoiceField):
            field.choices = [(v, _worded(item, v, label)) for v, label in values.choices(item)]
        self.fields["value"] = field
        self.order_fields(["value", "not_applicable", "comment", "turn"])
        if not item.may_be_na:
            del self.fields["not_applicable"]


def _worded(item: SheetItem, value: str, label: str) -> str:
    """A choice with what it is worth, for the assessor."""
    points = values.worth(item, value)
    if item.type == "points" or not points:
        return label
    return _("%(label)s (%(points)s points)") % {"label": label, "points": points}


class FinishForm(forms.Form):
    """The days after the ministry's marks."""

    objections_to = ThaiDateField(label=_("The unit may object until"), required=False)
    decide_by = ThaiDateField(label=_("Objections are decided by"), required=False)


class ObjectionForm(forms.Form):
    """Why a mark should be different, and what shows it."""

    wanted = forms.ChoiceField(label=_("What the unit thinks right"), required=False)
    reason = forms.CharField(
        label=_("Reason for the objection"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    proofs: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Evidence from the unit's library"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, better: list[tuple[str, str]], proofs: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        wanted, found = self.fields["wanted"], self.fields["proofs"]
        assert isinstance(wanted, forms.ChoiceField)
        assert isinstance(found, forms.ModelMultipleChoiceField)
        wanted.choices = [("", _("no value named")), *better]
        found.queryset = proofs


class DecisionForm(forms.Form):
    value = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect, required=False)
    answer = forms.CharField(
        label=_("Reason for the decision"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, allowed: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["value"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = allowed


class SampleForm(forms.Form):
    seed = forms.CharField(
        label=_("Seed of the draw"),
        max_length=100,
        help_text=_(
            "Any text everybody can check later, for example a number drawn in public. The same seed gives the same sample."
        ),
    )
    n = forms.IntegerField(label=_("How many items to look at"), min_value=1, max_value=100_000)


class MappingForm(forms.Form):
    source_code = forms.ChoiceField(label=_("Item of this framework"))
    source_item = forms.CharField(label=_("Code of that item"), max_length=60)
    relation = forms.ChoiceField(label=_("Read from source to target, it"))
    target_code = forms.ChoiceField(label=_("Item of the other framework"))
    target_item = forms.CharField(label=_("Code of the other item"), max_length=60)
    strength = forms.IntegerField(
        label=_("Strength (0 to 10)"), min_value=0, max_value=10, initial=5
    )
    rationale = forms.CharField(
        label=_("Why the two belong together"), widget=forms.Textarea(attrs={"rows": 3})
    )
    verified = forms.BooleanField(
        label=_("A second person has checked this mapping"), required=False
    )

    def __init__(
        self,
        *args: Any,
        codes: list[tuple[str, str]],
        relations: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source_code", "target_code"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = codes
        relation = self.fields["relation"]
        assert isinstance(relation, forms.ChoiceField)
        relation.choices = relations or FrameworkMapping.Relation.choices
