"""What the evidence library shows of itself through the registry."""

from __future__ import annotations

from sucharit.assessments.proof import queries
from sucharit.core.registry import registry


def register() -> None:
    """Hand in who may open files of the library and stored copies of pages."""
    registry.evidence[queries.FILE_OWNER] = queries.may_see_proof
    registry.evidence[queries.COPY_OWNER] = queries.may_see_copy
