"""Every finding of the reader: severity, Thai, English. Each says what is wrong and what to do."""

from __future__ import annotations

from sucharit.assessments.xlsform.messages import cells, form, package

MESSAGES: dict[str, tuple[str, str, str]] = {
    **package.MESSAGES,
    **cells.MESSAGES,
    **form.MESSAGES,
}
