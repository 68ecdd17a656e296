"""The pages: the secret once and never again, errors beside their fields, steps and their refusals."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sucharit.core.models import Webhook, WebhookDelivery
from sucharit.core.webhooks.delivery import deliver_due

pytestmark = pytest.mark.django_db
NEW = reverse("core:webhook_new")


@pytest.fixture
def seat(client, admin):
    client.force_login(admin)
    return client


def text(got, status=200):
    assert got.status_code == status, got.content.decode()[:1500]
    return got.content.decode()


def of(hook):
    return reverse("core:webhook", args=[hook.pk])


def test_the_empty_list_says_what_to_do(seat):
    assert NEW in text(seat.get(reverse("core:webhooks")))


def test_the_secret_is_shown_on_that_answer_only(seat, receiver, units):
    got = seat.post(
        NEW,
        {"title": "ก", "url": receiver.url, "events": ["thing.shown"], "unit": units["moi"].pk},
    )
    assert "whsec_" in text(got)
    assert "no-store" in got["Cache-Control"]
    made = Webhook.objects.get()
    for address in (of(made), reverse("core:webhook_edit", args=[made.pk])):
        assert "whsec_" not in text(seat.get(address))
    got = seat.post(of(made), {"go": "renew"})
    assert "whsec_" in text(got)
    assert "no-store" in got["Cache-Control"]


def test_what_is_wrong_stands_beside_its_field_and_on_top(seat, units, settings):
    settings.FETCH_ALLOWED = []
    got = seat.post(
        NEW,
        {
            "title": "ก",
            "url": "https://127.0.0.1/",
            "events": ["thing.shown"],
            "unit": units["moi"].pk,
        },
    )
    page = text(got, 422)
    assert page.count("SUCHARIT_FETCH_ALLOWED") == 2
    assert 'value="https://127.0.0.1/"' in page
    assert not Webhook.objects.exists()


def test_a_unit_elsewhere_cannot_be_chosen(make, client, units, receiver):
    client.force_login(make.user("system_admin", units["th-38"]))
    fields = {"title": "ก", "url": receiver.url, "events": ["thing.shown"]}
    text(client.post(NEW, fields | {"unit": units["th-66"].pk}), 422)
    text(client.post(NEW, fields | {"unit": units["th-38"].pk}))
    assert Webhook.objects.get().unit == units["th-38"]


def test_changing(seat, hook, receiver):
    edit = reverse("core:webhook_edit", args=[hook.pk])
    fields = {"title": "ชื่อใหม่", "url": receiver.url, "events": ["thing.kept"]}
    assert "ชื่อใหม่" in text(seat.post(edit, fields, follow=True))
    text(seat.post(edit, fields | {"url": "http://x"}), 422)
    hook.refresh_from_db()
    assert hook.url == receiver.url


def test_steps_and_their_refusals_come_as_messages(seat, hook):
    for go, state in (("off", "off"), ("off", "off"), ("test", "off"), ("on", "on"), ("x", "on")):
        text(seat.post(of(hook), {"go": go}, follow=True))
        hook.refresh_from_db()
        assert hook.state == state
    assert not WebhookDelivery.objects.exists()


def test_the_log_and_a_message(seat, admin, hook, receiver, tell):
    receiver.answers = [503]
    tell()
    deliver_due()
    page = text(seat.get(of(hook)))
    assert "(503)" in page
    row = WebhookDelivery.objects.get()
    address = reverse("core:webhook_delivery", args=[hook.pk, row.pk])
    assert address in page
    found = text(seat.get(address))
    assert "HTTP 503" in found
    assert row.message_id in found
    text(seat.post(address, follow=True))  # still due: refused
    assert WebhookDelivery.objects.count() == 1
    text(seat.get(reverse("core:webhook_delivery", args=[hook.pk, row.pk + 1])), 404)


def test_a_long_log_has_pages(seat, hook, tell):
    for n in range(30):
        tell(n=n)
    first, second = (text(seat.get(of(hook) + f"?page={n}")) for n in (1, 2))
    assert "?page=2" in first
    assert "?page=1" in second
