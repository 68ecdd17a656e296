"""Drafts of instruments and their pages."""
