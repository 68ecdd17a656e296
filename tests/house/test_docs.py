"""Documents: every link leads somewhere, every page can be found from start-here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def links(page: Path) -> list[str]:
    return [to for to in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in to]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    assert [to for to in links(page) if not (page.parent / to).exists()] == []


def test_every_page_is_found_from_start_here():
    start = ROOT / "docs" / "start-here.md"
    seen, todo = set(), [start, ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md" or not page.is_file():
            continue
        seen.add(page)
        todo += [(page.parent / to).resolve() for to in links(page)]
    topics = {p for p in PAGES if p.parent == ROOT / "docs"}
    assert sorted(p.name for p in topics - seen) == []
