"""Commands of orgs, one module each."""
