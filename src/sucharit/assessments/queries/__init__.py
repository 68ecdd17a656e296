"""Reads that cross models: results of units, groups and years."""
