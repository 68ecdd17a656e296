"""Money of plans (งบประมาณ): lines, append-only transactions, ceilings, targets of spending.

Start at ``plans/engine/budget.py`` (what a movement does and when it is refused), then ``services/`` (every write,
under a row lock) and ``queries.py`` (sums, always from the lines and never from the transactions).
"""
