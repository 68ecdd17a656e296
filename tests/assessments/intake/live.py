"""A real server on a fresh database, and a small client: for the kill test and the benchmark.

``python -m tests.assessments.intake.live UNITS KEYS [ITEMS]`` migrates and fills the database of
DATABASE_URL, then prints codes and keys as JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]


@contextlib.contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database; a PostgreSQL one is dropped afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'live.sqlite3'}"
        return
    import psycopg

    given = urlsplit(os.environ.get("DATABASE_URL", ""))
    server = (
        f"postgres://{given.netloc}"
        if given.scheme.startswith("postgres")
        else "postgres://postgres@127.0.0.1:5432"
    )
    name = f"intake_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(
            f"CREATE DATABASE {name} ENCODING 'UTF8' "
            "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0"
        )
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(url: str, folder: Path) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("SUCHARIT_", "DJANGO_", "PYTEST"))
    }
    return {
        **kept,
        "DATABASE_URL": url,
        "SUCHARIT_DATA": str(folder),
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }


def fill(url: str, folder: Path, *, units: int, keys: int, items: int = 30) -> dict[str, Any]:
    """Migrate and fill: {"open": [[iit, eit], …], "keyed": [[iit, [key, …]], …]}."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.assessments.intake.live", str(units), str(keys), str(items)],
        env=environment(url, folder), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def kill(self) -> None:
        """SIGKILL to the server and its workers, all at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.kill()

    def memory_mib(self) -> dict[str, float]:
        """Memory of the server's processes, shared pages counted for each (rss) and once (pss)."""
        total = {"processes": 0, "rss": 0, "pss": 0}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, ValueError):
                if int(stat.read_text().rsplit(")", 1)[1].split()[2]) == self.process.pid:
                    lines = (stat.parent / "smaps_rollup").read_text().splitlines()
                    figures = {x.split(":")[0].lower(): int(x.split()[1]) for x in lines[1:]}
                    total["processes"] += 1
                    total["rss"] += figures["rss"]
                    total["pss"] += figures["pss"]
        return {k: v if k == "processes" else round(v / 1024, 1) for k, v in total.items()}


@contextlib.contextmanager
def serving(
    url: str, folder: Path, *, workers: int = 1, threads: int = 1, more: tuple[str, ...] = ()
) -> Iterator[Server]:
    """granian in a process group of its own, on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / f"server-{port}.log"
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi",
        "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers),
        "--blocking-threads", str(threads), *more, "sucharit.wsgi:application",
    ]  # fmt: skip
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            env=environment(url, folder),
            cwd=ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    server = Server(process, port, log)
    try:
        for _ in range(150):
            assert process.poll() is None, log.read_text()[-2000:]
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/s/", timeout=5) as _answer,
            ):
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield server
    finally:
        server.stop()


async def _status(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end; gives its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head.split()[1])


async def send(
    port: int, requests: list[tuple[str, bytes]], *, connections: int, on_answer: Any
) -> None:
    """POST (path, body) pairs over kept connections; ``on_answer(n, status, seconds)`` for each."""
    queue = iter(enumerate(requests))

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for n, (path, body) in queue:
                head = (
                    f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                )
                began = time.perf_counter()
                writer.write(head.encode() + body)
                on_answer(n, await _status(reader), time.perf_counter() - began)
        finally:
            writer.close()

    tasks = [asyncio.create_task(one()) for _ in range(connections)]
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        for task in tasks:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await task


def filled(codes: list[str], submission: str, key: str = "") -> bytes:
    """A form body with random valid answers."""
    form = {code: secrets.choice("1234") for code in codes}
    return urlencode({**form, "submission": submission, **({"key": key} if key else {})}).encode()


def _main() -> None:
    units, keys, items = map(int, sys.argv[1:4])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sucharit.settings")
    import django

    django.setup()
    import datetime as dt

    from django.core.management import call_command

    from sucharit.assessments.intake.keys import issue_keys
    from sucharit.core import clock
    from sucharit.core.actors import System
    from tests import make
    from tests.assessments.intake import sheets

    call_command("migrate", verbosity=0, skip_checks=True)
    moi = make.unit("moi", kind="ministry")
    week = dt.timedelta(weeks=1)
    dates = {"surveys_from": clock.today() - week, "surveys_to": clock.today() + week}
    document = sheets.document(iit=items, eit=items)
    rounds = [
        sheets.round_of(moi, document, access=access, **dates)
        for access in ("open_link", "one_use_keys")
    ]
    made: dict[str, list[Any]] = {"open": [], "keyed": [], "pk": [r.pk for r in rounds]}
    for n in range(units):
        unit = make.unit(f"u{n}", parent=moi)
        opened, keyed = (sheets.participation(r, unit) for r in rounds)
        made["open"].append([opened.iit_code, opened.eit_code])
        plain = [
            issue_keys(
                actor=System("live"),
                participation=keyed,
                instrument="IIT",
                n=min(2000, keys - have),
            )
            for have in range(0, keys, 2000)
        ]
        made["keyed"].append([keyed.iit_code, [k for batch in plain for k in batch]])
    sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    _main()
