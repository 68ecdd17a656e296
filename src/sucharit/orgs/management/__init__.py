"""Commands of orgs."""
