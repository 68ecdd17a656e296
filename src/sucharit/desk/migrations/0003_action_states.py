"""Action items get their full life (2 of 3): the rows there are.

done + verified → accepted (who closed had handed in, who verified accepts); done → submitted
(where a newer item of the same finding took over: cancelled); dropped → cancelled.
"""

from django.db import migrations
from django.db.models import Exists, F, OuterRef


def forwards(apps, schema_editor):
    items = apps.get_model("desk", "ActionItem").objects
    items.filter(origin_unit=None).update(origin_unit=F("unit"))
    items.filter(original_due_on=None).update(original_due_on=F("due_on"))
    items.filter(updated_at=None).update(updated_at=F("created_at"))
    done = items.filter(state="done")
    done.update(submitted_at=F("closed_at"), submitted_by=F("closed_by"), progress=100)
    done.filter(verified_at__isnull=False).update(
        state="accepted", closed_at=F("verified_at"), closed_by=F("verified_by")
    )
    # The old rule let a finding that was closed, though not verified, open a newer item. "Submitted" is
    # alive, and one finding has one live item: the newest stands, older ones were overtaken by it.
    same = items.filter(
        unit=OuterRef("unit"), source_kind=OuterRef("source_kind"), source_id=OuterRef("source_id")
    )
    newer = same.filter(pk__gt=OuterRef("pk")).exclude(state="dropped")
    live = same.filter(state="open")
    overtaken = done.filter(Exists(newer) | Exists(live))
    # By key: SQLite reads the subquery while the rows change.
    items.filter(pk__in=list(overtaken.values_list("pk", flat=True))).update(
        state="cancelled", submitted_at=None, submitted_by=None
    )
    done.update(state="submitted", closed_at=None, closed_by=None)
    items.filter(state="dropped").update(state="cancelled")


def backwards(apps, schema_editor):
    items = apps.get_model("desk", "ActionItem").objects
    items.filter(state="accepted").update(
        state="done",
        verified_at=F("closed_at"),
        verified_by=F("closed_by"),
        closed_by=F("submitted_by"),
    )
    items.filter(state="submitted").update(
        state="done", closed_at=F("submitted_at"), closed_by=F("submitted_by")
    )
    items.filter(state="cancelled").update(state="dropped")
    items.exclude(state__in=("done", "dropped")).update(state="open")
    # The history had six kinds, of at most eight letters.
    events = apps.get_model("desk", "ActionEvent").objects
    for new, old in (("submitted", "done"), ("accepted", "verified"), ("cancelled", "dropped")):
        events.filter(kind=new).update(kind=old)
    events.exclude(
        kind__in=("opened", "changed", "done", "dropped", "verified", "reopened")
    ).update(kind="changed")


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_action_steps")]

    operations = [migrations.RunPython(forwards, backwards)]
