"""The signature as the standard has it, and what a receiver must refuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core.webhooks import sealing, signing

# Worked example of the Standard Webhooks libraries.
SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"
ID, AT = "msg_loFOjxBNrRLzqYUf", 1731705121
BODY = b'{"event_type":"ping","data":{"success":true}}'
SIGNATURE = "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


def test_the_standards_example():
    key = signing.key_of(SECRET)
    assert signing.sign(key, ID, AT, BODY) == SIGNATURE
    assert signing.verify(SECRET, signing.headers(key, ID, AT, BODY), BODY, AT) == ID


@given(body=st.binary(max_size=200), at=st.integers(0, 2**40), flip=st.integers(0, 10**6))
def test_any_other_byte_is_refused(body, at, flip):
    key = signing.new_key()
    secret = signing.secret_text(key)
    sent = signing.headers(key, "msg_1", at, body)
    assert signing.verify(secret, sent, body, at + 299) == "msg_1"
    with pytest.raises(signing.SignatureError):
        signing.verify(secret, sent, body + bytes([flip % 256]), at)
    with pytest.raises(signing.SignatureError):
        signing.verify(secret, sent | {"webhook-id": "msg_2"}, body, at)
    with pytest.raises(signing.SignatureError):
        signing.verify(secret, sent | {"webhook-timestamp": str(at + 1)}, body, at)
    with pytest.raises(signing.SignatureError):
        signing.verify(signing.secret_text(signing.new_key()), sent, body, at)


@pytest.mark.parametrize("shift", [301, -301, 10**6])
def test_a_recorded_message_played_back_later_is_refused(shift):
    key = signing.key_of(SECRET)
    sent = signing.headers(key, ID, AT, BODY)
    with pytest.raises(signing.SignatureError, match="too old"):
        signing.verify(SECRET, sent, BODY, AT + shift)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"webhook-id": ID, "webhook-timestamp": str(AT)},
        {"webhook-id": ID, "webhook-timestamp": "soon", "webhook-signature": SIGNATURE},
        {"webhook-id": ID, "webhook-timestamp": str(AT), "webhook-signature": "v1,ก"},
        {"webhook-id": ID, "webhook-timestamp": str(AT), "webhook-signature": SIGNATURE[3:]},
    ],
)
def test_missing_or_broken_headers(broken):
    with pytest.raises(signing.SignatureError):
        signing.verify(SECRET, broken, BODY, AT)


def test_one_of_several_signatures_is_enough():
    sent = {
        "webhook-id": ID,
        "webhook-timestamp": str(AT),
        "webhook-signature": f"v1,AAAA {SIGNATURE}",
    }
    assert signing.verify(SECRET, sent, BODY, AT) == ID


def test_keys_are_sealed_under_the_installations_key(settings):
    key = signing.new_key()
    sealed = sealing.seal(key)
    assert key not in sealed
    assert sealing.unseal(sealed) == key
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(sealing.SealError):
        sealing.unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert sealing.unseal(sealed) == key
