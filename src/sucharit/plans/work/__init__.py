"""Plans, projects and activities (แผนปฏิบัติการ โครงการ กิจกรรม), their months, quarterly reports and locks.

Also the alignment X → Y → Z (ความสอดคล้องกับแผนแม่บท) and files shaped like eMENSCR's forms M1–M7.
Start at ``services/`` (every write), then ``queries`` and ``plans.engine.months``.
"""
