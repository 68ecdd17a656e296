"""LINE's webhook: signatures, the code that links, replays, follow and unfollow, unlinking."""

from __future__ import annotations

import json

import pytest

from sucharit.core import clock
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.core.webhooks import sealing
from sucharit.desk.models import LineAccount, LineCode, LineEvent, Notice
from sucharit.desk.notices import line, views_outside
from tests.desk.notices.conftest import MORNING, link
from tests.desk.notices.fake_line import sign

pytestmark = pytest.mark.django_db
URL = "/desk/line/webhook/"
ME, OTHER = "U" + "1" * 32, "U" + "2" * 32


def event(kind="message", sender=ME, event_id="01E", text="", source="user", **more):
    made = {"type": kind, "webhookEventId": event_id, "source": {"type": source, "userId": sender}}
    return made | ({"message": {"type": "text", "text": text}} if kind == "message" else {}) | more


def body_of(*events):
    return json.dumps({"destination": "U0", "events": list(events)}).encode()


def call(client, body, signature=None):
    return client.post(
        URL, body, content_type="application/json",
        headers={"X-Line-Signature": sign(body) if signature is None else signature},
    )  # fmt: skip


def send(client, *events):
    got = call(client, body_of(*events))
    assert (got.status_code, got.content) == (200, b"")


@pytest.fixture
def code(officer, fake):
    return line.make_code(actor=officer, user=officer)[0]


def test_signatures(client, officer, code):
    body = body_of(event(text=code))
    wrong = ["", "x", "ก", sign(body, "other"), sign(body + b" "), sign(body)[:-4]]
    assert [call(client, body, s).status_code for s in wrong] == [401] * len(wrong)
    assert call(client, body.replace(b"1", b"2"), sign(body)).status_code == 401
    assert not LineAccount.objects.exists()
    assert call(client, body).status_code == 200
    assert LineAccount.objects.get().user == officer


def test_off_too_large_and_strange(client, fake, settings):
    assert client.get(URL).status_code == 405
    assert call(client, b" " * (views_outside.MOST_BYTES + 1)).status_code == 413
    for strange in (
        b"", b"{", b"[]", b"\xff", b'{"events": 3}', b'{"events": [1, null, {}]}',
        body_of(event(event_id="a\0b", text="1"), event(sender="x\0"), event(kind="ก")),
        body_of({"type": "message", "webhookEventId": "1", "source": None}),
        body_of(event(message={"text": 7})), body_of(event(event_id="z", message=[])),
    ):  # fmt: skip
        assert call(client, strange).status_code == 200
    assert not LineAccount.objects.exists()
    settings.LINE_SECRET = ""
    assert call(client, body_of()).status_code == 404


def test_linking(client, officer, code):
    send(client, event(text=f"  {code[:3]} {code[3:]}"))
    held = LineAccount.objects.get()
    assert held.user == officer
    assert sealing.unseal(bytes(held.line_sealed)).decode() == ME
    assert ME not in held.line_hash
    assert Notice.objects.get().kind == "desk.line.linked"
    ledger = "".join(f"{e.target}{e.data}" for e in LedgerEntry.objects.all())
    assert ME not in ledger
    assert code not in ledger


def test_thai_digits_count(client, officer, code):
    send(client, event(text="".join("๐๑๒๓๔๕๖๗๘๙"[int(d)] for d in code)))
    assert LineAccount.objects.get().user == officer


def test_a_code_works_once(client, officer, code, make):
    send(client, event(text=code))
    send(client, event(text=code, sender=OTHER, event_id="02E"))
    assert LineAccount.objects.get().line_hash == line._hashes("user", ME)[0]
    assert LineCode.objects.get().code_hash != code


def test_a_code_ends_after_ten_minutes(client, code, morning):
    morning.move_to(MORNING + line.CODE_LIFE)
    send(client, event(text=code))
    assert not LineAccount.objects.exists()


def test_a_new_code_ends_the_old_one(client, officer, code):
    newer = line.make_code(actor=officer, user=officer)[0]
    send(client, event(text=code))
    assert not LineAccount.objects.exists()
    send(client, event(text=newer, event_id="02E"))
    assert LineAccount.objects.exists()


def test_not_in_a_group(client, code):
    send(client, event(text=code, source="group"))
    assert not LineAccount.objects.exists()


def test_five_wrong_codes_and_the_hour_is_over(client, code, morning):
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    send(client, *[event(text=wrong, event_id=f"w{n}") for n in range(line.TRIES)])
    send(client, event(text=code, event_id="x1"))
    assert not LineAccount.objects.exists()
    send(client, event(text=code, event_id="x2", sender=OTHER))  # another one is not held up
    assert LineAccount.objects.exists()


def test_a_line_account_of_somebody_else_is_not_moved(client, make, code):
    other = make.user()
    link(other, ME)
    send(client, event(text=code))
    assert LineAccount.objects.get().user == other


def test_an_event_delivered_again_does_nothing(client, officer, code):
    send(client, event(text=code))
    line.unlink(actor=officer, user=officer)
    newer = line.make_code(actor=officer, user=officer)[0]
    send(client, event(text=newer, deliveryContext={"isRedelivery": True}))
    assert not LineAccount.objects.exists()
    assert LineEvent.objects.count() == 1


def test_blocked_and_back(client, officer, fake):
    link(officer, ME)
    send(client, event("unfollow"))
    assert LineAccount.objects.get().unreachable_at == clock.now()
    send(client, event("follow", event_id="02E"))
    assert LineAccount.objects.get().unreachable_at is None
    send(client, event("unfollow", sender=OTHER, event_id="03E"))
    assert LineAccount.objects.get().unreachable_at is None


def test_a_new_secret_key_still_finds_people(client, officer, fake, settings):
    link(officer, ME)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 60
    send(client, event("unfollow"))
    assert LineAccount.objects.get().unreachable_at is not None


def test_only_the_person_links_and_unlinks(officer, make, fake):
    for step in (line.make_code, line.unlink):
        with pytest.raises(Forbidden):
            step(actor=make.user(), user=officer)
    with pytest.raises(Refusal):
        line.unlink(actor=officer, user=officer)
    for _n in range(line.CODES_A_DAY):
        line.make_code(actor=officer, user=officer)
    with pytest.raises(Refusal):
        line.make_code(actor=officer, user=officer)
