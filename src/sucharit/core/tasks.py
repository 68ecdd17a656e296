"""Background jobs of core; the import path is kept here so that moving to Django 6 is one line."""

from __future__ import annotations

from django_tasks import task


@task()
def rebuild_search() -> int:
    """Fill the search documents anew from every app's source; gives how many there are."""
    from sucharit.core.search import rebuild

    return int(rebuild())


@task()
def sign_ledger_head() -> int:
    """Sign the ledger's present head; gives its row number (0: empty ledger)."""
    from sucharit.core.ledger.heads import sign_head

    head = sign_head()
    return head.seq if head else 0


@task()
def deliver_webhooks() -> int:
    """Send what is due in the outbox of webhooks; gives how many messages were delivered."""
    from sucharit.core.webhooks.delivery import deliver_due

    return deliver_due().delivered
