"""Writes of meetings: planning.py, sitting.py, items.py, recusals.py, minutes.py."""
