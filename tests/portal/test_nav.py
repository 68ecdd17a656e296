"""Side bar: every line leads somewhere, and a right that is missing hides the line."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sucharit.core import icons
from sucharit.core.context import Shell
from sucharit.core.registry import SECTIONS, NavEntry, registry


def test_every_entry_leads_to_a_page_and_has_an_icon():
    for entry in registry.nav:
        assert reverse(entry.url_name)
        assert entry.section in SECTIONS
        assert (entry.icon or entry.section) in icons.ICONS, entry.icon


@pytest.fixture
def entries(monkeypatch):
    made = [
        NavEntry("watch", "Sealed thing", "desk:home", permission="ledger.view"),
        NavEntry("show", "Open thing", "portal:about", public=True, order=2),
        NavEntry("show", "First thing", "portal:access", public=True, order=1),
        NavEntry("assess", "For everybody signed in", "desk:home"),
        NavEntry("plan", "Broken", "no:such"),
    ]
    monkeypatch.setattr(registry, "nav", made)
    return made


def _shell(rf, user, path="/"):
    request = rf.get(path)
    request.user = user
    return Shell(request)


@pytest.mark.django_db
def test_lines_follow_rights_and_order(rf, make, entries):
    from django.contrib.auth.models import AnonymousUser

    units = make.ministry()
    auditor = make.user("auditor", units["moi"])
    officer = make.user("unit_officer", units["moi-cdd"])

    def seen(user):
        return {s.key: [line.label for line in s.entries] for s in _shell(rf, user).sections}

    show = ["First thing", "Open thing"]
    assert seen(auditor) == {
        "assess": ["For everybody signed in"],
        "watch": ["Sealed thing"],
        "show": show,
    }
    assert seen(officer) == {"assess": ["For everybody signed in"], "show": show}
    assert seen(AnonymousUser()) == {"show": show}


@pytest.mark.django_db
def test_the_current_line_is_the_longest_match(rf, make, monkeypatch):
    monkeypatch.setattr(
        registry,
        "nav",
        [NavEntry("show", "about", "portal:about"), NavEntry("show", "home", "portal:home")],
    )
    lines = _shell(rf, make.user(), "/about/").sections[0].entries
    assert [line.label for line in lines if line.current] == ["about"]
