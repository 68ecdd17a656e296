"""Forms of meetings; the rules stand in the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sucharit.committees import library
from sucharit.committees.meetings import base, words
from sucharit.committees.meetings.services.sitting import Came
from sucharit.committees.models import Meeting, Seat
from sucharit.committees.web import ThaiDateField, TimeField, moment

TEXT = forms.Textarea(attrs={"rows": 3})


class MeetingForm(forms.Form):
    """When and where."""

    day = ThaiDateField(label=_("Day of the meeting"))
    begins = TimeField(label=_("Begins at"))
    ends = TimeField(label=_("Ends at (planned)"), required=False)
    mode = forms.ChoiceField(label=_("How they meet"), choices=list(words.MODES.items()))
    venue = forms.CharField(label=_("Venue"), max_length=300, required=False)
    online_url = forms.URLField(label=_("Address of the online meeting"), required=False, assume_scheme="https")  # fmt: skip
    title = forms.CharField(label=_("Title, where it has one"), max_length=300, required=False)

    def values(self) -> dict[str, Any]:
        """What the services take."""
        d = self.cleaned_data
        ends = moment(d["day"], d["ends"]) if d["ends"] else None
        plain = {k: d[k] for k in ("mode", "venue", "online_url", "title")}
        return plain | {"starts_at": moment(d["day"], d["begins"]), "ends_at": ends}


class ChangeMeetingForm(MeetingForm):
    """When and where, and who writes the minutes."""

    minutes_taker = forms.CharField(label=_("Minutes taken by"), max_length=200, required=False)
    minutes_checker = forms.CharField(label=_("Minutes checked by"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        more = {k: self.cleaned_data[k] for k in ("minutes_taker", "minutes_checker")}
        return super().values() | more

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """What the meeting says now."""
        starts = timezone.localtime(meeting.starts_at)
        ends = timezone.localtime(meeting.ends_at) if meeting.ends_at else None
        plain = {
            k: getattr(meeting, k)
            for k in ("mode", "venue", "online_url", "title", "minutes_taker", "minutes_checker")
        }
        return plain | {"day": starts.date(), "begins": starts.time(), "ends": ends and ends.time()}


class InviteForm(forms.Form):
    invitation_no = forms.CharField(label=_("Number of the invitation letter"), max_length=120, required=False)  # fmt: skip
    invitation_on = ThaiDateField(label=_("Day of the letter"), required=False)


class ReasonForm(forms.Form):
    """Why: of a cancelled meeting, a newer version."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=2000, widget=TEXT)


class TimesForm(forms.Form):
    """When it really opened or closed, on the meeting's day."""

    at = TimeField(label=_("At"), required=False, help_text=_("Empty: now"))

    def moment(self, on: dt.date) -> dt.datetime | None:
        """The moment on the day, or None for now."""
        return moment(on, self.cleaned_data["at"]) if self.cleaned_data["at"] else None


class OpenForm(TimesForm):
    consultation_reason = forms.CharField(
        label=_("Without a quorum: why it is held as a consultation"), required=False, max_length=2000,
        widget=TEXT, help_text=_("A consultation takes note and puts off; it decides nothing."),
    )  # fmt: skip


class CertifyForm(forms.Form):
    by_meeting = forms.ModelChoiceField(
        label=_("Certified by"), queryset=Meeting.objects.none(), required=False,
        empty_label=_("Circulation: nobody asked for more changes"),
    )  # fmt: skip


class ItemForm(forms.Form):
    """An item of the agenda."""

    section = forms.TypedChoiceField(label=_("Section"), coerce=int, initial=4)
    kind = forms.ChoiceField(
        label=_("Kind of item"), required=False, choices=[("", _("As the section says")), *words.KINDS.items()]
    )  # fmt: skip
    title = forms.CharField(label=_("What it is about"), max_length=300)
    audience = forms.ChoiceField(label=_("Who reads it"), choices=list(words.AUDIENCES.items()), initial="members")  # fmt: skip
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    body = forms.CharField(label=_("What is put before the meeting"), required=False, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            (n, f"{n}. {library.section_title(n)}") for n in library.sections()
        ]


class ItemTextForm(forms.Form):
    """What stands on the item, and what the minutes say of it."""

    title = forms.CharField(label=_("What it is about"), max_length=300)
    audience = forms.ChoiceField(label=_("Who reads it"), choices=list(words.AUDIENCES.items()))
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    body = forms.CharField(label=_("What is put before the meeting"), required=False, widget=TEXT)


class DiscussionForm(forms.Form):
    discussion = forms.CharField(label=_("What was said (for the minutes)"), required=False, widget=TEXT)  # fmt: skip


class RecusalForm(forms.Form):
    """Who stands aside, and why."""

    seat = forms.ModelChoiceField(label=_("Seat"), queryset=Seat.objects.none())
    kind = forms.ChoiceField(label=_("How it came up"), choices=list(words.RECUSALS.items()))
    ground = forms.ChoiceField(label=_("Ground"))
    note = forms.CharField(label=_("Note"), required=False, widget=TEXT)

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (k, library.said(row)) for k, row in library.grounds().items()
        ]


class CommentForm(forms.Form):
    text = forms.CharField(label=_("What should be put right"), widget=TEXT)


class AttendanceForm(forms.Form):
    """A row for every seat of the day, and guests one a line."""

    guests = forms.CharField(
        label=_("Guests, one a line: name, position"), required=False, widget=TEXT
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.seats = base.seats_on(meeting)
        now = {a.seat_id: a for a in meeting.attendance.filter(seat__isnull=False)}
        choices = [
            ("", _("not recorded")),
            *((k, w) for k, w in words.STATUSES.items() if k != "guest"),
        ]
        for seat in self.seats:
            row = now.get(seat.pk)
            self.fields[f"status_{seat.pk}"] = forms.ChoiceField(
                label=seat.post_th, choices=choices, required=False, initial=row.status if row else ""
            )  # fmt: skip
            self.fields[f"instead_{seat.pk}"] = forms.CharField(
                label=_("Who came in the member's place"), required=False, max_length=200,
                initial=row.instead_name if row else "",
            )  # fmt: skip
            self.fields[f"reason_{seat.pk}"] = forms.CharField(
                label=_("Reason of absence"), required=False, max_length=300,
                initial=row.reason if row else "",
            )  # fmt: skip
        guests = meeting.attendance.filter(status="guest")
        self.fields["guests"].initial = "\n".join(
            ", ".join(filter(None, (g.name, g.position))) for g in guests
        )

    def lines(self) -> list[tuple[Seat, Any, Any, Any]]:
        """(seat, field of status, of who came instead, of the reason) for the table."""
        return [
            (s, self[f"status_{s.pk}"], self[f"instead_{s.pk}"], self[f"reason_{s.pk}"])
            for s in self.seats
        ]

    def rows(self) -> list[Came]:
        """What the service takes."""
        d = self.cleaned_data
        seats = [
            Came(
                s.pk, d[f"status_{s.pk}"], instead_name=d[f"instead_{s.pk}"], reason=d[f"reason_{s.pk}"]
            )
            for s in self.seats
            if d[f"status_{s.pk}"]
        ]  # fmt: skip
        guests = [line.partition(",") for line in d["guests"].splitlines() if line.strip()]
        return seats + [Came(None, "guest", name=n.strip(), position=p.strip()) for n, _c, p in guests]  # fmt: skip
