"""XLSForm, the workbook in which people write forms: read into an instrument document, written from one.

Pure: bytes in, dataclasses out; no Django. ``reading.read`` and ``writing.write`` are all that others need.
How columns and document correspond: ``columns.py`` and docs/authoring.md.
"""

from sucharit.assessments.xlsform.edition import instrument_of_edition
from sucharit.assessments.xlsform.problems import Problem
from sucharit.assessments.xlsform.reading import Imported, read
from sucharit.assessments.xlsform.writing import WriteError, write

__all__ = ["Imported", "Problem", "WriteError", "instrument_of_edition", "read", "write"]
