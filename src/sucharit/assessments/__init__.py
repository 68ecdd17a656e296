"""Assessments (การประเมิน): frameworks as data, rounds, survey answers, evidence, marks, and scores with their reasons.

ITA (การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ) is the first framework: IIT, EIT, OIT.
Start reading at ``engine/`` (the arithmetic, no Django), then ``models/`` and ``services/``.
"""
