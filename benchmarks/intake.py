"""How many answer sheets and form pages a second the survey lane takes, on both databases.

    python benchmarks/intake.py [--seconds 10] [--only sqlite|postgres]

Starts granian on loopback with a fresh database (PostgreSQL: the server of DATABASE_URL, else
postgres@127.0.0.1), drives it over 32 kept connections with wrk (a small asyncio client where wrk is
missing) and prints one JSON line a figure: value, unit, bar, whether it holds, and the load average
before and after, because the client and others share the machine. Peer and bars: ODK Central took
162–186 sheets/s on two cores; ours must take 1,000/s (PostgreSQL, p95 60 ms) and 800/s (SQLite, FULL).

Every sheet has a one-use key and 30 answers; commits are durable (synchronous_commit on; FULL).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.assessments.intake import live  # noqa: E402

CONNECTIONS = 32
QUESTIONS = [f"i{n}.{k}" for n in range(1, 16) for k in (1, 2)]
SETUPS = {"sqlite": (1, 1), "postgres": (2, 2)}  # workers, threads each: what `sucharit run` starts
BARS = {"sqlite": 800, "postgres": 1000}

POST_LUA = """
local lines, at = {}, 0
for line in io.lines(os.getenv("SHEETS")) do lines[#lines + 1] = line end
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
function request()
  at = at % #lines + 1
  local path, body = lines[at]:match("^(%S+) (.*)$")
  return wrk.format("POST", path, headers, body)
end
"""
DONE_LUA = """
function done(summary, latency, requests)
  io.write(string.format('RESULT {"requests": %d, "seconds": %.3f, "refused": %d, "broken": %d, ' ..
    '"p50": %.1f, "p95": %.1f, "p99": %.1f}\\n', summary.requests, summary.duration / 1e6,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
"""


def say(
    figure: str,
    value: float,
    unit: str,
    *,
    bar: str = "",
    holds: bool | None = None,
    **more: object,
) -> None:
    line = {
        "benchmark": "intake",
        "figure": figure,
        "value": value,
        "unit": unit,
        "bar": bar,
        "holds": holds,
        **more,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def load() -> float:
    return os.getloadavg()[0]


def wrk(url: str, seconds: int, script: str, folder: Path, **env: str) -> dict[str, float]:
    lua = folder / "drive.lua"
    lua.write_text(script + DONE_LUA)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(lua), url]
    out = subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, check=True
    ).stdout
    return json.loads(re.search("RESULT (.*)", out)[1])


def drive_sheets(
    port: int, sheets: list[tuple[str, bytes]], seconds: int, folder: Path
) -> dict[str, float]:
    if shutil.which("wrk"):
        file = folder / "sheets.txt"
        file.write_text("\n".join(f"{path} {body.decode()}" for path, body in sheets))
        return wrk(f"http://127.0.0.1:{port}", seconds, POST_LUA, folder, SHEETS=str(file))
    times: list[float] = []
    refused = 0

    def noted(_n: int, status: int, took: float) -> None:
        nonlocal refused
        times.append(took * 1000)
        refused += status != 200

    began = time.perf_counter()
    asyncio.run(live.send(port, sheets[: seconds * 1000], connections=CONNECTIONS, on_answer=noted))
    times.sort()
    at = {f"p{p}": round(times[len(times) * p // 100], 1) for p in (50, 95, 99)}
    return {
        "requests": len(times),
        "seconds": time.perf_counter() - began,
        "refused": refused,
        "broken": 0,
        **at,
    }


def stored(url: str, kind: str) -> tuple[int, int]:
    """(answers, used keys) in the database, in one look: requests may still be on their way."""
    ask = (
        "SELECT (SELECT count(*) FROM assessments_surveyresponse), "
        "(SELECT count(*) FROM assessments_accesskey WHERE used)"
    )
    if kind == "sqlite":
        import sqlite3

        with sqlite3.connect(url.removeprefix("sqlite:///")) as db:
            answers, used = db.execute(ask).fetchone()
    else:
        import psycopg

        with psycopg.connect(url) as db:
            answers, used = db.execute(ask).fetchone()  # type: ignore[misc]
    return answers, used


def measure_sheets(
    kind: str, url: str, server: live.Server, made: dict, seconds: int, folder: Path
) -> None:
    sheets = [
        (f"/s/{code}", live.filled(QUESTIONS, secrets.token_hex(16), key))
        for code, many in made["keyed"]
        for key in many
    ]
    secrets.SystemRandom().shuffle(sheets)
    drive_sheets(server.port, sheets[:400], 1, folder)  # warm: connections, pages, plans
    before, begun = stored(url, kind), load()
    got = drive_sheets(server.port, sheets[2000:], seconds, folder)
    answers, used = stored(url, kind)
    accepted = answers - before[0]
    rate = round(accepted / got["seconds"])
    loads = {"load_before": round(begun, 2), "load_after": round(load(), 2)}
    bar = BARS[kind]
    say(
        f"{kind}: durable one-use sheets accepted",
        rate,
        "1/s",
        bar=f">= {bar}",
        holds=rate >= bar,
        **loads,
        **got,
    )
    if kind == "postgres":
        say(
            "postgres: p95 of a sheet",
            got["p95"],
            "ms",
            bar="<= 60",
            holds=got["p95"] <= 60,
            **loads,
        )
    else:
        say("sqlite: p95 of a sheet", got["p95"], "ms", **loads)
    whole = answers == used
    say(
        f"{kind}: answers equal used keys",
        answers,
        "rows",
        bar="equal",
        holds=whole,
        used_keys=used,
    )


def measure_pages(kind: str, server: live.Server, made: dict, seconds: int, folder: Path) -> None:
    address = f"http://127.0.0.1:{server.port}/s/{made['open'][0][0]}"
    for packing in ("identity", "gzip"):
        request = urllib.request.Request(address, headers={"Accept-Encoding": packing})
        with urllib.request.urlopen(request) as answer:
            size = len(answer.read())
        name = f"{kind}: form page of 30 questions, {packing}"
        say(f"{name}, size", size, "bytes", bar="<= 30000", holds=size <= 30_000)
        if shutil.which("wrk"):
            begun = load()
            script = f'wrk.headers["Accept-Encoding"] = "{packing}"\n'
            got = wrk(address, seconds, script, folder)
            rate = round((got["requests"] - got["refused"]) / got["seconds"])
            say(
                name,
                rate,
                "1/s",
                bar=">= 1000",
                holds=rate >= 1000,
                load_before=round(begun, 2),
                p95_ms=got["p95"],
            )


def real_pages() -> None:
    """Sizes of the bundled editions' pages, built without a server."""
    program = """
import django, json; django.setup()
from sucharit.assessments import library
from sucharit.assessments.intake import pages
from sucharit.assessments.intake.lookup import Survey
from sucharit.assessments.intake.questions import questionnaire
import datetime as dt
for code in ("ita-2564", "ita-2567"):
    for instrument in ("IIT", "EIT"):
        q = questionnaire(library.load(code).document, instrument, code)
        s = Survey("X" * 16, 1, "1", 1, {"th": "รอบ"}, {"th": "หน่วยงาน"}, True, True, dt.date.min, dt.date.max, q)
        page, fill = pages.form_page(s, "th"), pages.values(s, "th", "0" * 32)
        print(json.dumps([f"{code} {instrument}", len(q.slots), len(page.plain(fill)), len(page.gzipped(fill))]))
"""
    env = {**os.environ, "PYTHONPATH": f"{ROOT}/src", "DJANGO_SETTINGS_MODULE": "sucharit.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False
    )
    for line in done.stdout.splitlines():
        name, questions, plain, packed = json.loads(line)
        say(
            f"page of {name}, gzip as sent to browsers",
            packed,
            "bytes",
            bar="<= 30000",
            holds=packed <= 30_000,
            plain=plain,
            questions=questions,
        )


def kill_check(kind: str, url: str, made: dict, folder: Path) -> None:
    """SIGKILL in the middle of the load: acknowledged ⇒ stored, used keys = answers."""
    before = stored(url, kind)[0]
    sheets = [
        (f"/s/{code}", live.filled(QUESTIONS, secrets.token_hex(16), k))
        for code, many in made["keyed"]
        for k in many[:40]
    ]
    acknowledged = 0
    with live.serving(url, folder, workers=SETUPS[kind][0], threads=SETUPS[kind][1]) as server:

        def noted(_n: int, status: int, _took: float) -> None:
            nonlocal acknowledged
            acknowledged += status == 200
            if acknowledged == 700:
                server.kill()

        asyncio.run(live.send(server.port, sheets, connections=CONNECTIONS, on_answer=noted))
    answers, used = stored(url, kind)
    holds = answers - before >= acknowledged and answers == used
    say(
        f"{kind}: kill -9 under load",
        acknowledged,
        "acknowledged",
        bar="all stored",
        holds=holds,
        stored=answers - before,
        used_keys=used,
    )


def run(kind: str, seconds: int, folder: Path, *, units: int = 200) -> None:
    workers, threads = SETUPS[kind]
    per_unit = max(150, seconds * 3000 // units)
    with live.fresh_database(kind, folder) as url:
        made = live.fill(url, folder, units=units, keys=per_unit + 40)
        kept = {"keyed": [[code, keys[:40]] for code, keys in made["keyed"]]}
        made["keyed"] = [[code, keys[40:]] for code, keys in made["keyed"]]
        with live.serving(url, folder, workers=workers, threads=threads) as server:
            measure_sheets(kind, url, server, made, seconds, folder)
            measure_pages(kind, server, made, max(3, seconds // 2), folder)
            memory = server.memory_mib()
            bar = (
                {"bar": "<= 150 (two workers)", "holds": memory["pss"] <= 150}
                if workers == 2
                else {}
            )
            say(
                f"{kind}: memory of granian and {workers} worker(s)",
                memory["pss"],
                "MiB PSS",
                **bar,
                rss=memory["rss"],
            )
        kill_check(kind, url, kept, folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--seconds", type=int, default=10, help="how long each drive lasts (default 10)"
    )
    parser.add_argument("--only", choices=sorted(SETUPS), help="one database only")
    options = parser.parse_args()
    say(
        "client",
        CONNECTIONS,
        "connections",
        tool="wrk" if shutil.which("wrk") else "asyncio",
        cores=os.cpu_count(),
    )
    real_pages()
    for kind in [options.only] if options.only else sorted(SETUPS):
        with tempfile.TemporaryDirectory(prefix="sucharit-intake-") as folder:
            run(kind, options.seconds, Path(folder))


if __name__ == "__main__":
    main()
