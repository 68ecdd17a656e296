"""Fieldwork of the surveys (งานภาคสนามของแบบวัด IIT และ EIT): fill, reminders, paper forms.

Start reading at ``queries.fill_of`` (how full each unit's surveys are, told in steps),
``services.reminders`` (units are reminded, never persons) and ``services.paper`` (forms on paper:
two entries, comparison, decision, commit). The arithmetic stands in ``engine.fill`` and
``engine.keying``; docs/surveys.md tells how to use it, docs/anonymity.md why counts come in steps.
"""
