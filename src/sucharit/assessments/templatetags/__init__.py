"""Template tags of assessments: {% load ita %}."""
