"""Whether an item's answer may be saved: every wrong field at once, and what deserves a second look."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sucharit.assessments.engine import links as addresses
from sucharit.assessments.models import Participation

LONGEST_EXPLANATION = 5_000  # characters


def check_answer(
    held: Participation, links: Sequence[str], explanation: str, nothing: bool
) -> tuple[list[str], list[str]]:
    """(addresses in their one spelling, warnings) or ValidationError by field."""
    wrong: dict[str, str] = {}
    found: dict[str, int] = {}
    warnings: list[str] = []
    for place, text in enumerate(links, 1):
        if not text.strip():
            continue
        try:
            link = addresses.normalise(text)
        except addresses.LinkError as error:
            wrong[f"link_{place}"] = fault_text(error.fault)
            continue
        if link.url in found:
            warnings.append(_("Link %(n)s was given twice; it is kept once.") % {"n": place})
            continue
        found[link.url] = place
        if addresses.same_site(link.host, held.unit.website) is False:
            warnings.append(
                _(
                    "Link %(n)s is not on the unit's main website (%(site)s). Assessors look for the page there."
                )
                % {"n": place, "site": held.unit.website}
            )
    if len(found) > addresses.MOST_LINKS:
        wrong[f"link_{addresses.MOST_LINKS + 1}"] = _("At most %(n)s links.") % {
            "n": addresses.MOST_LINKS
        }
    if len(explanation) > LONGEST_EXPLANATION:
        wrong["explanation"] = _("At most %(n)s characters.") % {"n": LONGEST_EXPLANATION}
    if nothing and found:
        wrong["nothing_to_show"] = _(
            "Either give links or say that nothing is published, not both."
        )
    if wrong:
        raise ValidationError(wrong)
    return list(found), warnings


def fault_text(fault: addresses.LinkFault) -> str:
    """Why an address is refused, and what to do instead."""
    fault_texts = {
        addresses.LinkFault.NOT_HTTP: _("The address must begin with https:// or http://."),
        addresses.LinkFault.NO_HOST: _(
            "This is not a complete address. Copy it from the browser's address bar."
        ),
        addresses.LinkFault.PRIVATE: _(
            "This address opens only inside the office. Give one that everybody can open."
        ),
        addresses.LinkFault.SIGN_IN: _(
            "The address holds a user name or password. Give one that opens without signing in."
        ),
        addresses.LinkFault.TOO_LONG: _("The address is too long (at most 1,000 characters)."),
    }
    return fault_texts[fault]
