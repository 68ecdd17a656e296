"""The engine: quiet hours, digest first, the quota's reserve, retries and their end."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from sucharit.desk.engine import notices as rules
from sucharit.desk.engine.notices import Outcome, Quota, Route

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
MOMENTS = st.timedeltas(dt.timedelta(0), dt.timedelta(days=2500)).map(lambda far: START + far)


def thai(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=rules.ZONE)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-03-10T07:00", "2026-03-10T07:00"),
        ("2026-03-10T19:59:59", "2026-03-10T19:59:59"),
        ("2026-03-10T20:00", "2026-03-11T07:00"),
        ("2026-12-31T23:59", "2027-01-01T07:00"),
        ("2026-03-10T00:00", "2026-03-10T07:00"),
        ("2026-03-10T06:59:59", "2026-03-10T07:00"),
    ],
)
def test_quiet_hours_at_their_edges(moment, allowed):
    assert rules.next_allowed(thai(moment)) == thai(allowed)


@given(MOMENTS)
@examples(max_examples=200)
def test_the_next_allowed_moment_is_soon_and_allowed(moment):
    found = rules.next_allowed(moment)
    assert dt.timedelta(0) <= found - moment <= dt.timedelta(hours=11)
    assert dt.time(7) <= found.astimezone(rules.ZONE).time() < dt.time(20)
    assert rules.next_allowed(found) == found


def test_digest_first():
    assert rules.route("digest", urgent=False) is Route.DIGEST
    assert rules.route("digest", urgent=True) is Route.NOW
    assert rules.route("urgent", urgent=True) is Route.NOW
    assert {rules.route("nothing", urgent=u) for u in (True, False)} == {Route.NOWHERE}
    assert rules.route("urgent", urgent=False) is Route.NOWHERE


@given(st.integers(1, 5000), st.lists(st.booleans(), max_size=300))
@examples(max_examples=100)
def test_the_quota_is_never_passed_and_its_rest_is_for_urgent_ones(limit, wishes):
    used = calm = 0
    for urgent in wishes:
        if not Quota(limit, used).refusal(urgent=urgent):
            used += 1
            calm += not urgent
            assert urgent or used <= limit * 90 // 100
    assert used <= limit
    assert calm <= Quota(limit, 0).stop


def test_the_quota_at_its_edges():
    assert Quota(100, 89).refusal(urgent=False) == ""
    assert Quota(100, 90).refusal(urgent=False) == "quota_kept"
    assert Quota(100, 99).refusal(urgent=True) == ""
    assert Quota(100, 100).refusal(urgent=True) == "quota_spent"
    assert Quota(0, 7).refusal(urgent=False) == "quota_unknown"
    assert Quota(0, 7).refusal(urgent=True) == ""
    assert (Quota(10, 0).stop, Quota(10, 0).reserve) == (9, 1)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "accepted"), (202, "accepted"), (409, "accepted"), (429, "later"), (408, "later"),
        (500, "later"), (503, "later"), (None, "later"), (400, "final"), (401, "final"),
        (403, "final"), (404, "final"), (302, "final"),
    ],
)  # fmt: skip
def test_what_an_answer_of_line_means(status, outcome):
    assert rules.of_http(status) == outcome


@pytest.mark.parametrize(
    ("code", "outcome"), [(250, "accepted"), (421, "later"), (450, "later"), (550, "final"), (None, "later")]
)  # fmt: skip
def test_what_an_answer_of_a_mail_server_means(code, outcome):
    assert rules.of_smtp(code) == outcome


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30", 30), (" 7 ", 7), ("0", 0), ("99999999", 86400), ("-1", None), ("soon", None),
     ("", None), ("๓๐", None), ("9" * 30, None)],
)  # fmt: skip
def test_a_retry_after(text, seconds):
    found = rules.asked_pause(text)
    assert (None if found is None else found.total_seconds()) == seconds


@given(MOMENTS, st.sampled_from([429, 500, None]), st.sampled_from(["", "10", "7200", "x"]))
@examples(max_examples=150)
def test_retries_wait_longer_and_longer_and_end(first, status, retry_after):
    """Never in quiet hours, never after the provider has forgotten the retry key, never for ever."""
    start = rules.next_allowed(first)
    ends = rules.lasts_until(start, digest=False)
    now, tries = start, 0
    while True:
        tries += 1
        done = rules.after(
            rules.of_http(status), "x", attempts=tries, now=now, expires_at=ends,
            retry_after=retry_after,
        )  # fmt: skip
        if done.state != "queued":
            break
        assert done.not_before - now >= max(
            rules.pause(tries), rules.asked_pause(retry_after) or dt.timedelta(0)
        )
        now = done.not_before
        assert rules.next_allowed(now) == now < ends <= start + dt.timedelta(hours=24)
        assert tries < 50
    assert done.state == "expired"


def test_accepted_and_final_end_at_once():
    at = thai("2026-03-10T09:00")
    options = {"attempts": 1, "now": at, "expires_at": at + rules.LIFE}
    assert rules.after(Outcome.ACCEPTED, "", **options).state == "sent"
    assert rules.after(Outcome.FINAL, "http_400", **options) == rules.Next("failed", "http_400")


def test_a_digest_ends_with_its_day():
    assert rules.lasts_until(thai("2026-03-10T09:00"), digest=True) == thai("2026-03-10T20:00")
    assert rules.lasts_until(thai("2026-03-10T09:00"), digest=False) == thai("2026-03-11T08:00")
