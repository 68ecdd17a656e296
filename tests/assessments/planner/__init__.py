"""Planner and comparison."""
