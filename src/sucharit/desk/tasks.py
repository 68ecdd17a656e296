"""Background jobs of the desk."""

from __future__ import annotations

from django_tasks import task


@task()
def deliver_notices() -> int:
    """Send what is due in the outbox of notices; gives how many messages were taken."""
    from sucharit.core import clock
    from sucharit.core.actors import System
    from sucharit.desk.notices.delivery import deliver

    return deliver(actor=System("notices"), now=clock.now()).sent
