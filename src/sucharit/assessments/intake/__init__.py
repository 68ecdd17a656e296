"""Intake of survey answers (แบบวัด IIT และ EIT): many, fast, once each, no link to a person.

Start reading at ``services.accept_response`` (what happens to an answer sheet), then ``lookup``
(which survey a code opens), ``answers`` (check and pack), ``pages`` (what the phone gets) and
``closing`` (how the last traces of order go away). docs/surveys.md tells how to run it,
docs/anonymity.md what is promised and what is not.
"""
