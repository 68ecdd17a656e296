"""A small web site on this machine, reached under a public name through the allow-list."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sucharit.core.outside import guard

PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>แผนปี 2567</title></head>'
    "<body><script>alert(1)</script><h1>แผน</h1><p>งบประมาณ 100 บาท</p></body></html>"
)
HOST = "www.buengkan.go.th"


class Pages(BaseHTTPRequestHandler):
    """/page, /missing, /big, /slow, /hop/N (N redirects), /inside (redirect into the office), /garbage."""

    seen: list[str] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        name, _slash, rest = self.path.strip("/").partition("/")
        getattr(self, f"page_{name.split('?')[0]}", self.page_missing)(rest)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(body))}.items() | headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_page(self, rest: str) -> None:
        self.answer(200, PAGE.encode(), Content_Type="text/html; charset=utf-8")

    def page_pdf(self, rest: str) -> None:
        self.answer(200, b"%PDF-1.4\n%%EOF\n", Content_Type="application/pdf")

    def page_missing(self, rest: str) -> None:
        self.answer(404, b"gone")

    def page_big(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x" * 100_000)

    def page_slow(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def page_drip(self, rest: str) -> None:
        """Headers that never end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(100):
            self.wfile.write(f"X-{n}: 1\r\n".encode())
            time.sleep(0.1)

    def page_short(self, rest: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"ends early")

    def page_hop(self, rest: str) -> None:
        left = int(rest)
        self.answer(302, Location=f"/hop/{left - 1}" if left else "/page")

    def page_inside(self, rest: str) -> None:
        self.answer(302, Location="http://10.0.0.7/secret")

    def page_garbage(self, rest: str) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH\r\n")

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


@pytest.fixture
def site(settings, monkeypatch):
    """Address of the site; fetching is on, its host may lie inside."""
    Pages.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    real = guard.resolve
    monkeypatch.setattr(
        guard, "resolve", lambda host, p: ["127.0.0.1"] if host == HOST else real(host, p)
    )
    settings.FETCH_LINKS = True
    settings.FETCH_ALLOWED = [f"{HOST}:{port}"]
    yield f"http://{HOST}:{port}"
    server.shutdown()
    server.server_close()
