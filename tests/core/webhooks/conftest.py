"""A receiver, two units with their administrators, a declared pair of events."""

from __future__ import annotations

import pytest
from django.db import transaction

from sucharit.core.outside import guard
from sucharit.core.webhooks import emit, events, services
from sucharit.core.webhooks.events import Event
from tests.core.webhooks.receiver import HOST, Receiver, make_certificate

FACTS = {"unit": "moi", "n": 3, "ref": "x-1"}


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def receiver(certificate, settings, monkeypatch):
    """Its certificate is trusted, its name leads here, and it may lie inside."""
    made = Receiver(certificate)
    real = guard.resolve
    monkeypatch.setattr(
        guard, "resolve", lambda host, p: ["127.0.0.1"] if host == HOST else real(host, p)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.FETCH_ALLOWED = [f"{HOST}:{made.port}"]
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _events(monkeypatch):
    fields = {"unit": str, "n": int, "ref": str}
    monkeypatch.setattr(events, "EVENTS", {})
    events.declare(Event("thing.shown", "Shown", fields, public=True))
    events.declare(Event("thing.kept", "Kept", fields))


@pytest.fixture
def units(make):
    return make.ministry()


@pytest.fixture
def admin(make, units):
    return make.user("system_admin", units["moi"])


@pytest.fixture
def hook(admin, units, receiver):
    """A webhook of the ministry; its secret as ``hook.secret``."""
    made, secret = services.add_webhook(
        actor=admin, unit=units["moi"], title="ระบบข้อมูลเปิด", url=receiver.url,
        events=["thing.shown", "thing.kept"],
    )  # fmt: skip
    made.secret = secret
    return made


@pytest.fixture
def tell():
    """Emit in a transaction of its own; the commit's task is not run (call ``deliver_due``)."""

    def told(event: str = "thing.shown", **facts) -> int:
        with transaction.atomic():
            return emit(event, FACTS | facts)

    return told
