"""The demo ministry: the real tree of units, synthetic people and answers, fiscal year 2567.

Everything invented is marked ``synthetic`` and drawn from one seed, so two machines show the same figures.
Start reading at ``build.py``.
"""
