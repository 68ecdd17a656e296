"""Pages of orgs, one module a topic."""
