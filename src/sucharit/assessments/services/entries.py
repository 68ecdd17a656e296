"""One item's entry of a self-report: found or begun, stamped with who had a hand in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.engine.links import MOST_LINKS
from sucharit.assessments.models import OitEntry, OitLink, Participation
from sucharit.assessments.services.steps import (
    account,
    edition_of,
    locked_participation,
    oit_items,
    take_step,
)
from sucharit.core.errors import NotFoundInScope, Refusal


def editable(*, actor: Any, participation: Participation, on: dt.date | None) -> Participation:
    """The participation, locked, when this actor may edit its draft now."""
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="edit", on=on)
    return held


def known_item(held: Participation, item: str) -> None:
    """NotFoundInScope for a code that is no item of the round's edition."""
    if item not in oit_items(edition_of(held.round)):
        raise NotFoundInScope(_("There is no such item."))


def entry_of(held: Participation, item: str) -> OitEntry:
    """The item's entry; a new one, not saved yet, on first touch."""
    return OitEntry.objects.filter(participation=held, item=item).first() or OitEntry(
        participation=held, item=item
    )


def is_editor(entry: OitEntry, *, actor: Any) -> bool:
    """Whether the actor's hand in the entry is noted (the platform itself has none)."""
    who = account(actor)
    return who is None or who.pk in entry.editors


def note_editor(entry: OitEntry, *, actor: Any) -> None:
    """Whoever had a hand in it may not mark it (recusal)."""
    who = account(actor)
    if who is not None and who.pk not in entry.editors:
        entry.editors = [*entry.editors, who.pk]


def stamp(entry: OitEntry, *, actor: Any) -> None:
    """A change of content: version, account, editors."""
    entry.version += 1
    entry.updated_by = account(actor)
    note_editor(entry, actor=actor)


def put_links(entry: OitEntry, urls: list[str]) -> None:
    """The entry's links, in this order and no others."""
    entry.links.all().delete()
    OitLink.objects.bulk_create(
        [OitLink(entry=entry, url=url, position=n) for n, url in enumerate(urls, 1)]
    )


def add_link(entry: OitEntry, url: str, *, actor: Any, instead_of: str = "") -> None:
    """One more link at the end (or in the place of another); the statement "nothing published" goes.

    Refusal when the item has as many links as it may have.
    """
    urls = list(entry.links.values_list("url", flat=True)) if entry.pk else []
    if instead_of in urls and url not in urls:
        urls[urls.index(instead_of)] = url
    elif url not in urls:
        urls.append(url)
    if len(urls) > MOST_LINKS:
        raise Refusal(
            _("This item has %(n)s links already, the most it may have. Take one out first.")
            % {"n": MOST_LINKS}
        )
    entry.nothing_to_show = False
    stamp(entry, actor=actor)
    entry.save()
    put_links(entry, urls)


def drop_link(entry: OitEntry, url: str, *, actor: Any) -> None:
    """Take one link out; the others close up."""
    stamp(entry, actor=actor)
    entry.save()
    put_links(entry, [u for u in entry.links.values_list("url", flat=True) if u != url])
