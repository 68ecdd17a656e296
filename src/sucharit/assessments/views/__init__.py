"""Pages of assessments: parse, ask a service or query, render."""
