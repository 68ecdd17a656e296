"""Browser tests: the system's Chromium, a live server, signed-in pages, axe, and a watch on the console.

Fixtures: ``page_as(role=…, width=…, scripts=…)`` opens a page, signed in when a role is given; it
fails the test when the console tells an error or the content security policy stops something.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore

from tests.e2e.axe import axe as run_axe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

# Playwright's sync API runs a loop; the ORM beside it would otherwise refuse.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "no Chromium found: install one (Debian: apt-get install chromium) or set BROWSER_PATH"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = 1280, 360


def browser_path() -> str | None:
    """The browser to drive: BROWSER_PATH, else the first of NAMES on the PATH."""
    return os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is marked e2e."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's browser; without one skip, or fail where REQUIRE_BROWSER=1."""
    path = browser_path()
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    return {"executable_path": path, "args": SWITCHES, "headless": True}


@pytest.fixture(autouse=True)
def _plain_static(settings: Any) -> None:
    """The live server serves files from where they lie; DEBUG off, as in production."""
    settings.ALLOWED_HOSTS = ["*"]


class Watch:
    """What the page complained about: script errors and what the security policy stopped."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        self.expected: tuple[str, ...] = ()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("requestfailed", self._request)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            text = f"{message.type}: {message.text}"
            if not any(part in text for part in self.expected):
                self.found.append(text)

    def _request(self, request: Any) -> None:
        # Leaving a page stops what was still on its way (the icon): no fault of the page.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.found.append(f"request failed: {request.url} {request.failure}")

    def expect(self, *parts: str) -> None:
        """Forget complaints that contain one of the parts (a 404 a test asks for), late ones too."""
        self.expected += parts
        self.found = [f for f in self.found if not any(p in f for p in parts)]


def session_for(user: Any) -> str:
    """A signed-in session's key, made without the sign-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@pytest.fixture
def page_as(browser: Browser, live_server: Any, make: Any) -> Iterator[Callable[..., Page]]:
    """``page_as(role="unit_officer", unit=…, width=1280, scripts=True, language="th")`` → a page.

    ``user`` instead of role signs that account in; neither: signed out. Addresses are relative
    (``page.goto("/desk/")``). At the end each page's watch must be empty.
    """
    opened: list[tuple[Any, Watch]] = []

    def open_page(
        role: str | None = None,
        unit: Any = None,
        *,
        user: Any = None,
        width: int = WIDE,
        scripts: bool = True,
        language: str = "th",
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale="th-TH" if language == "th" else "en-GB",
            timezone_id="Asia/Bangkok",
        )
        context.set_default_timeout(15_000)
        cookies = [
            {
                "name": django_settings.LANGUAGE_COOKIE_NAME,
                "value": language,
                "url": live_server.url,
            }
        ]
        if role and user is None:
            user = make.user(role, unit)
        if user is not None:
            key = session_for(user)
            cookies.append(
                {"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
            )
        context.add_cookies(cookies)
        page = context.new_page()
        watch = Watch(page)
        page.watch = watch  # type: ignore[attr-defined]
        opened.append((context, watch))
        return page

    yield open_page
    for context, _watch in opened:
        context.close()
    assert [f for _context, watch in opened for f in watch.found] == []


@pytest.fixture
def signed_in(page_as: Callable[..., Page], make: Any) -> Callable[..., Page]:
    """``signed_in("unit_officer", unit)``: a page with that role; without a unit at a small ministry's top."""

    def open_page(role: str = "ministry_centre", unit: Any = None, **options: Any) -> Page:
        from sucharit.orgs.models import Unit

        if unit is None:
            unit = Unit.objects.filter(code="moi").first() or make.ministry()["moi"]
        return page_as(role, unit, **options)

    return open_page


@pytest.fixture(params=[WIDE, NARROW, 320])
def width(request: Any) -> int:
    """The widths every page must work at."""
    return int(request.param)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """``axe(page)`` fails on a serious or critical finding."""
    return run_axe


def no_sideways(page: Page) -> None:
    """The page does not scroll sideways."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{page.url} is {wide} px too wide: {widest(page)}"


def widest(page: Page) -> list[str]:
    """The elements that stick out, to say where to look."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
        .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .slice(0, 6).map((e) => `${e.tagName}.${e.className}`)"""
    )
    return found
