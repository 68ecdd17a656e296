"""Reading somebody's list of units: which table is it, what is wrong in it, what would change.

Order of reading: ``shapes`` (the dataclasses), ``columns`` (whose column is what), ``records``
(rows into records), ``checks`` and ``twins`` (faults), ``plan`` (differences to the register).
"""
