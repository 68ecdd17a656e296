"""Working days, clocks and obligations (วันทำการ ระยะเวลาตามกฎหมาย และภารกิจที่มีกำหนด).

The table of days off is what counts: a package and a file fill it, people edit it. A clock is a period of law as
dated data; an obligation is what a unit owes by one. The rules stand in ``desk.engine.workdays`` and
``desk.engine.deadlines``; other apps call ``queries.deadline_for`` and ``services.open_obligation``.
"""
