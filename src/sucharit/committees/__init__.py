"""Committees (คณะกรรมการ): order, seats, members, meetings n/พ.ศ., agenda, minutes, resolutions (มติที่ประชุม).

A resolution with an owner becomes an action item of the desk; the next meeting's section 3 (เรื่องสืบเนื่อง) writes itself
from what is still open. Resolutions travel up and down the tree of committees with their origin.
Start at ``models/``, then ``engine/``.
"""
