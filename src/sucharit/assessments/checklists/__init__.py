"""Checklists (แบบประเมินที่หน่วยงานตอบ): a unit answers as a body, its head approves, province and ministry mark.

Moral organisations (องค์กรคุณธรรม), self-assessments of personnel work, procurement and websites, or a
ministry's own scheme: any ``sucharit/instrument@1`` document in a campaign of mode "unit".
Start reading at ``engine.checklists.workflow`` (whose turn it is), then ``base.py``.
"""
