"""Forms of committees; the rules stand in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sucharit.committees import access, library
from sucharit.committees.models import Committee, Member, Seat
from sucharit.committees.resolutions.words import LEVELS, ROLES
from sucharit.core.forms import ThaiDateField
from sucharit.orgs import scope
from sucharit.orgs.models import Unit, User

TEXT = forms.Textarea(attrs={"rows": 3})


class UnitCodeField(forms.CharField):
    """A unit by its code, among those the user may edit (``user`` and ``permission`` set by the form)."""

    user: Any = None
    permission = "committees.edit"

    def clean(self, value: Any) -> Any:
        code = str(super().clean(value) or "").strip()
        if not code:
            return None
        rows = scope.limit(
            Unit.objects.all(), self.user, path_field="path", permission=self.permission
        )
        found = rows.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("No unit with this code within your scope."))
        return found


class NewForm(forms.Form):
    """Set a committee up, from a template or empty."""

    unit = UnitCodeField(label=_("Unit code"), max_length=60)
    template = forms.ChoiceField(
        label=_("Template of the committee"),
        required=False,
        help_text=_(
            "Brings seats, quorum and standing agenda. All of it can be changed afterwards."
        ),
    )
    name_th = forms.CharField(
        label=_("Name of the committee"), max_length=300, required=False,
        help_text=_("Empty: the name of the template."),
    )  # fmt: skip
    code = forms.SlugField(label=_("Short code of the committee"), max_length=60)
    level = forms.ChoiceField(label=_("Level of the committee"), choices=list(LEVELS.items()))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitCodeField)
        unit.user = user
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("No template: begin empty")),
            *(
                (code, t["name"]["th"].replace("{unit}", "…"))
                for code, t in library.templates().items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("template") and not data.get("name_th"):
            self.add_error("name_th", _("Say the name of the committee."))
        return data


class EditForm(forms.ModelForm):
    """Order, term, mandate, quorum and place in the tree of committees."""

    order_on = ThaiDateField(label=_("Day of the order"), required=False)
    starts_on = ThaiDateField(label=_("Term from"), required=False)
    ends_on = ThaiDateField(label=_("Term until"), required=False)

    class Meta:
        model = Committee
        fields = (
            "name_th", "order_no", "order_on", "mandate", "meets_per_year", "starts_on", "ends_on",
            "quorum_numerator", "quorum_denominator", "quorum_counts_alternates", "quorum_source",
            "quorum_verified", "parent", "succeeds",
        )  # fmt: skip
        labels = {
            "name_th": _("Name of the committee"),
            "order_no": _("Number of the order"),
            "mandate": _("Mandate"),
            "meets_per_year": _("Meetings planned a year"),
            "quorum_numerator": _("Quorum: parts"),
            "quorum_denominator": _("Quorum: of how many parts"),
            "quorum_counts_alternates": _("Who comes in a member's place counts"),
            "quorum_source": _("Where the rule of the quorum stands"),
            "quorum_verified": _("The rule was compared with its source"),
            "parent": _("Committee above"),
            "succeeds": _("Committee it succeeds"),
        }
        widgets = {"mandate": TEXT}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance.unit.path
        steps = [own[:end] for end in range(4, len(own) + 1, 4)]
        above = Committee.objects.filter(unit__path__in=steps) | access.committees(user)
        for name in ("parent", "succeeds"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = above.exclude(pk=self.instance.pk).distinct()
            field.empty_label = str(_("none"))


class SeatForm(forms.Form):
    """One more seat."""

    role = forms.ChoiceField(
        label=_("Role on the committee"), choices=list(ROLES.items()), initial="member"
    )
    post_th = forms.CharField(label=_("Post"), max_length=300)
    agency = forms.CharField(label=_("Agency"), max_length=300, required=False)
    ex_officio = forms.BooleanField(
        label=_("By virtue of office, whoever holds the post"), required=False
    )
    voting = forms.BooleanField(label=_("Has a vote"), required=False, initial=True)


class AppointForm(forms.Form):
    """Who holds a seat from a day on."""

    seat = forms.ModelChoiceField(label=_("Seat"), queryset=Seat.objects.none())
    name = forms.CharField(label=_("Name and surname"), max_length=200)
    position = forms.CharField(label=_("Position"), max_length=300, required=False)
    username = forms.CharField(
        label=_("Account (user name)"), max_length=150, required=False,
        help_text=_("With an account the member reads the papers and comments on the minutes."),
    )  # fmt: skip
    starts_on = ThaiDateField(label=_("Holds it from"))
    ends_on = ThaiDateField(label=_("Holds it until"), required=False)
    alternate_name = forms.CharField(label=_("Alternate"), max_length=200, required=False)
    alternate_position = forms.CharField(label=_("Position of the alternate"), max_length=300, required=False)  # fmt: skip

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seat"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = committee.seats.filter(ended_on=None)

    def clean_username(self) -> Any:
        """The account, or None."""
        name = str(self.cleaned_data["username"]).strip()
        if not name:
            return None
        found = User.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no such account."))
        return found


class EndForm(forms.Form):
    """The last day of something."""

    seat = forms.ModelChoiceField(
        queryset=Seat.objects.none(), required=False, widget=forms.HiddenInput
    )
    member = forms.ModelChoiceField(queryset=Member.objects.none(), required=False, widget=forms.HiddenInput)  # fmt: skip
    ends_on = ThaiDateField(label=_("Last day"))

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = committee.seats.filter(ended_on=None)  # type: ignore[attr-defined]
        self.fields["member"].queryset = Member.objects.filter(seat__committee=committee)  # type: ignore[attr-defined]
