"""What every test stands on: strict templates, a clean context, both databases by DATABASE_URL."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings

from tests import make as makers

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_configure() -> None:
    """Catalogues are not committed: compile them once before the first page is rendered."""
    from sucharit.core.catalogues import compile_all

    if not os.environ.get("PYTEST_XDIST_WORKER"):
        compile_all()


# How long an example takes is measured in benchmarks/, never a reason for a test to fail.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")
JOURNEYS = {
    "test_ita_year.py",
    "test_survey.py",
    "test_collect.py",
    "test_checklists.py",
    "test_gap_to_indicator.py",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """SUCHARIT_TESTS=database keeps only what touches a database (the second database's run)."""
    if os.environ.get("SUCHARIT_TESTS") != "database":
        return
    wanted = {"db", "transactional_db", "live_server", "django_db_setup"}
    keep = [
        i
        for i in items
        if wanted & set(getattr(i, "fixturenames", ())) or i.get_closest_marker("django_db")
    ]
    # Of the browser only the journeys that write: how a page looks does not hang on the database.
    keep = [i for i in keep if "e2e" not in i.path.parts or i.path.name in JOURNEYS]
    dropped = [i for i in items if i not in set(keep)]
    config.hook.pytest_deselected(items=dropped)
    items[:] = keep


@pytest.fixture(autouse=True)
def _test_settings(settings, tmp_path_factory):
    """Quick password hashing, evidence in a temporary folder."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data for checks; tests that need it are skipped with a clear line where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/data (real registers), which is not part of the repository")
    return SHARED


@pytest.fixture
def make():
    return makers


class _Undefined(str):  # noqa: SLOT000 (one object for the whole run)
    """An undefined template variable is a failing test, not an empty string."""

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")


@pytest.fixture(autouse=True, scope="session")
def _strict_templates():
    for backend in settings.TEMPLATES:
        backend["OPTIONS"]["string_if_invalid"] = _Undefined("undefined: %s")


@pytest.fixture(autouse=True, scope="session")
def _ledger_can_be_flushed():
    """Tables are emptied after transactional tests, past the ledger's triggers."""
    from tests.ledger_triggers import let_flush_through

    with pytest.MonkeyPatch.context() as patch:
        let_flush_through(patch)
        yield
