"""Reads of orgs, one module a topic."""
