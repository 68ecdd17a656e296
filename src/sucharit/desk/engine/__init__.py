"""Rules and formulas of the desk: plain Python in, frozen dataclasses out."""
