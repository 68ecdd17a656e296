"""Rules of notices: one's own list and wishes; figures for who manages the system; two doors for outside."""

from __future__ import annotations

from django.core import signing

from tests.house.rights import PUBLIC, SIGNED_IN, Rule

RULES: dict[str, Rule] = {
    "desk:notices": Rule(SIGNED_IN),
    "desk:notices_count": Rule(SIGNED_IN),
    "desk:notices_open": Rule(frozenset(), ("pk:notice",)),  # only whose notice it is
    "desk:notices_preferences": Rule(SIGNED_IN),
    "desk:notices_outbox": Rule(frozenset({"system_admin"})),
    "desk:notices_unsubscribe": Rule(PUBLIC, ("token:unsubscribe",)),
    "desk:line_webhook": Rule(
        frozenset(), post=True
    ),  # LINE is off here; the signature is the right
}


def fill(make: object, side: dict[str, object]) -> dict[str, object]:
    """A notice of somebody, and the link out of e-mail of an account."""
    from sucharit.core import clock
    from sucharit.desk.models import Notice
    from sucharit.desk.notices.channels.letters import UNSUBSCRIBE

    account = make.user()
    notice = Notice.objects.create(
        user=account, kind="desk.action.due", title="x", url="/desk/", dedupe_key="x", at=clock.now()
    )  # fmt: skip
    token = signing.dumps(account.pk, salt=UNSUBSCRIBE)
    return {"pk:notice": notice.pk, "token:unsubscribe": token}
