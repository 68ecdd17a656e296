"""Tables of core: the ledger, evidence files, search documents, webhooks."""

from sucharit.core.models.evidence import Evidence, EvidenceVersion
from sucharit.core.models.ledger import LedgerEntry, LedgerHead
from sucharit.core.models.search import SearchDoc
from sucharit.core.models.webhooks import Webhook, WebhookAttempt, WebhookDelivery

__all__ = [
    "Evidence",
    "EvidenceVersion",
    "LedgerEntry",
    "LedgerHead",
    "SearchDoc",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
]
