"""One more instance of a repeat, asked for by a button (no script needed)."""

from __future__ import annotations

from sucharit.assessments.collect.layout import Layout
from sucharit.assessments.collect.reading import MOST_INSTANCES, Form, instances_of, one


def with_one_more(layout: Layout, form: Form) -> dict[str, list[str]] | None:
    """The form with one more instance of the repeat that was asked for; None: none was."""
    repeat = one(form, "~add")
    if repeat not in layout.repeats:
        return None
    most = int((layout.repeats[repeat].item or {}).get("max") or MOST_INSTANCES)
    shown = min(instances_of(layout, form, repeat) + 1, most, MOST_INSTANCES)
    return {**{k: list(v) for k, v in form.items()}, f"~n:{repeat}": [str(shown)]}
