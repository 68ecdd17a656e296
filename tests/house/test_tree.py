"""What must not stand in the tree: machine paths, registry addresses, third-party files, unfinished work."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = [ROOT / line for line in listed.stdout.splitlines()]
    return [f for f in files if f.is_file()]


def texts(files):
    for file in files:
        try:
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_path_of_a_machine(tracked):
    # An absolute path begins a word; the same letters within "plans/work/…" are an address of ours.
    pattern = re.compile(
        r"(?<!\w)(?:" + re.escape(f"{ROOT.parent}/") + "|" + re.escape(f"{Path.home()}/") + ")"
    )
    assert [name for name, text in texts(tracked) if pattern.search(text)] == []


def test_no_registry_address_in_a_lock_file(tracked):
    locks = [
        f
        for f in tracked
        if f.name in {"package-lock.json", "requirements.txt", "requirements-dev.txt", ".npmrc"}
    ]
    assert len(locks) >= 3
    bad = re.compile(
        r'"resolved"|^--(extra-)?index-url|registry\s*=|https?://(?!opencollective|github|tidelift|www\.patreon)',
        re.MULTILINE,
    )
    assert [name for name, text in texts(locks) if bad.search(text)] == []


def test_no_third_party_file(tracked):
    names = [f.relative_to(ROOT).as_posix() for f in tracked]
    assert [
        n for n in names if re.search(r"\.min\.(js|css)$|\.(woff2?|ttf|otf|mo)$|node_modules/", n)
    ] == []


def test_nothing_is_left_open(tracked):
    code = [f for f in tracked if f.suffix in {".py", ".html", ".js"} and f != Path(__file__)]
    marks = re.compile(
        r"\b(TODO|FIXME|XXX|NotImplementedError)\b|assert True\b|pytest\.mark\.skip\b"
    )
    assert [name for name, text in texts(code) if marks.search(text)] == []
