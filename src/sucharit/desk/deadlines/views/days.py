"""The calendar of days off: a fiscal year at a glance, the table, its form, its import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.core import clock, fiscal
from sucharit.core.errors import Refusal
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.desk.deadlines import calendar, queries, services, words
from sucharit.desk.deadlines.forms import DayForm, ImportForm, provinces
from sucharit.desk.deadlines.services import days as rules
from sucharit.desk.deadlines.tables import DAY_EXPORT, DayFilters, DayTable, EditableDayTable
from sucharit.desk.labels import unit_name
from sucharit.desk.models import Holiday
from sucharit.orgs import scope


def may_manage(user: Any) -> bool:
    """Whether the user keeps the calendar: the right at the ministry itself."""
    root = rules.ministry()
    return root is not None and scope.can(user, rules.MANAGE, root)


def _must_manage(user: Any) -> None:
    root = rules.ministry()
    if root is None:
        raise Refusal(_("Bring in the register of units first."))
    scope.require(user, rules.MANAGE, root)


@require_safe
@login_required
def year(request: HttpRequest) -> HttpResponse:
    """Twelve months of a fiscal year (``?year=``), of the nation or a province (``?province=``)."""
    asked = request.GET.get("year", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    if chosen not in rules.YEARS:
        chosen = fiscal.fiscal_year_be(clock.today())
    places = list(provinces())
    code = request.GET.get("province", "")
    province = next((p for p in places if p.code == code), None)
    months = queries.year_sheet(chosen, province)
    whole = fiscal.year(chosen)
    covered = calendar.current().covered
    return render(
        request,
        "desk/deadlines/year.html",
        {
            "tab": "days",
            "fiscal_year": chosen,
            "before": chosen - 1 if chosen - 1 in rules.YEARS else None,
            "after": chosen + 1 if chosen + 1 in rules.YEARS else None,
            "province": province,
            "place": unit_name(province) if province else words.NATION,
            "places": [(p.code, unit_name(p)) for p in places],
            "months": [{"title": words.month(m.first), "sheet": m} for m in months],
            "total": sum(m.working_days for m in months),
            "off": sum(len([r for r in m.rows if not r.works]) for m in months),
            "unchecked": sum(not r.verified for m in months for r in m.rows),
            "missing": [y for y in (whole.start.year, whole.end.year) if y not in covered],
            "may_manage": may_manage(request.user),
            "weekdays": words.weekdays(),
        },
    )


@require_safe
@login_required
def table(request: HttpRequest) -> HttpResponseBase:
    """All rows with filters; with ``export`` as a file."""
    manage = may_manage(request.user)
    return render_list(
        request,
        ListPage(
            name="desk.days_off",
            title=_("Table of days off"),
            queryset=Holiday.objects.select_related("unit").order_by("-on", "pk"),
            filterset_class=DayFilters,
            table_class=EditableDayTable if manage else DayTable,
            export=DAY_EXPORT,
            may_export=lambda user: scope.can_somewhere(user, "export"),
            first_step=FirstStep(
                _("Load the calendar with “sucharit load-calendar”, or bring in a file of days off."),
                reverse("desk:days_off_import") if manage else "",
                _("Import") if manage else "",
            ),
            template="desk/deadlines/table.html",
            context={"tab": "days", "may_manage": manage},
        ),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def day(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter a day off, put one right, or take it out."""
    _must_manage(request.user)
    found = scope.get_or_404(Holiday.objects.select_related("unit"), pk=pk) if pk else None
    assert found is None or isinstance(found, Holiday)
    if found and request.POST.get("go") == "remove":
        services.remove_day(actor=request.user, day=found)
        messages.success(request, _("The day was taken out of the table."))
        return redirect("desk:days_off_table")
    form = DayForm(request.POST if request.method == "POST" else None, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and _saved(request, form, found):
        return redirect("desk:days_off_table")
    context = {"tab": "days", "form": form, "day": found}
    return render(request, "desk/deadlines/day.html", context)


def _initial(found: Holiday | None) -> dict[str, Any]:
    if found is None:
        return {"kind": Holiday.Kind.CABINET}
    names = ("on", "name_th", "name_en", "kind", "works", "order_no", "source", "verified")
    code = found.unit.code if found.unit else ""
    return {name: getattr(found, name) for name in names} | {"unit": code}


def _saved(request: HttpRequest, form: DayForm, found: Holiday | None) -> bool:
    fields = dict(form.cleaned_data)
    fields["source_text"] = fields.pop("source")
    try:
        services.save_day(actor=request.user, day=found, **fields)
    except Refusal as refused:
        form.add_error(refused.where if refused.where in form.fields else None, str(refused))
        return False
    messages.success(
        request, _("The day off was saved. Days due are computed with it from now on.")
    )
    return True


@login_required
@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Bring a file in; faults are shown row by row, and then nothing was written."""
    _must_manage(request.user)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    faults: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            done = services.import_days(actor=request.user, name=file.name, data=file.read())
        except Refusal as refused:
            form.add_error("file", str(refused))
        else:
            faults = done.faults
            if not faults:
                messages.success(
                    request,
                    _("%(added)s days added, %(changed)s put right, %(same)s were there already.")
                    % {"added": done.added, "changed": done.changed, "same": done.same},
                )
                return redirect("desk:days_off_table")
    context = {
        "tab": "days",
        "form": form,
        "faults": faults[:200],
        "faulty": len(faults),
        "columns": list(words.COLUMNS.values()),
    }
    return render(request, "desk/deadlines/import.html", context)
