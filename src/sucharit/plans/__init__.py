"""Plans (แผน): national strategy → master plan → action plan → project → activity → money → figure.

Owns strategies (ยุทธศาสตร์, แผนแม่บท), goals (เป้าหมาย), indicators (ตัวชี้วัด) with baselines, targets and actual values,
plans (แผนปฏิบัติการ), projects (โครงการ), activities (กิจกรรม), budget lines (รายการงบประมาณ) with append-only transactions,
and what a province shows of all agencies working in it. Start at ``models/``, then ``engine/``; every topic is a room:
``strategy``, ``indicators``, ``work``, ``budget``, ``areas``, ``rollout``, ``reports``.
"""
