"""Addresses of instruments; names in the namespace ``assessments``."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from sucharit.assessments.authoring.views import drafts, files, instruments

_HOME = "assessments/instruments/"
_DRAFT = f"{_HOME}drafts/<int:draft_id>/"
urlpatterns: list[URLPattern] = [
    path(_HOME, instruments.instrument_list, name="instruments"),
    path(f"{_HOME}new/", drafts.new, name="instrument_new"),
    path(f"{_HOME}template.xlsx", files.template, name="instrument_template"),
    path(
        f"{_HOME}editions/<slug:code>/<slug:survey>.xlsx",
        files.edition_file,
        name="instrument_edition_file",
    ),
    path(_DRAFT, drafts.draft, name="instrument_draft"),
    *[
        path(f"{_DRAFT}{tail}", view, name=name)
        for tail, view, name in (
            ("file/", drafts.replace, "instrument_replace"),
            ("preview/", drafts.draft_preview, "instrument_draft_preview"),
            ("changes/", drafts.draft_diff, "instrument_draft_diff"),
            ("texts/", drafts.texts, "instrument_texts"),
            ("texts/<str:part>/", drafts.edit, "instrument_edit"),
            ("publish/", drafts.publish, "instrument_publish"),
            ("discard/", drafts.discard, "instrument_discard"),
        )
    ],
    re_path(
        r"^assessments/instruments/drafts/(?P<draft_id>[0-9]+)/draft\.(?P<form>xlsx|yaml)$",
        files.draft_file,
        name="instrument_draft_file",
    ),
    path(f"{_HOME}all/<str:code>/compare/", instruments.compare, name="instrument_compare"),
    path(f"{_HOME}all/<str:code>/<int:version>/", instruments.instrument, name="instrument"),
    path(f"{_HOME}all/<str:code>/<int:version>/copy/", instruments.copy, name="instrument_copy"),
    re_path(
        r"^assessments/instruments/all/(?P<code>[^/]+)/(?P<version>[0-9]+)\.(?P<form>xlsx|yaml)$",
        files.version_file,
        name="instrument_file",
    ),
]
