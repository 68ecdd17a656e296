"""Rules of reports and open files.

Nothing is announced in this world: the year's files are public and empty, a unit's are there only for who
runs rounds. The surveys are open: who may have the answers is told to close them first.
"""

from __future__ import annotations

from tests.house.rights import MANAGE, PUBLIC, Rule

YEAR = ("fiscal_year",)
UNIT = ("fiscal_year", "code")
ROUND = ("round_id",)
RULES: dict[str, Rule] = {
    "assessments:reports_nation_csv": Rule(PUBLIC, YEAR),
    "assessments:reports_nation_parquet": Rule(PUBLIC, YEAR),
    "assessments:reports_year": Rule(PUBLIC, YEAR),
    "assessments:reports_year_pdf": Rule(PUBLIC, YEAR),
    "assessments:reports_year_docx": Rule(PUBLIC, YEAR),
    "assessments:reports_memo": Rule(MANAGE, UNIT),
    "assessments:reports_unit": Rule(MANAGE, UNIT),
    "assessments:reports_unit_pdf": Rule(MANAGE, UNIT),
    "assessments:reports_unit_docx": Rule(MANAGE, UNIT),
    "assessments:reports_responses_csv": Rule(MANAGE, ROUND),
    "assessments:reports_responses_parquet": Rule(MANAGE, ROUND),
    "assessments:reports_codebook_xml": Rule(MANAGE, ROUND),
    "assessments:reports_codebook_csv": Rule(MANAGE, ROUND),
}
