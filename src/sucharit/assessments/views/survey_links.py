"""A unit's two survey addresses with QR codes, how many have answered, and its key cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sucharit.assessments.intake import keys, receipts
from sucharit.assessments.models import Participation, Round
from sucharit.assessments.queries import checklist
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.pdf import pdf_available, pdf_response
from sucharit.core.qr import qr_svg

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

CARDS_A_PAGE = 10
MOST_AS_PDF = 200  # twenty pages; more would keep the server busy too long for one request


@require_GET
def links(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Both surveys of a unit: address, QR code, fill against the minimum sample. Prints on A4."""
    return _links_page(request, _participation(request, round_id, code))


@require_GET
def links_pdf(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """The QR sheets as PDF: one A4 page a survey, so that each group is handed only its own."""
    part = _participation(request, round_id, code)
    pairs = (("IIT", part.iit_code), ("EIT", part.eit_code))
    context = {"p": part, "round": part.round, "surveys": [_survey(s, c) for s, c in pairs]}
    name = f"survey-{part.round.fiscal_year}-{part.unit.code}.pdf"
    return pdf_response(name, "assessments/survey/links_pdf.html", context)


@never_cache
@require_POST
def cards(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Make one-use keys and show them as cards, this once: as a page to print, or as PDF."""
    part = _participation(request, round_id, code)
    instrument = request.POST.get("instrument", "")
    as_pdf = request.POST.get("as") == "pdf" and pdf_available()
    try:
        plain = _issue(request, part, instrument, most=MOST_AS_PDF if as_pdf else keys.MOST_AT_ONCE)
    except Refusal as refused:
        return _links_page(request, part, refused=str(refused))
    address = _address(part.iit_code if instrument == "IIT" else part.eit_code)
    drawn = [(receipts.grouped(key), qr(f"{address}#k={key}")) for key in plain]
    context = {
        "p": part,
        "round": part.round,
        "instrument": instrument,
        "address": address,
        # The part behind "#" never leaves the phone (RFC 3986 §3.5), so no log can hold the key.
        "cards": drawn,
    }
    if not as_pdf:
        return render(request, "assessments/survey/cards.html", context)
    context["pages"] = [drawn[n : n + CARDS_A_PAGE] for n in range(0, len(drawn), CARDS_A_PAGE)]
    name = f"cards-{part.round.fiscal_year}-{part.unit.code}-{instrument}.pdf"
    return pdf_response(name, "assessments/survey/cards_pdf.html", context)


def _issue(request: HttpRequest, part: Participation, instrument: str, *, most: int) -> list[str]:
    """The asked number of keys; Refusal when it is none or more than ``most``."""
    wanted = request.POST.get("n", "")
    n = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0
    if n > most:
        raise Refusal(
            _("A PDF holds at most %(n)s cards. Make the others with a second one.") % {"n": most}
            if most < keys.MOST_AT_ONCE
            else _("At most %(n)s keys can be made at once.") % {"n": most},
            where="n",
        )
    return keys.issue_keys(actor=request.user, participation=part, instrument=instrument, n=n)


def _participation(request: HttpRequest, round_id: int, code: str) -> Participation:
    if not request.user.is_authenticated:
        raise NotFoundInScope("No such unit within your scope.")
    mine = Participation.objects.visible_to(request.user, "assessments.edit")
    return get_object_or_404(
        mine.select_related("round__framework", "unit"), round_id=round_id, unit__code=code
    )


def _links_page(request: HttpRequest, part: Participation, *, refused: str = "") -> HttpResponse:
    round_ = part.round
    keyed = round_.access == Round.Access.ONE_USE_KEYS
    context: dict[str, Any] = {
        "p": part,
        "round": round_,
        "surveys": [
            _survey(s, code) for s, code in (("IIT", part.iit_code), ("EIT", part.eit_code))
        ],
        "samples": checklist.samples_of(part),
        "keyed": keyed,
        "may_issue": round_.state in (Round.State.DRAFT, Round.State.OPEN),
        "is_open": round_.state == Round.State.OPEN,
        "key_counts": keys.key_counts(part) if keyed else {},
        "most": keys.MOST_AT_ONCE,
        "most_pdf": MOST_AS_PDF,
        "pdf": pdf_available(),
        "refused": refused,
    }
    return render(request, "assessments/survey/links.html", context, status=409 if refused else 200)


def _survey(instrument: str, code: str) -> dict[str, Any]:
    address = _address(code)
    return {"instrument": instrument, "address": address, "qr": qr(address)}


def _address(code: str) -> str:
    return settings.SITE_URL + str(reverse("assessments:survey", args=[code]))


def qr(text: str) -> SafeString:
    """A QR code as SVG with attributes only (the page's policy allows no inline style)."""
    return qr_svg(text, title=_("QR code of the address"))
