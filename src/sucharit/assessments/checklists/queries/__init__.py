"""Reads behind the pages of checklists."""
