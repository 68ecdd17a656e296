"""Every write of assessments, verb first, by topic."""
