"""The virus scanner, the sweep of files without a row, and the bucket."""

from __future__ import annotations

import os
import socketserver
import struct
import threading
import time
from io import StringIO

import pytest
from django.core.files.storage import Storage
from django.core.management import call_command

from sucharit.core.errors import Refusal
from sucharit.core.models import LedgerEntry
from tests.core.evidence import add, pdf

pytestmark = pytest.mark.usefixtures("store")


class _Clamd(socketserver.BaseRequestHandler):
    """Reads INSTREAM to its end and says what the server was told to say."""

    def handle(self) -> None:
        wire = self.request.makefile("rb")
        assert wire.read(10) == b"zINSTREAM\0"
        self.server.seen = b""
        while length := struct.unpack("!I", wire.read(4))[0]:
            self.server.seen += wire.read(length)
        self.request.sendall(self.server.answer)


@pytest.fixture
def clamd(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), _Clamd) as server:
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.django_db
def test_a_scanned_file_is_clean_and_was_read_whole(make, clamd):
    clamd.answer = b"stream: OK\0"
    assert add(make.unit()).versions.get().scan == "clean"
    assert clamd.seen == pdf().read()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer", [b"stream: Win.Test FOUND\0", b"INSTREAM size limit exceeded. ERROR\0", b""]
)
def test_a_virus_or_a_silent_scanner_refuses_the_file(make, clamd, store, answer):
    clamd.answer = answer
    with pytest.raises(Refusal):
        add(make.unit())
    assert not store.files()
    assert LedgerEntry.objects.filter(action="core.evidence.infected").exists() == (
        b"FOUND" in answer
    )


@pytest.mark.django_db
def test_a_scanner_that_is_not_there_refuses_the_file(make, settings, store):
    settings.CLAMD = "127.0.0.1:1"
    with pytest.raises(Refusal):
        add(make.unit())
    assert not store.files()


@pytest.mark.django_db
def test_the_sweep_removes_old_files_without_a_row_and_nothing_else(make, store):
    add(make.unit())
    old = time.time() - 90_000
    names = {
        "old": "ab/" + "a" * 32,
        "young": "ab/" + "b" * 32,
        "foreign": "ab/readme.txt",
        "other": "notes/" + "c" * 32,
    }
    for name in names.values():
        (store.folder / name).parent.mkdir(exist_ok=True)
        (store.folder / name).write_bytes(b"x")
    for path in store.files():
        if path.name != "b" * 32:
            os.utime(path, (old, old))
    out = StringIO()
    call_command("sweep_evidence", stdout=out)
    assert out.getvalue().startswith("1 files")
    assert not (store.folder / names["old"]).exists()
    assert len(store.files()) == 4


def test_a_bucket_in_the_environment_chooses_the_bucket(monkeypatch):
    import runpy

    import sucharit.settings as module

    monkeypatch.setenv("SUCHARIT_S3_BUCKET", "evidence-test")
    found = runpy.run_path(module.__file__)["STORAGES"]["evidence"]
    assert found["BACKEND"] == "storages.backends.s3.S3Storage"
    assert found["OPTIONS"]["bucket_name"] == "evidence-test"
    assert found["OPTIONS"]["querystring_auth"] is True


def test_the_bucket_backend_is_the_one_the_setting_names():
    s3 = pytest.importorskip("storages.backends.s3", reason="the extra s3 is not installed")
    assert issubclass(s3.S3Storage, Storage)
