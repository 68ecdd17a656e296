"""The steps of an action item as a page shows them: heading, form, button, what is called and said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from sucharit.desk import forms
from sucharit.desk.services import actions as services


@dataclass(frozen=True)
class Shown:
    """One step on the page. ``main``: the step most people come for; ``call(actor, item, data)``."""

    name: str
    title: Any
    hint: Any
    button: Any
    icon: str
    form: type[forms.StepForm]
    call: Callable[[Any, Any, dict[str, Any]], Any]
    said: Any
    main: bool = False


def _with_reason(service: Callable[..., Any]) -> Callable[[Any, Any, dict[str, Any]], Any]:
    return lambda actor, item, d: service(actor=actor, action=item, reason=d["note"])


def _with_note(service: Callable[..., Any]) -> Callable[[Any, Any, dict[str, Any]], Any]:
    return lambda actor, item, d: service(actor=actor, action=item, note=d["note"])


def _change(actor: Any, item: Any, d: dict[str, Any]) -> Any:
    return services.change_action(
        actor=actor, action=item, owner=d["owner"], due_on=d["due_on"], priority=d.get("priority")
    )


_ALL = (
    Shown(
        "accept", _("Does the remedy hold?"),
        _("Look at what was done and at the evidence. You did not hand it in yourself."),
        _("Accept and close"), "check", forms.NoteForm, _with_note(services.accept_action),
        _("Accepted. The item is closed."), main=True,
    ),
    Shown(
        "return", _("Something is missing"), _("It goes back to the unit with your sentence."),
        _("Return"), "arrow-left", forms.NoteForm, _with_note(services.return_action),
        _("Returned to the unit."), main=True,
    ),
    Shown(
        "defer", _("Agree to a later day"), _("The first day stays on the page."),
        _("Agree to this day"), "calendar", forms.DeferForm,
        lambda a, i, d: services.defer_action(actor=a, action=i, due_on=d["due_on"], note=d["note"]),
        _("The later day was agreed."),
    ),
    Shown(
        "refuse", _("Keep the day"), "", _("Do not agree"), "x", forms.NoteForm,
        _with_note(services.refuse_day), _("The day stays as it was."),
    ),
    Shown(
        "start", _("Begin"), _("Tells the other side that somebody works on it."),
        _("Start work"), "arrow-right", forms.StepForm,
        lambda a, i, _d: services.start_action(actor=a, action=i), _("Work has begun."), main=True,
    ),
    Shown(
        "submit", _("Hand in"), _("Attach the evidence first. Somebody else accepts it."),
        _("It is done: hand in"), "send", forms.NoteForm, _with_note(services.submit_action),
        _("Handed in. Somebody else looks at it now."), main=True,
    ),
    Shown(
        "unblock", _("It can go on"), "", _("Go on"), "arrow-right", forms.NoteForm,
        _with_note(services.unblock_action), _("The item can go on."), main=True,
    ),
    Shown(
        "report", _("Report progress"), "", _("Save the progress"), "chart", forms.ReportForm,
        lambda a, i, d: services.report_progress(
            actor=a, action=i, progress=d["progress"], note=d["note"]
        ),
        _("The progress was saved."),
    ),
    Shown(
        "ask", _("Ask for a later day"), _("The unit the finding belongs to decides."),
        _("Ask for this day"), "clock", forms.AskForm,
        lambda a, i, d: services.ask_for_day(actor=a, action=i, due_on=d["due_on"], reason=d["note"]),
        _("The later day was asked for."),
    ),
    Shown(
        "block", _("It cannot go on"), _("Say what stands in the way."), _("Mark as blocked"),
        "ban", forms.NoteForm, _with_reason(services.block_action), _("Marked as blocked."),
    ),
    Shown(
        "change", _("Hand over or set a day"), "", _("Save the change"), "check",
        forms.ChangeForm, _change, _("The change was saved."),
    ),
    Shown(
        "cancel", _("Cancel the item"), _("Nothing more is done about it; the reason is kept."),
        _("Cancel with this reason"), "trash", forms.NoteForm,
        _with_reason(services.cancel_action), _("Cancelled; the reason is kept."),
    ),
    Shown(
        "reopen", _("Open the item again"), _("When the remedy does not hold after all."),
        _("Open again"), "refresh", forms.ReopenForm,
        lambda a, i, d: services.reopen_action(
            actor=a, action=i, note=d["note"], due_on=d["due_on"]
        ),
        _("The item was opened again."),
    ),
)  # fmt: skip
SHOWN: Mapping[str, Shown] = {s.name: s for s in _ALL}


def shown(possible: Iterable[str]) -> list[Shown]:
    """Those of the steps that are possible, in the order of the page.

    Where a later day was asked for ("refuse" is possible), the answer is what the origin comes for.
    """
    names = set(possible)
    asked = {"defer", "refuse"} if "refuse" in names else set()
    return [replace(s, main=s.main or s.name in asked) for s in _ALL if s.name in names]
