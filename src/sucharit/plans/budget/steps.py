"""The steps a line offers, each with the fields of its form and the service that takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sucharit.plans.budget import services

_PAPER = ("amount", "on", "document_no", "note")
_RATE = ("ceiling", "heads", "times")


@dataclass(frozen=True)
class Step:
    """One step: its name in the address, its words, the fields asked, and what it draws on."""

    key: str
    label: Any
    icon: str
    hint: Any
    do: Callable[..., Any]
    fields: tuple[str, ...]
    draws: str = ""  # kind of document
    must_draw: bool = False
    names: str = ""  # the service's word for the document


STEPS: dict[str, Step] = {
    step.key: step
    for step in (
        Step("allocate", _("Enter an allocation"), "plus", _("Money is given to this line."), services.allocate, _PAPER),
        Step("reserve", _("Reserve"), "lock", _("Money is set aside before there is a contract or order."),
             services.reserve, (*_PAPER, *_RATE, "override_reason")),
        Step("commit", _("Commit"), "file-text", _("A contract or order binds money."), services.commit,
             (*_PAPER, "draws_on", *_RATE, "override_reason"), "reservation", names="reservation"),
        Step("disburse", _("Disburse"), "check", _("Money is paid, on a commitment or directly."), services.disburse,
             (*_PAPER, "draws_on", *_RATE, "override_reason"), "commitment", names="commitment"),
        Step("release", _("Release a reservation"), "unlock", _("What is not needed is available again."),
             services.release, (*_PAPER, "draws_on"), "reservation", True, "reservation"),
        Step("cancel", _("Cancel a commitment"), "x", _("What will not be paid is available again."),
             services.cancel_commitment, (*_PAPER, "draws_on"), "commitment", True, "commitment"),
        Step("refund", _("Enter a refund"), "arrow-left", _("Money that was paid comes back."), services.refund,
             (*_PAPER, "draws_on"), "disbursement", True, "disbursement"),
        Step("transfer", _("Transfer to another line"), "arrow-right",
             _("Available money goes to another line of the same year."), services.transfer, (*_PAPER, "target")),
        Step("carry-over", _("Carry over to the next year"), "calendar",
             _("Money that is bound or available is kept for the next fiscal year, with the year it comes from."),
             services.carry_over, (*_PAPER, "draws_on"), "commitment", names="commitment"),
        Step("lapse", _("Let it lapse"), "dash", _("Money not spent goes back to the Treasury at the end of the year."),
             services.lapse, _PAPER),
    )
}  # fmt: skip


def take(step: Step, *, actor: Any, line: Any, form: Any) -> Any:
    """Call the step's service with what its form says."""
    data = form.cleaned_data
    asked: dict[str, Any] = {"amount": data["amount"], "paper": form.paper()}
    if step.names:
        asked[step.names] = data.get("draws_on")
    if data.get("override_reason"):
        asked["override_reason"] = data["override_reason"].strip()
    if step.key == "transfer":
        return step.do(actor=actor, source=line, target=data["target"], **asked)
    return step.do(actor=actor, line=line, **asked)
