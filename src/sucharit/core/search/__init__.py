"""Search (ค้นหา) by substrings: Thai has no word breaks, so trigrams are indexed, not words.

Start reading at ``fold.py`` (what counts as the same text), then ``finding.py`` (who finds what)
and ``documents.py`` (how documents are filled from the registry).
"""

from sucharit.core.search.documents import forget, index, rebuild
from sucharit.core.search.finding import search

__all__ = ["forget", "index", "rebuild", "search"]
