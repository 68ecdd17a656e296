"""The evidence library (คลังหลักฐาน): what a unit can show, kept once and used for many items and years.

Also what stands on it: copies of last year's answers that must be confirmed, work on items split
between officers, looks at links with stored copies (สำเนาที่เก็บไว้), second readings of marks.
Start at ``services/``: ``attach`` and ``attached`` are what other rooms use. Docs: docs/evidence.md.
"""
