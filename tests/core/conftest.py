"""Fixtures of core's tests."""

from __future__ import annotations

import pytest

from sucharit.core.registry import registry
from tests.core.evidence import KIND, Store


@pytest.fixture
def store(settings, tmp_path, monkeypatch):
    """Evidence in a folder of its own; the owner's app lets in whom ``allowed`` names."""
    settings.STORAGES = settings.STORAGES | {
        "evidence": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": str(tmp_path),
                "base_url": None,
                "file_permissions_mode": 0o600,
            },
        }
    }
    allowed: set[int] = set()
    monkeypatch.setitem(
        registry.evidence, KIND, lambda user, owner_id: owner_id == "7" and user.pk in allowed
    )
    return Store(tmp_path, allowed)
