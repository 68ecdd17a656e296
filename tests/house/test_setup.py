"""Set-up and start: one clear line for each thing that may be wrong."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError

from sucharit.core.management.commands import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_is_named(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    with pytest.raises(bootstrap.Stop, match=r"Python 3\.11 or newer is needed, this is 3\.9\.2"):
        bootstrap.check_python()


def test_a_read_only_folder_is_named(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.os, "access", lambda *_: False)
    with pytest.raises(bootstrap.Stop, match="read-only"):
        bootstrap.check_folder()


def test_no_network_is_told_from_other_failures(bootstrap, capsys):
    offline = [sys.executable, "-c", "import sys; sys.exit('error: Could not resolve host: x')"]
    with pytest.raises(bootstrap.Stop, match="connect to the network"):
        bootstrap.run(*offline, what="installing")
    broken = [sys.executable, "-c", "import sys; sys.exit('no such option')"]
    with pytest.raises(bootstrap.Stop, match="installing failed; see above"):
        bootstrap.run(*broken, what="installing")
    assert "no such option" in capsys.readouterr().err


def test_nothing_is_installed_twice(bootstrap, tmp_path):
    lock, stamp = tmp_path / "lock", tmp_path / "stamp"
    lock.write_text("a==1")
    new = bootstrap.unchanged(stamp, lock)
    assert new
    stamp.write_text(new)
    assert bootstrap.unchanged(stamp, lock) is None
    lock.write_text("a==2")
    assert bootstrap.unchanged(stamp, lock)


def test_a_taken_port_gives_the_next():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < run.free_port("127.0.0.1", port) <= port + 20
        with pytest.raises(CommandError, match="--port"):
            run.free_port("127.0.0.1", port, tries=1)


def test_a_place_that_can_not_be_written_to_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "sucharit", "run"],
        env={"SUCHARIT_DATA": str(tmp_path / "file" / "below"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "choose another with SUCHARIT_DATA" in done.stderr
    assert "Traceback" not in done.stderr
