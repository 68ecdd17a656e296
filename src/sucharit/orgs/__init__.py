"""Units of the ministry (หน่วยงาน): tree, codes, history and groupings; people, accounts, roles and scope.

Owns the question "who may do what, where, and until when" (``scope.py``).
Start reading at ``models/unit.py`` and ``scope.py``.
"""
