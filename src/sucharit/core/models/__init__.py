"""Tables of core: the ledger, evidence files, search documents."""

from sucharit.core.models.evidence import Evidence, EvidenceVersion
from sucharit.core.models.ledger import LedgerEntry, LedgerHead
from sucharit.core.models.search import SearchDoc

__all__ = ["Evidence", "EvidenceVersion", "LedgerEntry", "LedgerHead", "SearchDoc"]
