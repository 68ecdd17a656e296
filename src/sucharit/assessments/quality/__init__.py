"""Quality of survey answers (คุณภาพคำตอบ): signals by unit and instrument, and the queue of who looks.

Owns what makes an assessor look twice: everybody gave the same sheet, all came in one week, all is 100.
Start at ``engine/quality.py`` (what each signal is), then ``services.py``; docs/quality.md.
"""
