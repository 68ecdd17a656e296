"""The form that takes one evidence file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sucharit.core.evidence.sniffing import ACCEPTED


class EvidenceForm(forms.Form):
    """Title and file; size and content are judged by ``receiving``, which says what is wrong."""

    title = forms.CharField(label=_("Name of the document"), max_length=300)
    upload = forms.FileField(label=_("File"), allow_empty_file=True)

    def __init__(self, *args: Any, with_title: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_title:  # a newer version keeps its document's title
            del self.fields["title"]
        else:
            self.fields["title"].widget.attrs["class"] = "form-control"
        self.fields["upload"].widget.attrs |= {
            "class": "form-control",
            "accept": ",".join(ACCEPTED),
        }
        self.fields["upload"].help_text = _(
            "At most %(limit)s MB. PDF, Word, Excel, PowerPoint or OpenDocument without macros, "
            "JPEG, PNG, WebP, CSV or text in UTF-8."
        ) % {"limit": f"{settings.EVIDENCE_MAX_BYTES / 1024**2:g}"}
