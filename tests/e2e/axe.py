"""axe-core on a page: no serious or critical finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = {"serious", "critical"}


def axe(page: Page) -> None:
    """Run axe-core in the page and fail on a serious or critical finding, naming rule and place.

    The script is evaluated over the debugging channel: the page's security policy stays as it is.
    """
    source = settings.NODE_MODULES / "axe-core" / "axe.min.js"
    if not source.is_file():
        pytest.skip("axe-core is not installed: npm ci")
    page.evaluate(source.read_text(encoding="utf-8") + "; undefined")
    result = page.evaluate("async () => await axe.run(document, {resultTypes: ['violations']})")
    grave = [
        f"{finding['id']} ({finding['impact']}): {node['target']} {node.get('failureSummary', '')}"
        for finding in result["violations"]
        if finding["impact"] in GRAVE
        for node in finding["nodes"][:4]
    ]
    assert not grave, f"{page.url}\n" + "\n".join(grave)
