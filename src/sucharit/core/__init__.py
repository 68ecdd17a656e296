"""What every other room stands on.

Fiscal years and Thai dates, money, the ledger (บัญชีร่องรอย), evidence files (หลักฐาน), search, lists and exports,
the registry of apps, and the look. Start reading at ``registry.py`` (how an app shows itself) and
``ledger/`` (what is written down).
"""
