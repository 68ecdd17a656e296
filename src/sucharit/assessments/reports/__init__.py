"""Reports and open files of results: memos, reports of many units, the nation's file, answers for analysing.

Terms: บันทึกข้อความ (memo), รายงานผล (report), สมุดรหัส (codebook), แผนที่จังหวัด (map of provinces).

Start at ``group.py`` (what a report of many units says), ``memos.py`` (the same as DOCX), ``nation.py`` and
``responses.py`` (streamed files), ``services.py`` (who may have what, the ledger). How to use: docs/reports.md.
"""
