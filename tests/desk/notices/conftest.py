"""A fake LINE, people with and without it, a moment in the morning."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from sucharit.core import clock
from sucharit.core.outside import guard
from sucharit.core.registry import NoticeKind, registry
from sucharit.core.webhooks import sealing
from sucharit.desk.models import LineAccount
from sucharit.desk.notices import line
from sucharit.desk.notices.channels import line as channel
from tests.core.webhooks.receiver import make_certificate
from tests.desk.notices.fake_line import HOST, SECRET, TOKEN, FakeLine

MORNING = dt.datetime(2026, 3, 10, 2, 0, tzinfo=dt.UTC)  # 09:00 in Thailand, a Tuesday
CALM, HURRY = "test.calm", "test.hurry"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("line-tls"), HOST)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    extra = {
        CALM: NoticeKind(CALM, "Calm", "Something calm happened."),
        HURRY: NoticeKind(HURRY, "Hurry", "Something urgent happened.", urgent=True),
    }
    monkeypatch.setattr(registry, "notices", registry.notices | extra)


@pytest.fixture
def fake(certificate, settings, monkeypatch):
    """LINE switched on, leading to the fake."""
    made = FakeLine(certificate)
    real = guard.resolve
    monkeypatch.setattr(
        guard, "resolve", lambda host, p: ["127.0.0.1"] if host == HOST else real(host, p)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(channel, "TIMEOUT", 0.7)
    settings.FETCH_ALLOWED = [f"{HOST}:{made.port}"]
    settings.LINE_TOKEN, settings.LINE_SECRET = TOKEN, SECRET
    settings.LINE_API = f"https://{HOST}:{made.port}/"
    settings.LINE_QUOTA = 100
    yield made
    made.close()


@pytest.fixture
def units(make):
    return make.ministry()


@pytest.fixture
def officer(make, units):
    return make.user("unit_officer", units["th-38"], email="officer@example.go.th")


def link(user, line_id="U" + "0" * 32):
    """LINE linked to the account."""
    return LineAccount.objects.create(
        user=user,
        line_hash=line._hashes("user", line_id)[0],
        line_sealed=sealing.seal(line_id.encode()),
        linked_at=clock.now(),
    )
