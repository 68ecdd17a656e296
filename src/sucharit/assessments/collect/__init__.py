"""Collecting answers of people on instruments (แบบสำรวจ แบบทดสอบ แบบประเมิน), once each and anonymous where promised.

``campaigns`` makes, opens, closes and finalises campaigns of both modes; a campaign of mode "unit" is then
answered in the checklists room. Start reading at ``services.submit_response`` (what happens to a sheet),
then ``store`` (key, answers and count in one step), ``pages`` (what the phone gets) and ``results``.
docs/collect.md says how to run it; what is promised to respondents stands in docs/anonymity.md.
"""
