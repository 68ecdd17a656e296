"""Rules and formulas of plans: plain Python in, frozen dataclasses out."""
