"""A look at a page: what is fetched, what is refused, and that nobody is led into the office."""

from __future__ import annotations

import socket

import pytest

from sucharit.assessments.proof import fetching
from sucharit.core.outside import guard
from tests.assessments.proof import conftest as web


@pytest.fixture
def limits(site):
    return fetching.Rules(
        timeout=1, total=2, most_bytes=1_000_000, allowed=frozenset([site.removeprefix("http://")])
    )


def test_a_page_comes_whole(site, limits):
    found = fetching.look(f"{site}/page", limits, keep=True)
    assert found.ok
    assert (found.status, found.content_type) == (200, "text/html; charset=utf-8")
    assert found.body == web.PAGE.encode()


def test_a_check_reads_no_body(site, limits):
    found = fetching.look(f"{site}/big", limits, keep=False)
    assert found.ok
    assert found.body is None


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("missing", 404, "status"),
        ("big", None, "too_large"),
        ("slow", None, "timeout"),
        ("drip", None, "timeout"),
        ("short", None, "broken"),
        ("garbage", None, "broken"),
        ("hop/3", 302, "redirects"),
        ("inside", 302, "private"),
    ],
)
def test_failures_are_told_apart(site, limits, path, status, reason):
    found = fetching.look(f"{site}/{path}", limits, keep=True)
    assert not found.ok
    assert found.reason == reason
    assert found.body is None
    if status:
        assert found.status == status


def test_three_redirects_are_followed(site, limits):
    found = fetching.look(f"{site}/hop/2", limits, keep=True)
    assert found.ok
    assert found.final_url == f"{site}/page"
    assert len(web.Pages.seen) == 4


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.1.2.3:8080/",
        "http://0.0.0.0/",
        "http://localhost:9000/",
    ],
)
def test_addresses_inside_are_never_asked(url, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", never)
    assert fetching.look(url, fetching.Rules(), keep=True).reason in {"private", "no_host"}


@pytest.mark.parametrize(
    "url", ["ftp://a.go.th/", "file:///etc/passwd", "http:///x", "http://a.go.th:25/", "http://u:p@a.go.th/"]
)  # fmt: skip
def test_only_web_addresses(url, monkeypatch):
    monkeypatch.setattr(guard, "resolve", lambda *_: ["8.8.8.8"])
    assert fetching.look(url, fetching.Rules(), keep=True).reason == "not_http"


def test_one_private_address_among_several_is_enough(monkeypatch):
    monkeypatch.setattr(guard, "resolve", lambda *_: ["8.8.8.8", "192.168.1.5"])
    assert fetching.look("http://a.go.th/", fetching.Rules(), keep=True).reason == "private"


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A second look-up that answers differently (rebinding) changes nothing."""
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    went = []

    def connect(address, timeout=None, **kwargs):
        went.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(guard, "resolve", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert fetching.look("http://a.go.th/", fetching.Rules(), keep=True).reason == "refused"
    assert went == [("93.184.216.34", 80)]
    assert asked == ["a.go.th"]


def test_the_allow_list_is_by_host_and_port(site):
    other = fetching.Rules(allowed=frozenset([f"{web.HOST}:1"]))
    assert fetching.look(f"{site}/page", other, keep=True).reason == "private"
    assert web.Pages.seen == []
