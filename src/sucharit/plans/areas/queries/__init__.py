"""Reads of areas: one area (``gather``, ``page``, ``ladder``) and all provinces (``national``)."""

from __future__ import annotations

from sucharit.plans.areas.queries.base import AREA_KINDS, PROVINCE_KINDS, area_or_404
from sucharit.plans.areas.queries.gather import ProjectRow, gather
from sucharit.plans.areas.queries.national import Province, national
from sucharit.plans.areas.queries.page import AreaPage, area_page, gaps_of

__all__ = [
    "AREA_KINDS",
    "PROVINCE_KINDS",
    "AreaPage",
    "ProjectRow",
    "Province",
    "area_or_404",
    "area_page",
    "gaps_of",
    "gather",
    "national",
]
