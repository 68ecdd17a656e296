"""Moral organisations, communities, districts and provinces (องค์กร ชุมชน อำเภอ จังหวัดคุณธรรม).

The instruments ``moral.*`` are data and answered as checklists; this room reads their results: levels by
unit and year, the pyramid, the way to the next level, what a province inherits from its organisations,
and certificates with a public page. Start at ``queries.py``; docs/moral.md.
"""
