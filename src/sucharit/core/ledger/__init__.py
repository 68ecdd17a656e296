"""The ledger (บัญชีร่องรอย): a hash chain over what was written, exported, refused, looked at.

Start at ``chain.py`` (plain Python, what the hash of a row covers), then ``writing.py`` (how a
row is added without gaps), ``heads.py`` (signed heads), ``verify.py`` (stand-alone verifier).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sucharit.core.ledger.writing import record

__all__ = ["record"]


def __getattr__(name: str) -> Any:
    """Load the writer only when asked for: the verifier must run where there is no Django."""
    if name == "record":
        from sucharit.core.ledger.writing import record as found

        globals()[name] = found
        return found
    raise AttributeError(name)
