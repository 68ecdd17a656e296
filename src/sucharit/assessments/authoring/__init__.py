"""Authoring of instruments (จัดทำแบบประเมิน): drafts, XLSForm in and out, preview, differences, publishing.

Owns `InstrumentDraft`. A published instrument is a `Framework` row, and only the loader
(services/instruments.py) writes those. Start with ``services.py``, then ``queries.py`` and ``views/``.
Workbooks are read and written by ``assessments.xlsform``. See docs/authoring.md.
"""
