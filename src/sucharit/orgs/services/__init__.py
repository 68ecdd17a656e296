"""Every write of orgs, one module a topic: units, unit_codes, register, importing."""
