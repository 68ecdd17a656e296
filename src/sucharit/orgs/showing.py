"""What orgs shows of itself through the registry."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NavEntry, OpenTable, SearchSource, registry


def register() -> None:
    """Hand in side-bar entries, search source and open table."""
    from sucharit.orgs.queries import unit_pages

    registry.nav.append(
        NavEntry(
            "show",
            _("Register of units"),
            "orgs:units",
            icon="building",
            permission="view",
            order=300,
        )
    )
    registry.search.append(SearchSource("unit", _("Units"), unit_pages.search_rows))
    registry.tables.append(
        OpenTable(
            "units",
            _("Register of units"),
            ("code", "kind", "name_th", "name_en", "parent_code"),
            unit_pages.open_rows,
            _(
                "Ministry, departments, state enterprises, provinces, districts and local bodies "
                "on 30 September of the fiscal year."
            ),
            unit_pages.open_count,
        )
    )
