"""Pages of accounts and roles, for whoever may manage roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope
from sucharit.orgs.forms import AccountForm, GrantForm, role_choices
from sucharit.orgs.models import RoleAssignment, User
from sucharit.orgs.services import people
from sucharit.orgs.tables import ROLE_EXPORT, RoleFilters, RoleTable, may_export


def _manager(request: HttpRequest) -> None:
    """404 for whoever manages no roles anywhere: the page does not exist for him."""
    if not scope.can_somewhere(request.user, "roles.manage"):
        raise NotFoundInScope("Not within your role.")


def _assignments(request: HttpRequest) -> QuerySet[RoleAssignment]:
    rows = RoleAssignment.objects.select_related("user", "unit", "granted_by")
    return scope.limit(rows, request.user, path_field="unit__path", permission="roles.manage")


def _account(request: HttpRequest, pk: int) -> User:
    found = (
        User.objects.filter(pk=pk, roles__in=_assignments(request).values("pk")).distinct().first()
    )
    if found is None:
        raise NotFoundInScope("No such account within your scope.")
    return found


@login_required
def role_list(request: HttpRequest) -> HttpResponseBase:
    """Who holds which role where, within the scope of the manager."""
    _manager(request)
    return render_list(
        request,
        ListPage(
            name="orgs.roles",
            title=_("Accounts and roles"),
            queryset=_assignments(request).order_by("unit__path", "role", "user__username"),
            filterset_class=RoleFilters,
            table_class=RoleTable,
            export=ROLE_EXPORT,
            may_export=may_export("roles.manage"),
            first_step=FirstStep(
                _("Make the first account."), reverse("orgs:account_new"), _("New account")
            ),
            template="orgs/role_list.html",
        ),
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def account_new(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown once, on the answer to this very request."""
    _manager(request)
    form = AccountForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = people.make_account(actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(
                request, "orgs/account_made.html", {"account": user, "password": password}
            )
    return render(
        request, "orgs/account_form.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles, and one more role."""
    _manager(request)
    user = _account(request, pk)
    form = GrantForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            people.grant_role(actor=request.user, user=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The role was given."))
            return redirect("orgs:account", pk=pk)
    rows = _assignments(request).filter(user=user).order_by("-granted_at")
    context: dict[str, Any] = {
        "account": user,
        "rows": rows,
        "form": form,
        "today": clock.today(),
        "role_names": dict(role_choices()),
    }
    return render(request, "orgs/account.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role at once."""
    _manager(request)
    ended = people.end_role(actor=request.user, assignment_id=pk)
    messages.success(request, _("The role has ended."))
    return redirect("orgs:account", pk=ended.user_id)


@login_required
@require_POST
def account_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or reopen an account."""
    _manager(request)
    user = _account(request, pk)
    held = _assignments(request).filter(user=user).first()
    assert held is not None  # _account found it through one
    active = request.POST.get("active") == "1"
    people.switch_account(actor=request.user, user=user, unit=held.unit, active=active)
    messages.success(
        request, _("The account is open again.") if active else _("The account is closed.")
    )
    return redirect("orgs:account", pk=pk)
