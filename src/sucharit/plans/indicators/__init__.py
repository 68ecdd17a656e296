"""Indicators (ตัวชี้วัด): reference sheet, baseline, target, actual value; entered, verified, rolled up.

Start at ``services/`` (writes), ``queries.py`` (figures of a unit) and ``rolled.py`` (every unit at once);
the arithmetic is in ``plans/engine``. docs/indicators.md.
"""
