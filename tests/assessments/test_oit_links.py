"""Addresses: one spelling each, nothing that not everybody can open, and whose site they are on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.assessments.engine.links import LinkError, LinkFault, normalise, readable, same_site


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://www.buengkan.go.th/ita", "https://www.buengkan.go.th/ita"),
        ("  HTTPS://WWW.BuengKan.GO.TH:443/ita ", "https://www.buengkan.go.th/ita"),
        ("http://buengkan.go.th:80", "http://buengkan.go.th/"),
        ("http://buengkan.go.th:8080/a", "http://buengkan.go.th:8080/a"),
        (
            "https://a.go.th/โครงสร้าง",
            "https://a.go.th/%E0%B9%82%E0%B8%84%E0%B8%A3%E0%B8%87%E0%B8%AA%E0%B8%A3%E0%B9%89%E0%B8%B2%E0%B8%87",
        ),
        ("https://a.go.th/x?id=1&next=a%26b#top", "https://a.go.th/x?id=1&next=a%26b#top"),
        ("https://บึงกาฬ.ไทย/ita", "https://xn--12c1czbya1m.xn--o3cw4h/ita"),
    ],
)
def test_one_spelling(text, url):
    if "บึงกาฬ" in text:
        assert normalise(text).host.endswith(".xn--o3cw4h")
    else:
        assert normalise(text).url == url


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("www.buengkan.go.th", LinkFault.NOT_HTTP),
        ("javascript:alert(1)", LinkFault.NOT_HTTP),
        ("ftp://a.go.th/x", LinkFault.NOT_HTTP),
        ("file:///C:/plan.pdf", LinkFault.NOT_HTTP),
        ("https://", LinkFault.NO_HOST),
        ("https://localhost-page", LinkFault.NO_HOST),
        ("https://a..go.th/", LinkFault.NO_HOST),
        ("https://a.go.th:99999/", LinkFault.NO_HOST),
        ("https://[::1/", LinkFault.NO_HOST),
        ("http://192.168.1.5/plan", LinkFault.PRIVATE),
        ("http://127.0.0.1/", LinkFault.PRIVATE),
        ("http://server.local/plan", LinkFault.PRIVATE),
        ("https://me:secret@a.go.th/", LinkFault.SIGN_IN),
        ("https://a.go.th/" + "x" * 1000, LinkFault.TOO_LONG),
    ],
)
def test_refused_with_its_reason(text, fault):
    with pytest.raises(LinkError) as caught:
        normalise(text)
    assert caught.value.fault is fault


@given(st.text(max_size=60), st.text(alphabet="abc/%?#&=ก่ 26", max_size=40))
def test_whatever_is_typed_is_refused_or_stable(text, path):
    for given_text in (text, "https://a.go.th/" + path):
        try:
            once = normalise(given_text)
        except LinkError:
            continue
        assert normalise(once.url) == once  # the one spelling is its own spelling
        assert once.url.startswith(("http://", "https://"))
        assert len(once.url) <= 1000


def test_thai_is_readable():
    assert readable(normalise("https://a.go.th/แผน").url) == "https://a.go.th/แผน"


@pytest.mark.parametrize(
    ("host", "website", "same"),
    [
        ("buengkan.go.th", "https://www.buengkan.go.th/", True),
        ("www.buengkan.go.th", "http://buengkan.go.th", True),
        ("ita.buengkan.go.th", "https://www.buengkan.go.th", True),
        ("evilbuengkan.go.th", "https://buengkan.go.th", False),
        ("drive.google.com", "https://buengkan.go.th", False),
        ("drive.google.com", "", None),
    ],
)
def test_whose_site(host, website, same):
    assert same_site(host, website) is same
