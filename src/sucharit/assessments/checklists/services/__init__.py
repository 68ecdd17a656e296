"""Every write of checklists; other rooms call these. What they share stands in ``checklists.base``."""

from sucharit.assessments.checklists.base import StaleError, register_external
from sucharit.assessments.checklists.services.answers import confirm_item, save_answer
from sucharit.assessments.checklists.services.assigning import (
    accept_assignment,
    assign,
    return_assignment,
    submit_assignment,
    withdraw_assignment,
)
from sucharit.assessments.checklists.services.copying import copy_last_year
from sucharit.assessments.checklists.services.handing import (
    approve,
    reopen,
    return_checklist,
    submit,
)
from sucharit.assessments.checklists.services.mappings import remove_mapping, save_mapping
from sucharit.assessments.checklists.services.marking import (
    finish_stage,
    mark_item,
    reopen_province,
)
from sucharit.assessments.checklists.services.objections import (
    decide_objection,
    finalise_due,
    raise_objection,
)
from sucharit.assessments.checklists.services.results import compute_result
from sucharit.assessments.checklists.services.sampling import draw_sample

__all__ = [
    "StaleError",
    "accept_assignment",
    "approve",
    "assign",
    "compute_result",
    "confirm_item",
    "copy_last_year",
    "decide_objection",
    "draw_sample",
    "finalise_due",
    "finish_stage",
    "mark_item",
    "raise_objection",
    "register_external",
    "remove_mapping",
    "reopen",
    "reopen_province",
    "return_assignment",
    "return_checklist",
    "save_answer",
    "save_mapping",
    "submit",
    "submit_assignment",
    "withdraw_assignment",
]
