"""Approval up the tree (การรับรองข้อมูลตามลำดับชั้น): unit → district or province → ministry, per workflow.

A workflow is a campaign ("campaign:12") or an ITA round ("round:3"). Also here: locks and unlock
requests (ขอแก้ไขข้อมูลที่รับรองแล้ว), completeness and timeliness (ความครบถ้วน ความทันเวลา), validation rules and
outliers (ข้อมูลที่ควรตรวจสอบ), whose hits become action items. Start at ``services.py`` and
``engine/approval.py``; docs/approvals.md.
"""
