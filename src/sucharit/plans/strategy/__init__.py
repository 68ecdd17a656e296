"""Strategies (ยุทธศาสตร์, แผนแม่บท) in their versions, with goals (เป้าหมาย) and the indicators of each.

Start at ``loading.py`` (from the YAML in plans/data) and ``queries.py``. docs/strategy.md.
"""
