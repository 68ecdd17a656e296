"""Provincial roll-out (การถ่ายทอดแผนสู่จังหวัด): a template (แผนต้นแบบ) is published; units adopt, adapt or decline it.

``documents.py`` turns plans into documents and back, ``services/`` writes, ``queries.py`` tells who answered and how
a plan differs from its template (computed, never stored). docs/plans-rollout.md.
"""
