"""What ``make test`` runs: house checks first, then the suite on SQLite and on PostgreSQL.

REQUIRE_BROWSER=1 and REQUIRE_POSTGRES=1 turn "not there, skipped" into a failure.
SUCHARIT_TEST_PG is the address of a PostgreSQL where databases may be made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PG = os.environ.get("SUCHARIT_TEST_PG", "postgres://postgres@127.0.0.1:5432/postgres")
CHECKS = (
    ("ruff", [BIN / "ruff", "check", "."]),
    ("format", [BIN / "ruff", "format", "--check", "-q", "."]),
    ("imports", [BIN / "lint-imports", "--no-cache"]),
    ("migrations", [sys.executable, "-m", "sucharit", "makemigrations", "--check", "--dry-run"]),
    ("types", [BIN / "mypy"]),
)


def step(name: str, command: list[object], **env: str) -> bool:
    """Run one program with its output shown; gives whether it succeeded."""
    print(f"\n── {name}", flush=True)
    started = time.monotonic()
    code = subprocess.run(
        [str(c) for c in command], cwd=ROOT, env={**os.environ, **env}, check=False
    ).returncode
    print(
        f"── {name}: {'ok' if code == 0 else f'FAILED ({code})'} in {time.monotonic() - started:.0f} s",
        flush=True,
    )
    return code == 0


def postgres() -> str | None:
    """The address of a database of our own (UTF8, C.UTF-8) that test databases are copied from."""
    import psycopg

    name = f"sucharit_{os.getpid()}"
    try:
        with psycopg.connect(PG, autocommit=True, connect_timeout=3) as server:
            server.execute(
                f"CREATE DATABASE {name} ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0"
            )
    except psycopg.Error as error:
        print(f"PostgreSQL: {str(error).strip().splitlines()[0]}")
        return None
    return PG.rsplit("/", 1)[0] + "/" + name


def drop(url: str) -> None:
    """Take our own database away again."""
    import psycopg

    with psycopg.connect(PG, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)")


def suite(name: str, *extra: str, **env: str) -> bool:
    """One run of pytest on as many workers as there are cores (two at least)."""
    workers = str(max(2, min(8, os.cpu_count() or 2)))
    return step(
        name,
        [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "loadgroup", *extra],
        **env,
    )


def on_postgres() -> bool:
    """The database half of the suite on PostgreSQL; skipped aloud where there is none."""
    url = postgres()
    if url is None:
        print("no PostgreSQL at SUCHARIT_TEST_PG: its half of the suite is SKIPPED")
        return not os.environ.get("REQUIRE_POSTGRES")
    try:
        return suite(
            "suite on PostgreSQL",
            DATABASE_URL=url,
            SUCHARIT_TESTS="database",
            SUCHARIT_TEST_TEMPLATE=url.rsplit("/", 1)[1],
        )
    finally:
        drop(url)


def main() -> int:
    """Everything, in the order in which failures are cheapest."""
    results = {name: step(name, list(command)) for name, command in CHECKS}
    only_checks = "--check" in sys.argv
    if only_checks:
        results["house"] = step("house", [sys.executable, "-m", "pytest", "-q", "tests/house"])
    else:
        results["suite on SQLite"] = suite("suite on SQLite")
        results["suite on PostgreSQL"] = on_postgres()
    failed = [name for name, good in results.items() if not good]
    print(
        "\n" + ("everything passed" if not failed else "FAILED: " + ", ".join(failed)), flush=True
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
