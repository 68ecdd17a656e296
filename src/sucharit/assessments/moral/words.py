"""Words of the moral pages that their template tags show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

NO_RESULT = _("No result yet")
# change -> (state of the house, word)
CHANGES: dict[str, tuple[str, Any]] = {
    "rise": ("pass", _("Higher than last year")),
    "same": ("planned", _("Same as last year")),
    "drop": ("fail", _("Lower than last year")),
    "unknown": ("not_applicable", _("No level last year")),
}
