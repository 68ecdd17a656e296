"""How many pages and sheets a second a people's campaign takes (30 questions), on both databases.

    python benchmarks/collect.py [--seconds 5] [--only sqlite|postgres]

Starts granian on loopback with a fresh database, drives it over 32 kept connections (wrk for pages, a
small asyncio client for sheets) and prints one JSON line a figure, like benchmarks/intake.py, with the
load average before, because others share the machine. ``lane``: whether the settings serve /q/ past the
middleware stack (collect.lane.CollectLane); the bar of pages is for the lane.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.assessments.intake import live  # noqa: E402

CONNECTIONS = 32
SETUPS = {"sqlite": (1, 1), "postgres": (2, 2)}  # workers, threads each
BAR_PAGES, BAR_BYTES = 1000, 30_000
FILL = """
import sys, json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from sucharit.assessments.collect import keys
from tests import make
from tests.assessments.collect import make_collect as mc
units = make.ministry()
document = mc.evaluation_document(id="bench.thirty", scoring={"nodes": {}}, items=[
    {"id": f"q{n}", "type": "choice", "scale": "agree5", "required": "yes",
     "label": {"th": f"ข้อ {n} ท่านเห็นว่าหน่วยงานเปิดเผยข้อมูลครบถ้วน", "en": f"q {n}"}} for n in range(1, 31)])
framework = mc.framework(document)
made = {"lane": any("CollectLane" in m for m in settings.MIDDLEWARE)}
for access in ("open_link", "one_use_keys"):
    part = mc.part(mc.campaign(units["moi"], [units["th-38"]], framework_=framework, access=access), "th-38")
    made[access] = part.collect_code.code
many = int(sys.argv[1])
made["keys"] = [k for at in range(0, many, 2000)
                for k in keys.issue_keys(actor=mc.SYSTEM, campaign_unit=part, n=min(2000, many - at))]
print(json.dumps(made))
"""


def say(figure: str, value: float, unit: str, **more: object) -> None:
    line = {"benchmark": "collect", "figure": figure, "value": value, "unit": unit, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def fill(url: str, folder: Path, keys: int) -> dict:
    env = {**live.environment(url, folder), "DJANGO_SETTINGS_MODULE": "sucharit.settings"}
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(keys)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def measure_pages(kind: str, port: int, made: dict, seconds: int) -> None:
    address = f"http://127.0.0.1:{port}/q/{made['open_link']}"
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        size = len(answer.read())
    say(
        f"{kind}: page of 30 questions, gzip",
        size,
        "bytes",
        bar=f"<= {BAR_BYTES}",
        holds=size <= BAR_BYTES,
    )
    if not shutil.which("wrk"):
        return
    before = os.getloadavg()[0]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip"]
    out = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    rate = round(float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]))
    say(
        f"{kind}: pages",
        rate,
        "1/s",
        bar=f">= {BAR_PAGES}",
        holds=rate >= BAR_PAGES,
        lane=made["lane"],
        load_before=round(before, 2),
    )


def measure_sheets(kind: str, port: int, made: dict, *, keyed: bool) -> None:
    answers = {f"q{n}": str(1 + n % 5) for n in range(1, 31)}
    code = made["one_use_keys" if keyed else "open_link"]
    sheets = [
        (f"/q/{code}", urlencode({**answers, "~submission": os.urandom(16).hex(), "~key": key}).encode())
        for key in made["keys"]
    ]  # fmt: skip
    times: list[float] = []
    refused = 0

    def noted(_n: int, status: int, took: float) -> None:
        nonlocal refused
        times.append(took * 1000)
        refused += status != 200

    before, began = os.getloadavg()[0], time.perf_counter()
    asyncio.run(live.send(port, sheets, connections=CONNECTIONS, on_answer=noted))
    took = time.perf_counter() - began
    times.sort()
    say(
        f"{kind}: sheets {'with one-use keys' if keyed else 'on an open link'}",
        round((len(times) - refused) / took),
        "1/s",
        sent=len(sheets),
        refused=refused,
        p50_ms=round(times[len(times) // 2], 1),
        p95_ms=round(times[len(times) * 95 // 100], 1),
        lane=made["lane"],
        load_before=round(before, 2),
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=5, help="how long pages are asked for")
    parser.add_argument("--only", choices=sorted(SETUPS), help="one database only")
    options = parser.parse_args()
    for kind in [options.only] if options.only else sorted(SETUPS):
        workers, threads = SETUPS[kind]
        with (
            tempfile.TemporaryDirectory(prefix="sucharit-collect-") as name,
            live.fresh_database(kind, Path(name)) as url,
        ):
            made = fill(url, Path(name), keys=options.seconds * 400)
            with live.serving(url, Path(name), workers=workers, threads=threads) as server:
                measure_pages(kind, server.port, made, options.seconds)
                measure_sheets(kind, server.port, made, keyed=True)
                measure_sheets(kind, server.port, made, keyed=False)


if __name__ == "__main__":
    main()
