"""Plan reports of 6 and 12 months (รายงานผลการดำเนินงานรอบ 6/12 เดือน): page, PDF, DOCX, XLSX, and the published page for OIT.

A report is one document of plain data (``document.py``): every form shows that document, and publishing keeps it as it was.
"""
