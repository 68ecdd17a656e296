"""Rules and formulas of committees: plain Python in, frozen dataclasses out."""
