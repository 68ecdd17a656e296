"""Rules of DESIGN that a machine can keep."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class

from sucharit.__main__ import OUR_COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "sucharit"


def code():
    return [p for p in SRC.rglob("*.py") if "migrations" not in p.parts]


def test_engines_import_without_django():
    program = (
        "import sys, sucharit.assessments.engine; "
        "bad = [m for m in sys.modules if m.split('.')[0] in {'django', 'ninja', 'duckdb', 'yaml'}]; "
        "sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_only_the_clock_asks_for_the_time():
    asks = re.compile(r"\b(?:datetime|dt|date|timezone)\.(?:now|today|localdate|utcnow)\(")
    found = [
        str(p.relative_to(SRC))
        for p in code()
        if p.name != "clock.py" and asks.search(p.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_services_know_no_requests():
    services = [
        p
        for p in code()
        if p.stem == "services"
        or "services" in p.parts
        or "engine" in p.parts
        or p.stem == "engine"
    ]
    assert services
    assert [
        str(p)
        for p in services
        if re.search(
            r"^\s*(from|import) django\.(http|shortcuts|views)", p.read_text(), re.MULTILINE
        )
    ] == []


def test_every_service_takes_its_actor_by_name():
    """Verb functions of a services module: keyword-only ``actor``."""
    wrong = []
    for path in code():
        if path.stem != "services" and "services" not in path.parts:
            continue
        wrong += [
            f"{path.relative_to(SRC)}:{node.lineno} {node.name}"
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef) and any(a.arg == "actor" for a in node.args.args)
        ]
    assert wrong == []


def test_no_money_or_score_is_a_float_of_the_database():
    from django.db import models

    fields = [
        f
        for m in apps.get_models()
        if m.__module__.startswith("sucharit")
        for f in m._meta.get_fields()
    ]
    assert [str(f) for f in fields if isinstance(f, models.DecimalField)] == []


def test_every_app_says_what_it_owns():
    for config in apps.get_app_configs():
        if config.name.startswith("sucharit."):
            assert (config.module.__doc__ or "").strip(), f"{config.name} has no docstring"


def test_no_style_or_script_stands_in_a_page():
    """The content security policy forbids it; it would fail silently in the browser."""
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(?:src=|type=\"application/json\"))"
    )
    pages = [p for p in SRC.rglob("*.html") if "pdf" not in p.stem and "pdf" not in p.parts]
    assert [
        str(p.relative_to(SRC)) for p in pages if inline.search(p.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    "setting",
    sorted(
        set(re.findall(r'"(SUCHARIT_[A-Z_0-9]+|DATABASE_URL)"', (SRC / "settings.py").read_text()))
    ),
)
def test_every_setting_is_documented(setting):
    assert f"`{setting}`" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "demo",
        "run",
        "worker",
        "score",
        "import-units",
        "verify-ledger",
        "load-frameworks",
        "import-results",
        "messages",
    ],
)
def test_the_help_of_every_command_is_a_page(name):
    module = name.replace("-", "_")
    command = load_command_class(get_commands()[module], module)
    page = command.create_parser("sucharit", name).format_help()
    assert len(page) > 300, page


def test_every_command_of_ours_is_listed():
    ours = {name for name, app in get_commands().items() if app.startswith("sucharit")}
    listed = {name.replace("-", "_") for name in OUR_COMMANDS}
    assert ours - listed == set()
    assert listed - ours == set()


def test_production_refuses_to_start_without_its_secrets(tmp_path):
    import os

    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("SUCHARIT_", "DJANGO_"))
    }
    environment |= {"SUCHARIT_ENV": "production", "SUCHARIT_DATA": str(tmp_path)}

    def start(**more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sucharit", "check", "--deploy", "--fail-level", "WARNING"],
            env=environment | more,
            capture_output=True,
            text=True,
            check=False,
        )

    assert "SUCHARIT_SECRET_KEY" in start().stderr
    key = "k" * 60 + "0123456789abcdef"
    assert "SUCHARIT_HOSTS" in start(SUCHARIT_SECRET_KEY=key).stderr
    assert (
        "HTTPS"
        in start(SUCHARIT_SECRET_KEY=key, SUCHARIT_HOSTS="x.go.th", SUCHARIT_HTTPS="0").stderr
    )
    good = start(SUCHARIT_SECRET_KEY=key, SUCHARIT_HOSTS="x.go.th")
    assert good.returncode == 0, good.stderr
