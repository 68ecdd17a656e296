"""E-mail, through Django: plain and HTML, with a one-click way out (RFC 8058)."""

from __future__ import annotations

import smtplib
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation

from sucharit.desk.engine.notices import Outcome, of_smtp
from sucharit.desk.notices.channels.letters import Answer, Letter

COST = 0
CONSOLE = "django.core.mail.backends.console.EmailBackend"


def is_on() -> bool:
    """Whether a mail server is set up: the console's back end sends nothing."""
    return bool(settings.EMAIL_BACKEND != CONSOLE)


def address_of(user: Any) -> tuple[str, str]:
    """The account's address, when it has one that can be written to."""
    try:
        validate_email(user.email)
    except ValidationError:
        return "", "no_address"
    return str(user.email), ""


def send(letter: Letter, address: str) -> Answer:
    """One mail. Its Message-ID is made of the retry key: a second copy of it can be told apart."""
    try:
        _mail(letter, address).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _text in refused.recipients.values()]
        return _answer(max(codes, default=550))
    except smtplib.SMTPResponseException as refused:
        return _answer(refused.smtp_code)
    except (smtplib.SMTPException, OSError):
        return Answer(Outcome.LATER, "no_connection")
    return Answer(Outcome.ACCEPTED)


def _answer(code: int) -> Answer:
    return Answer(of_smtp(code), f"smtp_{code}")


def _mail(letter: Letter, address: str) -> EmailMultiAlternatives:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{letter.retry_key}@{host}>", "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    context = {"letter": letter, "language": settings.LANGUAGE_CODE}
    with translation.override(settings.LANGUAGE_CODE):
        plain = render_to_string("desk/notices/mail.txt", context)
        page = render_to_string("desk/notices/mail.html", context)
    made = EmailMultiAlternatives(letter.text, plain, to=[address], headers=headers)
    made.attach_alternative(page, "text/html")
    return made
