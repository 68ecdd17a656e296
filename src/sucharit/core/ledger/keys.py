"""The key that signs ledger heads: from settings, or made once in SUCHARIT_DATA/keys (mode 0600).

Public keys of former signing keys stay beside it, so that old heads can always be checked.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from nacl.signing import SigningKey

_SEED_BYTES = 32


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "keys"


def key_id(public_key: bytes) -> str:
    """First 16 hex digits of the SHA-256 of a public key."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def _from_hex(text: str, origin: str) -> SigningKey:
    try:
        seed = bytes.fromhex(text.strip())
    except ValueError:
        seed = b""
    if len(seed) != _SEED_BYTES:
        raise ImproperlyConfigured(f"{origin} must be 64 hex digits (an Ed25519 seed)")
    return SigningKey(seed)


def existing_key() -> SigningKey | None:
    """The signing key if there is one; never makes one (for pages)."""
    if settings.LEDGER_KEY:
        return _from_hex(settings.LEDGER_KEY, "SUCHARIT_LEDGER_KEY")
    path = _folder() / "ledger.key"
    return _from_hex(path.read_text(encoding="ascii"), str(path)) if path.exists() else None


def signing_key() -> SigningKey:
    """The signing key, made on first use; its public half is kept beside it under its id."""
    key = existing_key()
    if key is None:
        key = _make_key()
    public = bytes(key.verify_key)
    kept = _folder() / f"ledger-{key_id(public)}.pub"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(public.hex() + "\n", encoding="ascii")
    return key


def _make_key() -> SigningKey:
    """Make the key file whole or not at all: of two processes one wins, both read the same."""
    path = _folder() / "ledger.key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix="ledger.key.", dir=path.parent)  # mode 0600
    draft = Path(name)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(bytes(SigningKey.generate()).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when the other process was first
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _from_hex(path.read_text(encoding="ascii"), str(path))


def public_keys() -> dict[str, str]:
    """Key id → public key (hex) of the present key and of all former ones."""
    found = {p.stem.removeprefix("ledger-"): p for p in _folder().glob("ledger-*.pub")}
    keys = {name: path.read_text(encoding="ascii").strip() for name, path in sorted(found.items())}
    present = existing_key()
    if present is not None:
        public = bytes(present.verify_key)
        keys[key_id(public)] = public.hex()
    return keys
